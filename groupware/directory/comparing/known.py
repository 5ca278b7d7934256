"""What the directory says on a day, in the words of a list."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from groupware.directory.comparing.seats import Seat, seat_of, written_seats
from groupware.directory.models import MAIN, ROLES, STATES, Assignment, Role, Unit, UnitVersion, User
from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.directory.queries.places import Place, places
from groupware.directory.usual import POSTS, STAFF_KINDS
from groupware.kernel import db


@dataclass(slots=True)
class Span:
    """From when to when a unit stands, whatever it is called in between."""

    name: str
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """``cells``: the person as a line of the list. ``booked``: when the next 主務 begins, if one is booked."""

    id: int
    name: str
    state: str
    cells: dict[str, str]
    main: Place | None
    seats: dict[Seat, Place]
    roles: frozenset[str]
    booked: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """People by staff number, units by code."""

    people: dict[str, Person]
    units: dict[str, Span]
    kinds: tuple[str, ...]
    posts: frozenset[str]


def known_people(on: date) -> Known:
    """Seven queries, however large the city hall."""
    users = list(db.session.scalars(select(User).order_by(User.staff_number)))
    codes = {unit_id: code for code, unit_id in db.session.execute(select(Unit.code, Unit.id))}
    seated, roles, booked = places((user.id for user in users), on), _roles(), _booked(on)
    people = {user.staff_number: _person(user, seated.get(user.id, []), codes, frozenset(roles[user.id]), booked.get(user.id)) for user in users}
    kinds = tuple(kind.name for kind in staff_kinds()) or STAFF_KINDS
    return Known(people, _spans(codes), kinds, frozenset(post.name for post in all_posts()) or frozenset(POSTS))


def _person(user: User, seated: list[Place], codes: dict[int, str], roles: frozenset[str], booked: date | None) -> Person:
    main = next((place for place in seated if place.nature == MAIN), None)
    seats = {seat_of(place, codes[place.unit_id]): place for place in seated if place.nature != MAIN}
    cells = {
        "staff_number": user.staff_number, "family": user.family_name, "given": user.given_name, "family_kana": user.family_kana,
        "given_kana": user.given_kana, "kind": user.kind.name, "email": user.email, "extension": user.extension, "state": STATES[user.state],
        "unit_code": codes[main.unit_id] if main else "", "post": main.post if main else "", "starts_on": main.starts_on.isoformat() if main else "",
        "also": written_seats(list(seats)), "roles": ";".join(label for role, label in ROLES.items() if role in roles)}
    return Person(user.id, user.name, user.state, cells, main, seats, roles, booked)


def _roles() -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for user_id, role in db.session.execute(select(Role.user_id, Role.role)):
        found[user_id].add(role)
    return found


def _booked(on: date) -> dict[int, date]:
    asked = (select(Assignment.user_id, Assignment.starts_on).where(Assignment.nature == MAIN, Assignment.starts_on > on)
             .order_by(Assignment.starts_on.desc()))
    return dict(db.session.execute(asked).all())


def _spans(codes: dict[int, str]) -> dict[str, Span]:
    """The name is the last one."""
    found: dict[str, Span] = {}
    for version in db.session.scalars(select(UnitVersion).order_by(UnitVersion.starts_on)):
        code = codes[version.unit_id]
        begins = found[code].begins if code in found else version.starts_on
        found[code] = Span(version.name, begins, version.ends_on)
    return found

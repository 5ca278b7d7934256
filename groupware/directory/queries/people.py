"""People: as actors, as cards, one by one."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from groupware.directory.models import ACTIVE, MAIN, Assignment, Post, Role, StaffKind, UnitVersion, User
from groupware.directory.queries.units import valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

LEADS_A_SECTION = ("係", "担当")      # units that are named together with the one above them


@dataclass(frozen=True, slots=True)
class PersonCard:
    """How a person is shown anywhere. ``unit_name`` is the 課 (or whatever stands above a 係); ``label`` 課 + 係 + post."""

    id: int
    staff_number: str
    name: str
    kana: str
    seal: str
    label: str
    unit_name: str
    unit_id: int | None
    outside: bool
    email: str
    extension: str
    state: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits on a day."""

    user_id: int
    nature: str
    post: str
    rank: int
    unit_id: int
    unit: str
    kind: str
    above_id: int | None
    above: str
    starts_on: date
    ends_on: date | None

    @property
    def section(self) -> str:
        return self.above if self.kind in LEADS_A_SECTION and self.above else self.unit

    @property
    def section_id(self) -> int | None:
        return self.above_id if self.kind in LEADS_A_SECTION and self.above else self.unit_id

    @property
    def label(self) -> str:
        where = f"{self.section} {self.unit}" if self.section != self.unit else self.unit
        return f"{where}・{self.post}" if self.post else where


def is_empty() -> bool:
    """Nobody lives here yet."""
    return not db.session.scalar(select(exists().where(User.id > 0)))


def actor_for(user_id: int, session_id: int | None = None) -> Actor | None:
    """None for whoever may not act: unknown, stopped, departed. Three small queries."""
    user = db.session.get(User, user_id)
    if user is None or user.state != ACTIVE:
        return None
    roles = frozenset(db.session.scalars(select(Role.role).where(Role.user_id == user_id)))
    return Actor(user.id, user.name, _label(places([user_id]).get(user_id, [])), roles, user.kind.outside, session_id, user.seal)


def people_cards(ids: Iterable[int]) -> dict[int, PersonCard]:
    """Two queries, however many people; unknown ids are simply not there."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    users = db.session.execute(select(User, StaffKind.outside).join(StaffKind).where(User.id.in_(wanted))).all()
    where = places(wanted)
    return {user.id: _card(user, outside, where.get(user.id, [])) for user, outside in users}


def places(user_ids: list[int], on: date | None = None) -> dict[int, list[Place]]:
    """By person, 主務 first."""
    day = on or clock.today()
    above = UnitVersion.__table__.alias("above")
    asked = (select(Assignment.user_id, Assignment.nature, Post.name, Post.rank, UnitVersion.unit_id, UnitVersion.name, UnitVersion.kind,
                    UnitVersion.parent_id, above.c.name, Assignment.starts_on, Assignment.ends_on)
             .join(UnitVersion, (UnitVersion.unit_id == Assignment.unit_id) & valid_on(UnitVersion, day))
             .outerjoin(above, (above.c.unit_id == UnitVersion.parent_id) & (above.c.starts_on <= day) & ((above.c.ends_on.is_(None)) | (above.c.ends_on >= day)))
             .outerjoin(Post, Post.id == Assignment.post_id)
             .where(Assignment.user_id.in_(user_ids), valid_on(Assignment, day)))
    found: dict[int, list[Place]] = defaultdict(list)
    for row in db.session.execute(asked).all():
        place = Place(row[0], row[1], row[2] or "", row[3] or 999, *row[4:8], row[8] or "", *row[9:])
        found[place.user_id].append(place)
    for line in found.values():
        line.sort(key=lambda place: (place.nature != MAIN, place.rank))
    return found


def posts_of(user_id: int, on: date | None = None) -> list[Place]:
    return places([user_id], on).get(user_id, [])


def person_for(actor: Actor, user_id: int) -> PersonCard:
    """Raises NotFound; an outsider finds only themselves here."""
    card = people_cards([user_id]).get(user_id)
    if card is None or (actor.outside and user_id != actor.user_id):
        raise NotFound
    return card


def user_for(_: Actor, user_id: int) -> User:
    """The row, for the commands. Raises NotFound."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def ids_by_staff_number() -> dict[str, int]:
    return {number: user_id for user_id, number in db.session.execute(select(User.id, User.staff_number)).tuples()}


def roles_of(user_id: int) -> list[str]:
    return list(db.session.scalars(select(Role.role).where(Role.user_id == user_id)))


def _card(user: User, outside: bool, where: list[Place]) -> PersonCard:
    main = where[0] if where else None
    return PersonCard(user.id, user.staff_number, user.name, user.kana, user.seal, _label(where), main.section if main else "",
                      main.section_id if main else None, outside, user.email, user.extension, user.state)


def _label(where: list[Place]) -> str:
    return where[0].label if where else ""

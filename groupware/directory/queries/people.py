"""People: as cards, one by one."""
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from groupware.directory.models import ACTIVE, Role, StaffKind, User
from groupware.directory.queries.marks import mark_now
from groupware.directory.queries.places import Place, places
from groupware.directory.queries.visibility import visible_people
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.memory import remembered

MOST = 10_000
_known: "dict[int, tuple[tuple[int, date], PersonCard]]" = remembered({})


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


def is_empty() -> bool:
    """Nobody lives here yet."""
    return not db.session.scalar(select(exists().where(User.id > 0)))


def people_cards(ids: Iterable[int], on: date | None = None) -> dict[int, PersonCard]:
    """Two queries, however many people, and none while the directory and the day are the same; unknown ids are simply not there.

    ``on``: as they sat on that day.
    """
    wanted = set(ids)
    mark = None if on or not wanted or db.is_writing() else mark_now()
    if mark is None:
        return _cards(wanted, on)
    now = mark, clock.today()
    here = {user_id: known[1] for user_id in wanted if (known := _known.get(user_id)) and known[0] == now}
    fresh = _cards(wanted - here.keys(), None)
    if len(_known) > MOST:
        _known.clear()
    _known.update((user_id, (now, card)) for user_id, card in fresh.items())
    return here | fresh


def person_for(actor: Actor, user_id: int) -> PersonCard:
    """Raises NotFound, also for whom an outsider may not know."""
    found = people_for(actor, [user_id])
    if not found:
        raise NotFound
    return found[0]


def people_for(actor: Actor, user_ids: Collection[int]) -> list[PersonCard]:
    """Of these people those whom the actor may know."""
    return list(people_cards(db.session.scalars(visible_people(actor).where(User.id.in_(user_ids)))).values())


def user_for(_: Actor, user_id: int) -> User:
    """The row, for those who keep the directory. Raises NotFound."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def ids_by_staff_number() -> dict[str, int]:
    return {number: user_id for user_id, number in db.session.execute(select(User.id, User.staff_number))}


def staff_kind_of(user_id: int) -> str:
    """正職員, 会計年度任用職員 ... as the city calls it."""
    return db.session.scalar(select(StaffKind.name).join(User, User.kind_id == StaffKind.id).where(User.id == user_id)) or ""


def roles_of(user_id: int) -> list[str]:
    return list(db.session.scalars(select(Role.role).where(Role.user_id == user_id).order_by(Role.role)))


def holders_of_role(role: str) -> list[int]:
    """Active people who hold it, in the order of かな."""
    asked = (select(User.id).join(Role, Role.user_id == User.id).where(Role.role == role, User.state == ACTIVE)
             .order_by(User.family_kana, User.given_kana))
    return list(db.session.scalars(asked))


def outsiders() -> list[int]:
    """Active people who are not of the staff, in the order of かな."""
    asked = (select(User.id).join(StaffKind, StaffKind.id == User.kind_id).where(StaffKind.outside, User.state == ACTIVE)
             .order_by(User.family_kana, User.given_kana))
    return list(db.session.scalars(asked))


def _cards(wanted: Collection[int], on: date | None) -> dict[int, PersonCard]:
    if not wanted:
        return {}
    users = db.session.execute(select(User, StaffKind.outside).join(StaffKind).where(User.id.in_(wanted)))
    where = places(list(wanted), on)
    return {user.id: _card(user, where.get(user.id, []), outside=outside) for user, outside in users}


def _card(user: User, where: list[Place], *, outside: bool) -> PersonCard:
    main = where[0] if where else None
    return PersonCard(user.id, user.staff_number, user.name, user.kana, user.seal, _label(where), main.section if main else "",
                      main.section_id if main else None, outside, user.email, user.extension, user.state)


def _label(where: list[Place]) -> str:
    return where[0].label if where else ""

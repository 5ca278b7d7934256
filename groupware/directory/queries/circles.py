"""Circles of people, each by one word: who is in one, which ones a person is in. Rights and audiences are lists of such words.

``all`` (the staff), ``unit:5``, ``below:5`` (the unit and all below it), ``post:3``, ``group:7``, ``kind:2`` (of employment), ``role:cio``,
``person:12``. ``person in people_in({circle})`` if and only if ``circle in circles_of(person)``, and the person may act.
"""
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from groupware.directory.models import (
    ACTIVE,
    MAIN,
    ROLES,
    Assignment,
    Group,
    GroupMember,
    GroupRule,
    Post,
    Role,
    StaffKind,
    User,
)
from groupware.directory.queries.marks import mark_now
from groupware.directory.queries.units import named_units, units_by_id, valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.memory import remembered

ALL = "all"
NUMBERED = ("unit", "below", "post", "group", "kind", "person")
HEAD = "長"             # who holds a post that ends so (課長, 係長, 所長) heads the unit it is held in
MOST = 10_000
_known: dict[int, tuple[int, date, "Standing"]] = remembered({})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person belongs to today. ``heads``: ids of the units they head, all below included."""

    circles: frozenset[str]
    heads: frozenset[int]


def circle(kind: str, number: int) -> str:
    return f"{kind}:{number}"


def is_circle(text: str) -> bool:
    """Whether it is such a word; whether anybody is in it is another question."""
    kind, _, rest = text.partition(":")
    numbered = kind in NUMBERED and rest.isascii() and rest.isdigit() and len(rest) < 16
    return text == ALL or numbered or (kind == "role" and rest in ROLES)


def standing_of(actor: Actor) -> Standing:
    """One query while the directory and the day are the same."""
    mark, today = mark_now(), clock.today()
    known = _known.get(actor.user_id)
    if mark is None or known is None or known[:2] != (mark, today):
        known = (mark or 0, today, _standing(actor))
        if len(_known) >= MOST:
            _known.clear()
        _known[actor.user_id] = known
    return known[2]


def circles_of(actor: Actor) -> frozenset[str]:
    return standing_of(actor).circles


def people_in(circles: Collection[str], on: date | None = None) -> Select[int]:
    """Ids of the active people in any of these, however many there are: to be asked, or to be written from."""
    return select(User.id).where(User.state == ACTIVE, User.id > 0, _in_any(circles, on or clock.today()))


def heads_of_units(unit_ids: Collection[int]) -> dict[int, list[int]]:
    """By unit who sits in that very one with a post that heads it; one query."""
    found: dict[int, list[int]] = defaultdict(list)
    seated = (select(Assignment.unit_id, Assignment.user_id).join(Post, Post.id == Assignment.post_id).join(User, User.id == Assignment.user_id)
              .where(Assignment.unit_id.in_(unit_ids), Post.name.endswith(HEAD), User.state == ACTIVE, valid_on(Assignment, clock.today())))
    for row in db.session.execute(seated.order_by(Post.rank, Assignment.id)):
        found[row.unit_id].append(row.user_id)
    return found


def units_headed(user_id: int) -> Select[int]:
    """Ids of the very units that somebody sits in with a post that heads them: to be asked within another question."""
    return (select(Assignment.unit_id).join(Post, Post.id == Assignment.post_id)
            .where(Assignment.user_id == user_id, Post.name.endswith(HEAD), valid_on(Assignment, clock.today())))


def main_unit(user_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """The unit of a person's 主務 today, 0 for none: an expression for statements over people."""
    seat = select(func.min(Assignment.unit_id)).where(Assignment.user_id == user_id, Assignment.nature == MAIN, valid_on(Assignment, clock.today()))
    return func.coalesce(seat.correlate_except(Assignment).scalar_subquery(), 0)


def circle_names(circles: Iterable[str]) -> dict[str, str]:
    """市民課とその下, 課長 …: how they are called on screens. At most one query for each kind that occurs."""
    circles = list(circles)
    numbers = _by_kind(circles)
    names = {kind: _names(kind, wanted) for kind, wanted in numbers.items()}
    return dict(_named(names, numbers)) | ({ALL: "全職員"} if ALL in circles else {}) | {f"role:{role}": name for role, name in ROLES.items()}


def _named(names: dict[str, dict[int, str]], numbers: dict[str, set[int]]) -> Iterator[tuple[str, str]]:
    for kind, wanted in numbers.items():
        for number in wanted:
            name = names[kind].get(number, "いまはないもの")
            yield circle(kind, number), f"{name}（直属）" if kind == "unit" else name


def _names(kind: str, wanted: set[int]) -> dict[int, str]:
    if kind in {"unit", "below"}:
        return named_units()
    if kind == "person":
        return {user.id: user.name for user in db.session.scalars(select(User).where(User.id.in_(wanted)))}
    table: Any = {"post": Post, "group": Group, "kind": StaffKind}[kind]
    return {row.id: row.name for row in db.session.scalars(select(table).where(table.id.in_(wanted)))}


def _by_kind(circles: Iterable[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for each in circles:
        kind, _, rest = each.partition(":")
        if kind in NUMBERED:
            found[kind].add(int(rest))
    return found


def _standing(actor: Actor) -> Standing:
    day = clock.today()
    seats = _seats(actor.user_id, day)
    parents = {node.id: node.parent_id for node in units_by_id(day).values()}
    units, kinds = {row.unit_id for row in seats if row.unit_id}, {row.kind_id for row in seats}
    above = {step for unit in units for step in _line_up(unit, parents)}
    heads = {row.unit_id for row in seats if (row.name or "").endswith(HEAD)}
    posts = {row.post_id for row in seats if row.post_id}
    below = frozenset(unit for unit in parents if heads & set(_line_up(unit, parents)))
    groups = set(db.session.scalars(_groups_of(actor.user_id, units, above)))
    numbered = {"unit": units, "below": above, "post": posts, "group": groups, "kind": kinds, "person": {actor.user_id}}
    return Standing(frozenset(_words(actor, numbered)), below)


def _seats(user_id: int, day: date) -> Sequence[Any]:
    """(unit, post, its name, kind of employment) for each assignment; one line without a unit for whoever sits nowhere."""
    seated = and_(Assignment.user_id == User.id, valid_on(Assignment, day))
    return db.session.execute(select(Assignment.unit_id, Assignment.post_id, Post.name, User.kind_id).select_from(User).outerjoin(Assignment, seated)
                              .outerjoin(Post, Post.id == Assignment.post_id).where(User.id == user_id)).all()


def _words(actor: Actor, numbered: dict[str, set[int]]) -> Iterator[str]:
    if not actor.outside:
        yield ALL
    yield from (circle(kind, number) for kind, numbers in numbered.items() for number in numbers)
    yield from (f"role:{role}" for role in actor.roles if role in ROLES)


def _line_up(unit: int, parents: dict[int, int | None]) -> list[int]:
    """From the unit up to the root; of one that does not exist today only itself."""
    line = [unit]
    while (parent := parents.get(line[-1])) and parent not in line:
        line.append(parent)
    return line


def _groups_of(user_id: int, units: set[int], above: set[int]) -> Select[int]:
    named = select(GroupMember.group_id).where(GroupMember.user_id == user_id)
    return named.union(select(GroupRule.group_id).where(or_(GroupRule.unit_id.in_(units), GroupRule.below & GroupRule.unit_id.in_(above))))   # type: ignore[return-value]


def _in_any(circles: Collection[str], day: date) -> ColumnElement[bool]:
    asked = {kind: _ids_of(kind, numbers, day) for kind, numbers in _by_kind(circles).items()}
    parts = [User.id.in_(ids) for ids in asked.values()]
    roles = [each.removeprefix("role:") for each in circles if each.startswith("role:")]
    if roles:
        parts.append(User.id.in_(select(Role.user_id).where(Role.role.in_(roles))))
    if ALL in circles:
        parts.append(User.kind_id.in_(select(StaffKind.id).where(StaffKind.outside.is_(False))))
    return or_(*parts) if parts else User.id.in_([])


def _ids_of(kind: str, numbers: set[int], day: date) -> Select[int] | set[int]:
    if kind == "person":
        return numbers
    if kind == "kind":
        return select(User.id).where(User.kind_id.in_(numbers))
    if kind == "group":
        return _in_groups(numbers, day)
    if kind == "post":
        return select(Assignment.user_id).where(Assignment.post_id.in_(numbers), valid_on(Assignment, day))
    units = _below(numbers, day) if kind == "below" else numbers
    return select(Assignment.user_id).where(Assignment.unit_id.in_(units), valid_on(Assignment, day))


def _in_groups(numbers: set[int], day: date) -> Select[int]:
    rules = list(db.session.scalars(select(GroupRule).where(GroupRule.group_id.in_(numbers))))
    units = {rule.unit_id for rule in rules} | _below({rule.unit_id for rule in rules if rule.below}, day)
    named = select(GroupMember.user_id).where(GroupMember.group_id.in_(numbers))
    return named.union(select(Assignment.user_id).where(Assignment.unit_id.in_(units), valid_on(Assignment, day)))      # type: ignore[return-value]


def _below(units: set[int], day: date) -> set[int]:
    parents = {node.id: node.parent_id for node in units_by_id(day).values()} if units else {}
    return units | {unit for unit in parents if units & set(_line_up(unit, parents))}

"""How many people each section has of what it wants: counted by the database, and kept until somebody is certified, moves, or a day ends."""
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from groupware.directory.queries import UnitNode, heads_of_units, side_sections, unit_tree
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden
from training.models.skills import HEAD, IN_FORCE, LEADER, LEVELS, STAFF, Framework, Holding, Rating, Skill, Wanted
from training.permissions.courses import heads_of
from training.permissions.skills import can_map
from training.queries.keeping import kept
from training.queries.leaders import rules_in_force, serving_leaders

Counted = defaultdict[tuple[int, int], list[float]]       # by section and skill: how many at each level, or above it


class Ask(NamedTuple):
    """A section wants so many people of a role at that level of a skill."""

    unit_id: int
    role: str
    skill_id: int
    level: int
    people: int


class Measured(NamedTuple):
    """What is asked, how many are there for it, and how many say themselves that they are."""

    ask: Ask
    filled: float
    said: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Of a section and a skill, over all roles. ``says``: how many more say themselves that they can."""

    wanted: int
    filled: float
    missing: float
    says: float

    @property
    def heat(self) -> int:
        """0: all that is wanted is there; 4: nothing of it."""
        return 0 if not self.missing else max(1, round(4 * self.missing / self.wanted))


NOTHING = Cell(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    unit: UnitNode
    above: str
    cells: dict[int, Cell]

    @property
    def missing(self) -> float:
        return sum(cell.missing for cell in self.cells.values())

    @property
    def wanted(self) -> int:
        return sum(cell.wanted for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Column:
    """A skill that some section wants."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit with all below it."""

    unit: UnitNode
    wanted: int
    missing: float

    @property
    def filled(self) -> float:
        return self.wanted - self.missing

    @property
    def rate(self) -> float:
        return 100 * self.filled / self.wanted


@dataclass(frozen=True, slots=True)
class Heat:
    """``branches``: of the organisation, from the city down, all below which something is wanted."""

    skills: list[Column]
    rows: list[Row]
    branches: list[Branch]


def heat_for(actor: Actor) -> Heat:
    """行政管理課, CIO and 総務部長 all, a head their own sections. Raises Forbidden."""
    if not can_map(actor, None):
        raise Forbidden
    everything = any(actor.has(role) for role in ("steering", "cio", "director", "system"))
    return heat(None if everything else heads_of(actor))


def heat(units: Collection[int] | None = None) -> Heat:
    """Counted once while nothing of it changes; then seven questions, however many people, sections and skills."""
    whole = kept("training.heat", _everything)
    if units is None:
        return whole
    rows = [row for row in whole.rows if row.unit.id in units]
    wanted = {skill for row in rows for skill in row.cells}
    return Heat([each for each in whole.skills if each.id in wanted], rows, [each for each in whole.branches if each.unit.id in units])


def measured() -> list[Measured]:
    """All that any section wants, one by one; kept like the map."""
    return kept("training.measured", _measured)


def wanted_by(unit_id: int) -> list[tuple[Wanted, Skill]]:
    asked = (select(Wanted, Skill).join(Skill, Skill.id == Wanted.skill_id).join(Framework, Framework.id == Skill.framework_id)
             .where(Wanted.unit_id == unit_id, Framework.state == IN_FORCE).order_by(Wanted.role, Skill.position))
    return [(wanted, skill) for wanted, skill in db.session.execute(asked)]


def _everything() -> Heat:
    cells = _counted(measured())
    asked = (select(Skill.id, Skill.name).join(Framework, Framework.id == Skill.framework_id).where(Framework.state == IN_FORCE)
             .order_by(Framework.name, Skill.position))
    wanted = {skill for of_unit in cells.values() for skill in of_unit}
    tree = unit_tree()
    rows = [Row(node, top.name, cells[node.id]) for root in tree for top in root.children for node in top.walk() if node.id in cells]
    return Heat([Column(number, name) for number, name in db.session.execute(asked) if number in wanted], rows, list(_branches(tree, rows)))


def _branches(tree: list[UnitNode], rows: list[Row]) -> Iterator[Branch]:
    own = {row.unit.id: row for row in rows}
    for node in (node for root in tree for node in root.walk()):
        below = [own[each.id] for each in node.walk() if each.id in own]
        if below:
            yield Branch(node, sum(row.wanted for row in below), sum(row.missing for row in below))


def _asked() -> list[Ask]:
    asked = (select(Wanted.unit_id, Wanted.role, Wanted.skill_id, Wanted.level, Wanted.people).join(Skill, Skill.id == Wanted.skill_id)
             .join(Framework, Framework.id == Skill.framework_id).where(Framework.state == IN_FORCE))
    return [Ask(*row) for row in db.session.execute(asked)]


def _counted(asked: list[Measured]) -> dict[int, dict[int, Cell]]:
    """不足 = max(0, 必要人数 − 充足人数) for each section, role and skill."""
    found = defaultdict[int, dict[int, Cell]](dict)
    for (unit_id, _, skill_id, _, people), filled, said in asked:
        before, says = found[unit_id].get(skill_id, NOTHING), max(0, said - filled)
        found[unit_id][skill_id] = Cell(before.wanted + people, before.filled + min(filled, people), before.missing + max(0, people - filled),
                                        before.says + says)
    return found


def _measured() -> list[Measured]:
    asked = _asked()
    held, said = _held(asked), _by_level(Rating)
    return [Measured(each, held[each.role][each.unit_id, each.skill_id][each.level], said[each.unit_id, each.skill_id][each.level]) for each in asked]


def _held(asked: list[Ask]) -> dict[str, Counted]:
    """By role: of what leaders and heads shall know, who plays the role there is counted alone. Who sits there beside their 主務 counts in part."""
    leads, heads = {each.card.id for each in serving_leaders()}, heads_of_units({each.unit_id for each in asked if each.role == HEAD})
    weight, beside = rules_in_force().beside, defaultdict[int, list[int]](list)
    for user_id, unit_id in side_sections() if weight else ():
        beside[user_id].append(unit_id)
    found: dict[str, Counted] = {STAFF: _by_level(Holding), LEADER: _none(), HEAD: _none()}
    rows = select(Holding.user_id, Holding.unit_id, Holding.skill_id, Holding.level).where(
        Holding.user_id.in_(leads.union(beside, *heads.values())), Holding.unit_id > 0, _in_time())
    for user_id, main, skill_id, level in db.session.execute(rows):
        for unit_id, people in ((main, 1), *((each, weight) for each in beside.get(user_id, ()) if each != main)):
            plays = {STAFF: unit_id != main, LEADER: user_id in leads, HEAD: user_id in heads.get(unit_id, ())}
            for role in filter(plays.get, plays):
                _add(found[role][unit_id, skill_id], level, people)
    return found


def _by_level(table: type[Holding | Rating]) -> Counted:
    """By section and skill how many are at each level, or above it: one question, along its index."""
    found = _none()
    asked = select(table.unit_id, table.skill_id, table.level, func.count()).where(table.unit_id > 0)
    if table is Holding:
        asked = asked.where(_in_time())
    for unit_id, skill_id, level, people in db.session.execute(asked.group_by(table.unit_id, table.skill_id, table.level)):
        _add(found[unit_id, skill_id], level, people)
    return found


def _add(levels: list[float], level: int, people: float) -> None:
    for each in range(1, level + 1):
        levels[each] += people


def _none() -> Counted:
    return defaultdict(lambda: [0.0] * (max(LEVELS) + 1))


def _in_time() -> ColumnElement[bool]:
    return or_(Holding.expires_on.is_(None), Holding.expires_on >= clock.today())

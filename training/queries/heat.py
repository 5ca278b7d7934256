"""How many people each section has of what it wants, counted by the database in one question."""
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from groupware.directory.queries import UnitNode, heads_of_units, unit_tree
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden
from training.models.skills import HEAD, IN_FORCE, LEADER, STAFF, Framework, Holding, Rating, Skill, Wanted
from training.permissions.courses import heads_of
from training.permissions.skills import can_map
from training.queries.leaders import serving_leaders


@dataclass(frozen=True, slots=True)
class Cell:
    """Of a section and a skill, over all roles. ``says``: how many more say themselves that they can."""

    wanted: int
    filled: int
    missing: int
    says: int

    @property
    def heat(self) -> int:
        """0: all that is wanted is there; 4: nothing of it."""
        return 0 if not self.missing else max(1, round(4 * self.missing / self.wanted))


@dataclass(frozen=True, slots=True)
class Row:
    unit: UnitNode
    above: str
    cells: dict[int, Cell]

    @property
    def missing(self) -> int:
        return sum(cell.missing for cell in self.cells.values())

    @property
    def wanted(self) -> int:
        return sum(cell.wanted for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Heat:
    skills: list[Skill]
    rows: list[Row]

    def by_top(self) -> list[tuple[str, int, int, int]]:
        """(部, wanted, filled, missing) in the order of the tree."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.above].append(row)
        return [(above, sum(row.wanted for row in rows), sum(row.wanted - row.missing for row in rows), sum(row.missing for row in rows))
                for above, rows in found.items()]


def heat_for(actor: Actor) -> Heat:
    """行政管理課, CIO and 総務部長 all, a head their own sections. Raises Forbidden."""
    if not can_map(actor, None):
        raise Forbidden
    everything = any(actor.has(role) for role in ("steering", "cio", "director", "system"))
    return heat(None if everything else heads_of(actor))


def heat(units: Collection[int] | None = None) -> Heat:
    """Eight questions, however many people, sections and skills."""
    cells = _counted(units)
    skills = list(db.session.scalars(select(Skill).join(Framework, Framework.id == Skill.framework_id).where(Framework.state == IN_FORCE)
                                     .order_by(Framework.name, Skill.position)))
    wanted = {skill for of_unit in cells.values() for skill in of_unit}
    tops = [child for root in unit_tree() for child in root.children]
    rows = [Row(node, top.name, cells[node.id]) for top in tops for node in top.walk() if node.id in cells]
    return Heat([each for each in skills if each.id in wanted], rows)


def wanted_by(unit_id: int) -> list[tuple[Wanted, Skill]]:
    asked = (select(Wanted, Skill).join(Skill, Skill.id == Wanted.skill_id).join(Framework, Framework.id == Skill.framework_id)
             .where(Wanted.unit_id == unit_id, Framework.state == IN_FORCE).order_by(Wanted.role, Skill.position))
    return [(wanted, skill) for wanted, skill in db.session.execute(asked)]


def _counted(units: Collection[int] | None) -> dict[int, dict[int, Cell]]:
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    for unit_id, skill_id, wanted, filled, missing, says in _asked(units):
        before = found[unit_id].get(skill_id, Cell(0, 0, 0, 0))
        found[unit_id][skill_id] = Cell(before.wanted + wanted, before.filled + filled, before.missing + missing, before.says + says)
    return found


def _asked(units: Collection[int] | None) -> list[tuple[int, int, int, int, int, int]]:
    """不足 = max(0, 必要人数 − 充足人数) for each section, role and skill; held only by whoever plays the role."""
    leaders = [each.card.id for each in serving_leaders()]
    wanted_units = select(Wanted.unit_id).distinct() if units is None else select(Wanted.unit_id).where(Wanted.unit_id.in_(units)).distinct()
    heads = [each for people in heads_of_units(db.session.scalars(wanted_units).all()).values() for each in people]
    plays = or_(Wanted.role == STAFF, and_(Wanted.role == LEADER, Holding.user_id.in_(leaders)),
                and_(Wanted.role == HEAD, Holding.user_id.in_(heads)))
    has = (select(func.count()).where(Holding.unit_id == Wanted.unit_id, Holding.skill_id == Wanted.skill_id, Holding.level >= Wanted.level,
                                      or_(Holding.expires_on.is_(None), Holding.expires_on >= clock.today()), plays)
           .correlate(Wanted).scalar_subquery())
    says = (select(func.count()).where(Rating.unit_id == Wanted.unit_id, Rating.skill_id == Wanted.skill_id, Rating.level >= Wanted.level)
            .correlate(Wanted).scalar_subquery())
    asked = (select(Wanted.unit_id, Wanted.skill_id, Wanted.people, has, says).join(Skill, Skill.id == Wanted.skill_id)
             .join(Framework, Framework.id == Skill.framework_id).where(Framework.state == IN_FORCE))
    if units is not None:
        asked = asked.where(Wanted.unit_id.in_(units))
    return [(unit_id, skill_id, people, min(filled, people), max(0, people - filled), max(0, said - filled))
            for unit_id, skill_id, people, filled, said in db.session.execute(asked)]

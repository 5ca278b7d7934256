"""Units by date: the tree, one unit, who is in it, who held a post."""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from groupware.directory.models import ACTIVE, Assignment, Post, Unit, UnitKind, UnitVersion, User
from groupware.directory.queries.marks import kept
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound


@dataclass(slots=True)
class UnitNode:
    """A unit as it is on the day asked for."""

    id: int
    code: str
    name: str
    kind: str
    authority: str
    parent_id: int | None
    position: int
    children: list["UnitNode"] = field(default_factory=list)
    depth: int = 0

    def walk(self) -> Iterator["UnitNode"]:
        """This one and all below, in the order in which they are shown."""
        yield self
        for child in self.children:
            yield from child.walk()


def valid_on(thing: type[UnitVersion] | type[Assignment], day: date | BindParameter[date] | InstrumentedAttribute[date]) -> ColumnElement[bool]:
    return and_(thing.starts_on <= day, or_(thing.ends_on.is_(None), thing.ends_on >= day))


def unit_tree(on: date | None = None) -> list[UnitNode]:
    """The roots, each with its children. One query."""
    nodes = units_by_id(on)
    for node in nodes.values():
        if node.parent_id in nodes:
            nodes[node.parent_id].children.append(node)
    roots = [node for node in nodes.values() if node.parent_id not in nodes]
    for root in roots:
        _deepen(root, 0)
    return roots


def units_by_id(on: date | None = None) -> dict[int, UnitNode]:
    """In the order of their positions, without children."""
    day = on or clock.today()
    asked = (select(Unit.id, Unit.code, UnitVersion.name, UnitVersion.kind, UnitVersion.authority, UnitVersion.parent_id, UnitVersion.position)
             .join(UnitVersion, UnitVersion.unit_id == Unit.id).where(valid_on(UnitVersion, day))
             .order_by(UnitVersion.position, Unit.code))
    return {row.id: UnitNode(*row) for row in kept(f"units {day}", lambda: db.session.execute(asked).all())}


def all_units(on: date | None = None) -> list[UnitNode]:
    """The whole tree as a list, each unit before those below it."""
    return [node for root in unit_tree(on) for node in root.walk()]


def unit_for(actor: Actor, unit_id: int, on: date | None = None) -> UnitNode:
    """With its children. Raises NotFound, also for a unit which does not exist on that day, and for outsiders."""
    found = None if actor.outside else _in_tree(unit_id, on)
    if found is None:
        raise NotFound
    return found


def path_to(node: UnitNode, on: date | None = None) -> list[UnitNode]:
    """From the root down to the unit itself."""
    nodes, path = units_by_id(on), [node]
    while (above := nodes.get(path[0].parent_id or 0)) and above not in path:
        path.insert(0, above)
    return path


def unit_ids_below(unit_id: int, on: date | None = None) -> list[int]:
    """The unit itself and all below it; of one that does not exist on that day only itself."""
    found = _in_tree(unit_id, on)
    return [node.id for node in found.walk()] if found else [unit_id]


def members_of_unit(unit_id: int, *, below: bool = True, on: date | None = None) -> list[int]:
    """Ids of active people assigned there on that day, in whatever nature."""
    day = on or clock.today()
    units = unit_ids_below(unit_id, day) if below else [unit_id]
    asked = (select(Assignment.user_id).join(User, User.id == Assignment.user_id)
             .where(Assignment.unit_id.in_(units), valid_on(Assignment, day), User.state == ACTIVE).distinct().order_by(Assignment.user_id))
    return list(db.session.scalars(asked))


def holders_of_post(unit_id: int, post: str, on: date | None = None) -> list[int]:
    """Who was 課長 of that 課 on that day: ids, whatever became of them since."""
    asked = (select(Assignment.user_id).join(Post, Post.id == Assignment.post_id)
             .where(Assignment.unit_id == unit_id, Post.name == post, valid_on(Assignment, on or clock.today())).order_by(Assignment.id))
    return list(db.session.scalars(asked))


def sections_of(unit_ids: Iterable[int], on: date | None = None) -> dict[int, int]:
    """For each unit the one it is named behind: itself, or what stands above a 係. Two queries."""
    behind = kept("named behind", lambda: set(db.session.scalars(select(UnitKind.name).where(UnitKind.after_parent))))
    nodes, found = units_by_id(on), {}
    for unit_id in unit_ids:
        step = unit_id
        while step in nodes and nodes[step].kind in behind and nodes[step].parent_id in nodes:
            step = nodes[step].parent_id or 0
        found[unit_id] = step
    return found


def unit_history(unit_id: int) -> list[UnitVersion]:
    """What it was called and where it stood, the oldest first; also what is booked."""
    return list(db.session.scalars(select(UnitVersion).where(UnitVersion.unit_id == unit_id).order_by(UnitVersion.starts_on)))


def booked_changes(after: date) -> list[UnitVersion]:
    """What begins, or ends without a successor, after that day; the nearest first."""
    begins = UnitVersion.starts_on > after
    ends = and_(UnitVersion.ends_on.is_not(None), UnitVersion.ends_on >= after)
    return sorted(db.session.scalars(select(UnitVersion).where(or_(begins, ends))), key=lambda version: version.starts_on)


def named_units() -> dict[int, str]:
    """Every unit there ever was, by its last name."""
    asked = select(UnitVersion.unit_id, UnitVersion.name).order_by(UnitVersion.starts_on)
    return dict(db.session.execute(asked).all())


def unit_code(unit_id: int | None) -> str:
    """Empty for none."""
    return db.session.scalar(select(Unit.code).where(Unit.id == unit_id)) or ""


def versions_on(day: date) -> dict[int, UnitVersion]:
    """By unit."""
    return {version.unit_id: version for version in db.session.scalars(select(UnitVersion).where(valid_on(UnitVersion, day)))}


def ids_by_unit_code() -> dict[str, int]:
    return {code: unit_id for unit_id, code in db.session.execute(select(Unit.id, Unit.code))}


def city_name() -> str:
    """The name of the first root; empty before the first run."""
    asked = (select(UnitVersion.name).where(UnitVersion.parent_id.is_(None), valid_on(UnitVersion, clock.today()))
             .order_by(UnitVersion.position, UnitVersion.id).limit(1))
    return db.session.scalar(asked) or ""


def _in_tree(unit_id: int, day: date | None) -> UnitNode | None:
    return next((node for node in all_units(day) if node.id == unit_id), None)


def _deepen(node: UnitNode, depth: int) -> None:
    node.depth = depth
    for child in node.children:
        _deepen(child, depth + 1)

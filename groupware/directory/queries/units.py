"""The tree of units, on any day."""
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from groupware.directory.models import ACTIVE, Assignment, Post, Unit, UnitVersion, User
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

    def walk(self) -> list["UnitNode"]:
        """This one and all below, in the order in which they are shown."""
        return [self, *(node for child in self.children for node in child.walk())]


def valid_on(thing: type[UnitVersion] | type[Assignment], day: date) -> ColumnElement[bool]:
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
    asked = (select(Unit.id, Unit.code, UnitVersion.name, UnitVersion.kind, UnitVersion.authority, UnitVersion.parent_id, UnitVersion.position)
             .join(UnitVersion, UnitVersion.unit_id == Unit.id).where(valid_on(UnitVersion, on or clock.today()))
             .order_by(UnitVersion.position, Unit.code))
    return {row.id: UnitNode(*row) for row in db.session.execute(asked)}


def unit_for(actor: Actor, unit_id: int, on: date | None = None) -> UnitNode:
    """With its children. Raises NotFound, also for a unit which does not exist on that day."""
    for node in (node for root in unit_tree(on) for node in root.walk()):
        if node.id == unit_id and (not actor.outside):
            return node
    raise NotFound


def members_of_unit(unit_id: int, *, below: bool = True, on: date | None = None) -> list[int]:
    """Ids of active people assigned there on that day, in whatever nature."""
    day = on or clock.today()
    units = _below(unit_id, day) if below else [unit_id]
    asked = (select(Assignment.user_id).join(User, User.id == Assignment.user_id)
             .where(Assignment.unit_id.in_(units), valid_on(Assignment, day), User.state == ACTIVE).distinct().order_by(Assignment.user_id))
    return list(db.session.scalars(asked))


def holders_of_post(unit_id: int, post: str, on: date | None = None) -> list[int]:
    """Who was 課長 of that 課 on that day: ids, whatever became of them since."""
    asked = (select(Assignment.user_id).join(Post, Post.id == Assignment.post_id)
             .where(Assignment.unit_id == unit_id, Post.name == post, valid_on(Assignment, on or clock.today())).order_by(Assignment.id))
    return list(db.session.scalars(asked))


def ids_by_unit_code() -> dict[str, int]:
    return {code: unit_id for unit_id, code in db.session.execute(select(Unit.id, Unit.code)).tuples()}


def city_name() -> str:
    """The name of the first root; empty before the first run."""
    asked = (select(UnitVersion.name).where(UnitVersion.parent_id.is_(None), valid_on(UnitVersion, clock.today()))
             .order_by(UnitVersion.position, UnitVersion.id).limit(1))
    return db.session.scalar(asked) or ""


def _below(unit_id: int, day: date) -> list[int]:
    for node in (node for root in unit_tree(day) for node in root.walk()):
        if node.id == unit_id:
            return [each.id for each in node.walk()]
    return [unit_id]


def _deepen(node: UnitNode, depth: int) -> None:
    node.depth = depth
    for child in node.children:
        _deepen(child, depth + 1)

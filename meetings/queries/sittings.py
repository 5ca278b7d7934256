"""Sittings in the hands of the person who asks."""
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, exists, func, or_, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from meetings.models.bodies import Body, Member
from meetings.models.sittings import CANCELLED, PLANNED, Item, Sitting
from meetings.permissions import Seat, Table, can_see
from meetings.queries.bodies import member_is, role_column

HALF_A_YEAR = timedelta(days=183)
LONGEST = timedelta(hours=4)        # a sitting is still shown as coming so long after its beginning
PAGE = 50


def table_for(actor: Actor, sitting_id: int) -> Table:
    """Raises NotFound for a sitting that does not exist or that the actor may not know of. A command holds it."""
    db.hold(select(Sitting.id).where(Sitting.id == sitting_id).with_for_update(key_share=True), {})
    found = tables_for(actor, Sitting.id == sitting_id)
    if not found:
        raise NotFound
    return found[0]


def tables_for(actor: Actor, *where: Any) -> list[Table]:
    """Of these sittings those that the actor may see; one query."""
    return [table for table in every_table(actor, *where) if can_see(actor, table)]


def every_table(actor: Actor, *where: Any) -> list[Table]:
    """Whoever may see them: for what is judged by another rule."""
    return [Table(row.Sitting, Seat(row.Body, row.role), row.speaks) for row in db.session.execute(_asked(actor).where(*where))]


def tables_with(actor: Actor, more: Callable[[Select[Any]], Select[Any]]) -> Iterator[tuple[Table, Row[Any]]]:
    """Those that the actor may see, each with what ``more`` adds to the question for them; still one query."""
    for row in db.session.execute(more(_asked(actor))):
        table = Table(row.Sitting, Seat(row.Body, row.role), row.speaks)
        if can_see(actor, table):
            yield table, row


def coming(actor: Actor, *where: Any, mine: bool = False) -> list[Table]:
    """Not over yet, the next one first; ``mine``: where one has a seat or something to say."""
    here = tables_for(actor, Sitting.starts_at > clock.now() - LONGEST, Sitting.state != CANCELLED, *where, *([_is_mine(actor)] if mine else []))
    return sorted(here, key=lambda table: (table.sitting.starts_at, table.sitting.id))


def past(actor: Actor, body_id: int) -> list[Table]:
    here = tables_for(actor, Sitting.body_id == body_id, or_(Sitting.starts_at <= clock.now() - LONGEST, Sitting.state == CANCELLED))
    return sorted(here, key=lambda table: table.sitting.number, reverse=True)[:PAGE]


def called_to(actor: Actor) -> list[Table]:
    """Where one has a seat or something to say, cancelled or not, from half a year ago on: for one's own calendar."""
    return tables_for(actor, Sitting.starts_at > clock.now() - HALF_A_YEAR, Sitting.state != PLANNED, _is_mine(actor))


def lengths(sitting_ids: Collection[int]) -> dict[int, int]:
    """How many minutes the agenda of each takes."""
    asked = select(Item.sitting_id, func.sum(Item.minutes)).where(Item.sitting_id.in_(sitting_ids)).group_by(Item.sitting_id)
    return dict(db.session.execute(asked).all()) if sitting_ids else {}


def last_of(body: Body) -> Sitting | None:
    """The one the next is copied from."""
    found = select(Sitting).where(Sitting.body_id == body.id, Sitting.state != CANCELLED).order_by(Sitting.number.desc()).limit(1)
    return db.session.scalars(found).first()


def days_taken(body: Body) -> set[date]:
    """On which the body meets or has met."""
    asked = select(Sitting.starts_at).where(Sitting.body_id == body.id, Sitting.state != CANCELLED)
    return {at.astimezone(clock.JST).date() for at in db.session.scalars(asked)}


def _is_mine(actor: Actor) -> Any:
    return or_(Member.role.is_not(None), _speaks(actor))


def _speaks(actor: Actor) -> Any:
    return exists().where(Item.sitting_id == Sitting.id, Item.presenter_id == actor.user_id)


def _asked(actor: Actor) -> Select[Any]:
    return (select(Sitting, Body, role_column(), _speaks(actor).label("speaks")).join(Body, Body.id == Sitting.body_id)
            .outerjoin(Member, member_is(actor)))

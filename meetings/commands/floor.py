"""Who presents: it is taken, handed over, given back; and everybody is called to the presenter's page, once."""
from groupware.directory.queries import actor_for
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from meetings.events import EveryoneCalled, FloorGiven
from meetings.models.viewing import Showing
from meetings.permissions import Meetings, Table, can_present, is_early
from meetings.queries.sittings import table_for
from meetings.queries.viewing import showing_of

TAKEN = "いまは、ほかの人が発表しています。その人か事務局・議長に、発表者を替えてもらってください。"


@command(Meetings.PRESENT, on=table_for)
def take_floor(actor: Actor, table: Table) -> None:
    """When nobody has it. The secretariat and the chair at any time."""
    showing = _showing(table)
    if showing.presenter_id not in {None, actor.user_id} and not is_early(table):
        raise Conflict(TAKEN)
    _give(actor, showing, actor.user_id)


@command(Meetings.PRESENT, on=table_for)
def hand_floor(actor: Actor, table: Table, to_id: int) -> None:
    """To somebody who may present here. The page stays."""
    showing = _showing(table)
    if showing.presenter_id != actor.user_id and not is_early(table):
        raise Forbidden("発表者を替えられるのは、いまの発表者と事務局・議長です。")
    if not _may_present(to_id, table):
        raise Invalid(to="その人は、この会議で発表できません。顔ぶれから選び直してください。")
    _give(actor, showing, to_id)


@command(Meetings.PRESENT, on=table_for)
def leave_floor(actor: Actor, table: Table) -> None:
    showing = _showing(table)
    if showing.presenter_id != actor.user_id and not is_early(table):
        raise Forbidden("発表を終えられるのは、いまの発表者と事務局・議長です。")
    _give(actor, showing, 0)


@command(Meetings.PRESENT, on=table_for)
def call_everyone(actor: Actor, table: Table) -> None:
    """Once; nobody is held."""
    showing = _showing(table)
    if showing.presenter_id != actor.user_id or showing.paper_id is None:
        raise Conflict("全員を呼べるのは、資料を開いている発表者です。")
    showing.calls += 1
    showing.seq += 1
    record(actor, EveryoneCalled(table.sitting.id))


def _showing(table: Table) -> Showing:
    showing = showing_of(table.sitting.id)
    if showing is None:
        showing = Showing(sitting_id=table.sitting.id, presenter_id=None, paper_id=None, page=0, seq=0, calls=0)
        db.session.add(showing)
        db.session.flush()
    return showing


def _give(actor: Actor, showing: Showing, to_id: int) -> None:
    before = showing.presenter_id or 0
    if before == to_id:
        raise Already(None)
    showing.presenter_id = to_id or None
    showing.seq += 1
    record(actor, FloorGiven(showing.sitting_id, to_id, before))


def _may_present(user_id: int, table: Table) -> bool:
    person = actor_for(user_id)
    try:
        return person is not None and can_present(person, table_for(person, table.sitting.id))
    except NotFound:
        return False

"""Those missing are reminded: chosen, not too often, not at night, and on the record."""
from sqlalchemy import or_, update

from boards.events import ReminderSent, UnopenedTold
from boards.models.notices import OPEN, URGENT
from boards.models.receipts import Receipt, Reminder
from boards.permissions import Boards, Sheet
from boards.queries.receipts import missing, units_below
from boards.queries.sheets import sheet_for
from boards.throttle import gap_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid, TooMany
from groupware.kernel.holidays import is_working_time


@command(Boards.REMIND, on=sheet_for)
def remind_missing(actor: Actor, sheet: Sheet, unit_id: int | None = None, chosen: tuple[int, ...] = ()) -> int:
    """How many. Of a unit and all below it, of some people chosen by name, or of all whom one may watch."""
    if not is_working_time(clock.now()) and sheet.notice.weight != URGENT:
        raise Invalid("勤務時間（開庁日の 8時30分〜17時15分）の外です。緊急のお知らせのほかは、勤務時間に知らせてください。")
    units = None if unit_id is None else units_below(unit_id)
    reminder = _new(actor, sheet, unit_id)
    people = _mark(sheet, reminder, units, chosen)
    if not people:
        raise TooMany("知らせる相手がいません。全員が済ませたか、少し前に知らせたばかりです（同じ人へは間をあけます）。", after=3600)
    reminder.people = people
    record(actor, ReminderSent(sheet.notice.id, reminder.id, people))
    return people


@command(Boards.KEEP, on=sheet_for)
def tell_unopened(actor: Actor, sheet: Sheet) -> None:
    """What is merely to be read rings no bell: whoever has not opened it by the next morning is told, once."""
    if sheet.notice.told_at or sheet.notice.state != OPEN:
        raise Already(None)
    sheet.notice.told_at = clock.now()
    record(actor, UnopenedTold(sheet.notice.id))


def _new(actor: Actor, sheet: Sheet, unit_id: int | None) -> Reminder:
    reminder = Reminder(notice_id=sheet.notice.id, user_id=actor.user_id, user_name=actor.name, unit_id=unit_id, people=0, at=clock.now())
    db.session.add(reminder)
    db.session.flush()
    return reminder


def _mark(sheet: Sheet, reminder: Reminder, units: set[int] | None, chosen: tuple[int, ...]) -> int:
    """One statement, however many."""
    quiet = or_(Receipt.reminded_at.is_(None), Receipt.reminded_at < clock.now() - gap_of(sheet.notice))
    asked = update(Receipt).where(Receipt.notice_id == sheet.notice.id, Receipt.user_id.in_(missing(sheet, units)), quiet)
    if chosen:
        asked = asked.where(Receipt.user_id.in_(chosen))
    values = asked.values(reminder_id=reminder.id, reminded_at=reminder.at).execution_options(synchronize_session=False)
    return db.unit().connection.execute(values).rowcount

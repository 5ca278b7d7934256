"""What follows at the desk: who is told, what is found."""
from collections.abc import Iterator

from sqlalchemy import select

from groupware.approvals import events
from groupware.approvals.following import SeatsMoved
from groupware.approvals.models import Asking, Holder
from groupware.directory.events import (
    AssignmentChanged,
    DirectoryImported,
    PersonChanged,
    PersonDisabled,
    PersonEnabled,
    UnitChanged,
    UnitClosed,
)
from groupware.kernel import db
from groupware.kernel.events import Event
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.notifications.notice import Notice

on = Reactions()
ASKED, ANSWERED = "approvals.asked", "approvals.answered"


@on.later(events.ApprovalAsked)
def tell_first(event: events.ApprovalAsked) -> Iterator[Notice]:
    yield from _tell_waiting(event, "決裁のお願い")


@on.later(events.StepApproved)
def tell_next(event: events.StepApproved) -> Iterator[Notice]:
    yield from _tell_waiting(event, "決裁のお願い（次の段）")


@on.later(events.HoldersMoved)
def tell_arrived(event: events.HoldersMoved) -> Iterator[Notice]:
    """The new holder; and the asker when nobody is left who could decide."""
    yield from (Notice(user_id, event.about, "決裁のお願い（引き継ぎ）", ASKED) for user_id in event.arrived)
    if not db.session.scalar(select(Holder.user_id).where(Holder.asking_id == event.asking_id, Holder.waiting).limit(1)):
        yield from _tell_asker(event, "決裁する人がいなくなりました")


@on.later(events.ApprovalGranted)
def tell_granted(event: events.ApprovalGranted) -> Iterator[Notice]:
    yield Notice(event.asker_id, event.about, "決裁されました", ANSWERED)
    yield from _tell_those_stood_in_for(event)


@on.later(events.ApprovalReturned)
def tell_returned(event: events.ApprovalReturned) -> Iterator[Notice]:
    yield Notice(event.asker_id, event.about, "差し戻されました", ANSWERED)
    yield from _tell_those_stood_in_for(event)


@on.later_for_all(AssignmentChanged, PersonChanged, PersonDisabled, PersonEnabled, UnitChanged, UnitClosed, DirectoryImported,
                  events.AbsenceRegistered, events.AbsenceCancelled)
def follow_organisation(_: Event) -> Iterator[SeatsMoved]:
    yield SeatsMoved()


@on.within(events.ApprovalAsked, events.StepApproved, events.ApprovalGranted, events.ApprovalReturned, events.ApprovalWithdrawn)
def touch_found(event: events.ApprovalAsked) -> Iterator[Touched]:
    yield Touched(event.about)


def _tell_waiting(event: events.ApprovalAsked | events.StepApproved, reason: str) -> Iterator[Notice]:
    """Of those on whose desks it was laid then, those who have it still: whoever came later is told otherwise."""
    waiting = select(Holder.user_id).where(Holder.asking_id == event.asking_id, Holder.waiting, Holder.user_id.in_(event.before))
    yield from (Notice(user_id, event.about, reason, ASKED) for user_id in db.session.scalars(waiting))


def _tell_asker(event: events.HoldersMoved, reason: str) -> Iterator[Notice]:
    asking = db.session.get(Asking, event.asking_id)
    if asking:
        yield Notice(asking.asker_id, event.about, reason, ANSWERED)


def _tell_those_stood_in_for(event: events.ApprovalGranted | events.ApprovalReturned) -> Iterator[Notice]:
    """後閲: whoever was away sees afterwards what was decided in their stead."""
    if event.stands_in:
        away = select(Holder.user_id).where(Holder.asking_id == event.asking_id, Holder.stands_in.is_(False), Holder.user_id != event.decider_id)
        yield from (Notice(user_id, event.about, "代わりに決裁されました（後閲）", ANSWERED) for user_id in db.session.scalars(away))

"""Who has to permit, who got a seat, who must take something; and what is found, kept true."""
from collections.abc import Iterator

from sqlalchemy import select

from groupware.directory.events import (
    AssignmentChanged,
    DirectoryImported,
    GroupChanged,
    PersonChanged,
    PersonDisabled,
    PersonEnabled,
    RoleGranted,
    RoleTaken,
    UnitChanged,
    UnitClosed,
)
from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.events import Event
from groupware.kernel.findable import Touched
from groupware.kernel.ref import Ref
from groupware.notifications.notice import Notice
from training.calendar.courses import OrganisationMoved
from training.certifying import ToCertify
from training.events import courses as events
from training.models.courses import APPLIED, Seat
from training.models.duties import Duty
from training.queries.courses import answering
from training.queries.duties import MISSING, duty_state
from training.reactions.leaders import on

PERMIT, SEAT, MUST, CHASED = "training.permit", "training.seat", "training.must", "training.chased"
TO_SELF = {"name": "研修の受講を指名されました", "refuse": "研修の申込が承認されませんでした", "seat": "研修の席が決まりました",
           "call-off": "研修の開催が中止されました", "complete": "研修を修了しました"}


@on.within(events.CourseMade, events.CourseChanged, events.CourseRetired)
def find_anew(event: events.CourseMade) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.SeatMoved)
def tell_seat(event: events.SeatMoved) -> Iterator[Notice]:
    seat = db.session.get(Seat, event.seat_id)
    if seat is None:
        return
    sitting = Ref("training.sitting", seat.sitting_id)
    if event.act in TO_SELF:
        yield Notice(event.user_id, sitting, TO_SELF[event.act], SEAT)
    if event.state == APPLIED and seat.state == APPLIED:
        card = people_cards([seat.user_id]).get(seat.user_id)
        heads = answering(seat.user_id, card.unit_id if card and card.unit_id else seat.unit_id)
        yield from (Notice(user_id, sitting, "研修の申込の承認をお願いします", PERMIT) for user_id in heads)


@on.later(events.CourseMade, events.CourseChanged, events.DutiesFollowed)
def tell_must(event: events.CourseMade) -> Iterator[Notice]:
    """Whoever must take it since today."""
    asked = select(Duty.user_id).where(Duty.course_id == event.course_id, Duty.since == clock.today(), duty_state().in_(MISSING))
    yield from (Notice(user_id, event.about, "受けていただく研修があります", MUST) for user_id in db.session.scalars(asked))


@on.later(events.CertificateAsked)
def make_certificate(event: events.CertificateAsked) -> Iterator[ToCertify]:
    yield ToCertify(event.completion_id)


@on.later(events.MissingChased)
def tell_missing(event: events.MissingChased) -> Iterator[Notice]:
    asked = select(Duty.user_id).where(Duty.chasing_id == event.chasing_id, duty_state().in_(MISSING))
    yield from (Notice(user_id, event.about, f"まだの方へのお願い（{event.chasing_id}）", CHASED) for user_id in db.session.scalars(asked))


@on.later_for_all(AssignmentChanged, PersonChanged, PersonDisabled, PersonEnabled, RoleGranted, RoleTaken, UnitChanged, UnitClosed, GroupChanged,
                  DirectoryImported)
def follow_organisation(_: Event) -> Iterator[OrganisationMoved]:
    yield OrganisationMoved()

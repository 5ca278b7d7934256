"""What follows when something happened to a notice."""
from collections.abc import Iterator

from sqlalchemy import select

from boards import events
from boards.calendar import ApprovalCame, OrganisationMoved, SlowMarkup, ToAddress
from boards.models.notices import ANSWER, CIRCULATE, CONFIRM, OPEN, TELL, USUAL, Comment, Notice
from boards.models.receipts import Receipt
from boards.models.routes import ROUND
from groupware.approvals.events import ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
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
from groupware.kernel import db
from groupware.kernel.events import Event
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref
from groupware.kernel.things import Tied
from groupware.notifications.notice import Notice as Told
from groupware.notifications.notice import Reconsider

on = Reactions()
REASONS = {TELL: "重要なお知らせ", CONFIRM: "確認のお願い", ANSWER: "回答のお願い", CIRCULATE: "回覧が回ってきました"}
KINDS = {TELL: "boards.important", CONFIRM: "boards.confirm", ANSWER: "boards.answer", CIRCULATE: "boards.round"}


@on.later(events.NoticePublished)
def address_readers(event: events.NoticePublished) -> Iterator[ToAddress]:
    yield ToAddress(event.notice_id)


@on.later(ApprovalGranted, ApprovalReturned, ApprovalWithdrawn)
def heed_desk(event: ApprovalGranted) -> Iterator[ApprovalCame]:
    if event.ref.kind == "boards.notice":
        yield ApprovalCame(event.ref.id)


@on.later(events.NoticeEdited)
def address_anew(event: events.NoticeEdited) -> Iterator[ToAddress]:
    if event.published:
        yield ToAddress(event.notice_id)


@on.later_for_all(AssignmentChanged, PersonChanged, PersonDisabled, PersonEnabled, RoleGranted, RoleTaken, UnitChanged, UnitClosed, GroupChanged,
                  DirectoryImported)
def follow_organisation(_: Event) -> Iterator[OrganisationMoved]:
    yield OrganisationMoved()


@on.later(events.NoticeDrafted, events.NoticeEdited)
def render_slow_markup(event: events.NoticeDrafted) -> Iterator[SlowMarkup]:
    if event.slow:
        yield SlowMarkup(event.notice_id)


@on.later(events.NoticeAddressed)
def tell_readers(event: events.NoticeAddressed) -> Iterator[Told]:
    """Once each. What is merely to be read waits on the first page and on the badge, and rings no bell."""
    notice = db.session.get(Notice, event.notice_id)
    if notice is None or notice.state != OPEN or (notice.weight == USUAL and notice.strength == TELL):
        return
    again = f"（{notice.asked}回目）" if notice.asked > 1 else ""
    yield from _tell_waiting(notice, REASONS[notice.strength] + again, KINDS[notice.strength])


@on.later(events.UnopenedTold)
def tell_unopened(event: events.UnopenedTold) -> Iterator[Told]:
    """All of a board in one line, and by mail in the letter of the morning."""
    notice = db.session.get(Notice, event.notice_id)
    if notice and notice.state == OPEN:
        yield from _tell_waiting(notice, "まだ開いていません", "boards.told", Ref("boards.board", notice.board_id))


@on.later(events.StepPassed)
def tell_next(event: events.StepPassed) -> Iterator[Told]:
    """Those with whom it lies now; at its end the author."""
    notice = db.session.get(Notice, event.notice_id)
    if notice is None or notice.state != OPEN:
        return
    if notice.route == ROUND:
        yield Told(notice.author_id, event.about, "回覧がひと回りしました", KINDS[CIRCULATE])
    yield from _tell_waiting(notice, f"{REASONS[CIRCULATE]}（{notice.asked}回目の{event.stage}番から）", KINDS[CIRCULATE])


@on.later(events.RoundReturned)
def tell_returned(event: events.RoundReturned) -> Iterator[Told]:
    """The author, and those before to whom it goes back."""
    notice = db.session.get(Notice, event.notice_id)
    if notice is None:
        return
    yield Told(notice.author_id, event.about, f"回覧が差し戻されました（{event.step_id}）", KINDS[CIRCULATE])
    if not event.to_sender:
        yield from _tell_waiting(notice, f"回覧が戻ってきました（{event.step_id}）", KINDS[CIRCULATE])


@on.later(events.StepChased)
def tell_late(event: events.StepChased) -> Iterator[Told]:
    notice = db.session.get(Notice, event.notice_id)
    if notice:
        yield Told(notice.author_id, event.about, f"回覧が期限を過ぎています（{event.step_id}）", KINDS[CIRCULATE])
        yield from _tell_waiting(notice, f"回覧の期限が過ぎています（{event.step_id}）", "boards.reminder")


@on.later(events.NoticeWithdrawn)
def tell_no_more(event: events.NoticeWithdrawn) -> Iterator[Reconsider]:
    yield Reconsider(event.about)


@on.later(events.NoticeAddressed)
def tell_those_who_left_no_more(event: events.NoticeAddressed) -> Iterator[Reconsider]:
    if event.left:
        yield Reconsider(event.about)


@on.later(events.ReminderSent)
def tell_missing(event: events.ReminderSent) -> Iterator[Told]:
    for user_id in db.session.scalars(select(Receipt.user_id).where(Receipt.reminder_id == event.reminder_id, Receipt.waiting)):
        yield Told(user_id, Ref("boards.notice", event.notice_id), f"まだの方へのお願い（{event.reminder_id}）", "boards.reminder")


@on.later(events.CommentPosted)
def tell_sender(event: events.CommentPosted) -> Iterator[Told]:
    """The author of the notice of a question, who had asked of an answer, and whoever is named in either."""
    notice = db.session.get(Notice, event.notice_id)
    about, told = Ref("boards.notice", event.notice_id), {event.author_id}
    for user_id, reason in _interested(event, notice) if notice else ():
        if user_id not in told:
            told.add(user_id)
            yield Told(user_id, about, f"{reason}（{event.comment_id}）", "boards.question")


@on.later(events.NoticePublished, events.NoticeEdited)
def tie_to_measure(event: events.NoticePublished | events.NoticeEdited) -> Iterator[Tied]:
    notice = db.session.get(Notice, event.notice_id)
    if notice and notice.measure and notice.state == OPEN:
        yield Tied(event.about, notice.measure)


@on.within(events.NoticePublished, events.NoticeEdited, events.NoticeWithdrawn, events.NoticeDropped, events.NoticeRendered)
def touch_found(event: events.NoticePublished) -> Iterator[Touched]:
    yield Touched(event.about)


def _tell_waiting(notice: Notice, reason: str, kind: str, place: Ref | None = None) -> Iterator[Told]:
    for user_id in db.session.scalars(select(Receipt.user_id).where(Receipt.notice_id == notice.id, Receipt.waiting, Receipt.gone_at.is_(None))):
        yield Told(user_id, Ref("boards.notice", notice.id), reason, kind, place)


def _interested(event: events.CommentPosted, notice: Notice) -> Iterator[tuple[int, str]]:
    yield from ((user_id, "あなた宛て") for user_id in event.mentioned)
    if not event.answer:
        yield notice.author_id, "お尋ねが届きました"
        return
    askers = select(Comment.author_id).where(Comment.notice_id == notice.id, Comment.answer.is_(False), Comment.deleted_at.is_(None)).distinct()
    yield from ((user_id, "お尋ねに答えが付きました") for user_id in db.session.scalars(askers))

"""What follows when something happened to a notice."""
from collections.abc import Iterator

from sqlalchemy import select

from boards import events
from boards.calendar import OrganisationMoved, SlowMarkup, ToAddress
from boards.models.notices import CONFIRM, OPEN, USUAL, Comment, Notice
from boards.models.receipts import Receipt
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
from groupware.notifications.notice import Notice as Told

on = Reactions()


@on.later(events.NoticePublished)
def address_readers(event: events.NoticePublished) -> Iterator[ToAddress]:
    yield ToAddress(event.notice_id)


@on.later(events.NoticeEdited)
def address_anew(event: events.NoticeEdited) -> Iterator[ToAddress]:
    if event.published:
        yield ToAddress(event.notice_id)


@on.later(AssignmentChanged, PersonChanged, PersonDisabled, PersonEnabled, RoleGranted, RoleTaken, UnitChanged, UnitClosed, GroupChanged,
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
    if notice is None or notice.state != OPEN or (notice.weight == USUAL and notice.strength != CONFIRM):
        return
    reason, kind = ("確認のお願い", "boards.confirm") if notice.strength == CONFIRM else ("重要なお知らせ", "boards.important")
    again = f"（{notice.asked}回目）" if notice.asked > 1 else ""
    for user_id in db.session.scalars(select(Receipt.user_id).where(Receipt.notice_id == notice.id, Receipt.waiting, Receipt.gone_at.is_(None))):
        yield Told(user_id, Ref("boards.notice", notice.id), reason + again, kind)


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


@on.within(events.NoticePublished, events.NoticeEdited, events.NoticeWithdrawn, events.NoticeDropped, events.NoticeRendered)
def touch_found(event: events.NoticePublished) -> Iterator[Touched]:
    yield Touched(event.about)


def _interested(event: events.CommentPosted, notice: Notice) -> Iterator[tuple[int, str]]:
    yield from ((user_id, "あなた宛て") for user_id in event.mentioned)
    if not event.answer:
        yield notice.author_id, "お尋ねが届きました"
        return
    askers = select(Comment.author_id).where(Comment.notice_id == notice.id, Comment.answer.is_(False), Comment.deleted_at.is_(None)).distinct()
    yield from ((user_id, "お尋ねに答えが付きました") for user_id in db.session.scalars(askers))

"""Notices are put up: at once, in time, or when somebody has approved it. And taken down."""
from collections.abc import Sequence

from sqlalchemy import update

from boards.commands.asking import go_on
from boards.events import NoticeBooked, NoticeCameBack, NoticeLaidBefore, NoticePublished, NoticeWithdrawn
from boards.models.notices import ASKING, BOOKED, CIRCULATE, DRAFT, OPEN, STRENGTHS, WITHDRAWN, Notice
from boards.models.places import MANAGE, Board
from boards.permissions import Boards, Sheet
from boards.queries.audience import said_of
from boards.queries.sheets import sheet_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid
from groupware.kernel.ports import Seat, approval_desk
from groupware.kernel.ref import Ref

LATE = "承認されましたが、そのあいだに期限が過ぎました。期限を直して、もう一度出してください。"


@command(Boards.EDIT, on=sheet_for)
def publish_notice(actor: Actor, sheet: Sheet) -> None:
    """At once, or booked for the beginning of its window; where a board asks for it, when somebody has approved it.

    It reaches people by the helper, however many they are.
    """
    notice = sheet.notice
    if notice.state != DRAFT:
        raise Already(None)
    if _is_late(notice):
        raise Invalid("確認・回答の期限が過ぎています。期限を直してから掲載してください。")
    route = approval_desk().route_up(actor) if sheet.board.approval else ()
    if sheet.board.approval and not route and MANAGE not in sheet.verbs:
        raise Invalid("この掲示板では掲載の前に承認が要りますが、承認する人が見つかりません。掲示板を管理する人に頼んでください。")
    if route:
        _lay_before(actor, notice, route)
    else:
        _put_up_in_time(actor, notice)


@command(Boards.KEEP, on=sheet_for)
def heed_approval(actor: Actor, sheet: Sheet) -> None:
    """What was said at the desk: it is put up, or comes back to its author with the reason."""
    notice, asked = sheet.notice, approval_desk().standing(_ref(sheet.notice))
    if notice.state != ASKING or asked is None or asked.state == "waiting":
        raise Already(None)
    if asked.state == "granted" and not _is_late(notice):
        notice.returned = ""
        _put_up_in_time(actor, notice)
        return
    notice.state, notice.returned = DRAFT, LATE if asked.state == "granted" else asked.reason
    record(actor, NoticeCameBack(notice.id))


@command(Boards.RECALL, on=sheet_for)
def recall_notice(actor: Actor, sheet: Sheet) -> None:
    """By whoever asked, while nobody has decided."""
    approval_desk().withdraw(actor, _ref(sheet.notice))
    sheet.notice.state = DRAFT
    record(actor, NoticeCameBack(sheet.notice.id))


@command(Boards.KEEP, on=sheet_for)
def publish_booked(actor: Actor, sheet: Sheet) -> None:
    """Its time has come."""
    if sheet.notice.state != BOOKED:
        raise Already(None)
    _put_up(actor, sheet.notice)


@command(Boards.EDIT, on=sheet_for)
def withdraw_notice(actor: Actor, sheet: Sheet, reason: str) -> None:
    """Nobody reads it any more but the sending side; receipts stay as they are. A booked one becomes a draft again."""
    notice = sheet.notice
    if notice.state == BOOKED:
        notice.state = DRAFT
    elif notice.state == OPEN:
        if not reason:
            raise Invalid(reason="取り下げるわけを書いてください。")
        notice.state, notice.withdrawn_at, notice.reason = WITHDRAWN, clock.now(), reason
    else:
        raise Already(None)
    record(actor, NoticeWithdrawn(notice.id))


def _lay_before(actor: Actor, notice: Notice, route: Sequence[Seat]) -> None:
    notice.state, notice.returned = ASKING, ""
    db.session.flush()
    summary = f"{STRENGTHS[notice.strength][0]}・宛先 {said_of(notice)}"
    approval_desk().ask(actor, _ref(notice), route, f"お知らせの掲載「{notice.title}」", summary)
    record(actor, NoticeLaidBefore(notice.id))


def _put_up_in_time(actor: Actor, notice: Notice) -> None:
    if notice.starts_at and notice.starts_at > clock.now():
        notice.state = BOOKED
        record(actor, NoticeBooked(notice.id))
        return
    _put_up(actor, notice)


def _put_up(actor: Actor, notice: Notice) -> None:
    """With the board's next number, taken in the transaction that uses it."""
    number = update(Board).where(Board.id == notice.board_id).values(last_number=Board.last_number + 1).returning(Board.last_number)
    notice.number = db.session.execute(number).scalar_one()
    notice.state, notice.published_at = OPEN, clock.now()
    if notice.strength == CIRCULATE:
        go_on(notice)
    record(actor, NoticePublished(notice.id))


def _is_late(notice: Notice) -> bool:
    return notice.due_at is not None and notice.due_at <= clock.now()


def _ref(notice: Notice) -> Ref:
    return Ref("boards.notice", notice.id)

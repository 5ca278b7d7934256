"""Who a notice is for, and what they have done with it. Statements over people, never one person after another."""
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, literal, select, update

from boards.commands.asking import lay_before
from boards.commands.surveys import answer_with_section
from boards.events import NoticeAddressed, NoticeConfirmed, NoticeFrozen
from boards.models.notices import CIRCULATE, OPEN, Notice
from boards.models.receipts import Receipt, Snapshot
from boards.permissions import Boards, Sheet
from boards.queries.audience import seats_reached
from boards.queries.receipts import state_of
from boards.queries.sheets import sheet_for
from groupware.directory.queries import circles_of, main_unit, posts_of, sections_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound

STALE = "読んでいるあいだにお知らせが直されました。いまの文を読んでから押してください。"


@command(Boards.KEEP, on=sheet_for)
def address_notice(actor: Actor, sheet: Sheet) -> None:
    """Its receipts are those of the people it is for today, at the units they sit in today. Who is gone keeps what they did."""
    notice = sheet.notice
    if notice.state != OPEN:
        raise Already(None)
    came, left, moved = _line_up(notice, seats_reached(notice))
    moved += lay_before(notice) if notice.strength == CIRCULATE else answer_with_section(notice)
    if not (came or left or moved) and notice.people:
        raise Already(None)
    notice.people, notice.sections = _size(notice)
    record(actor, NoticeAddressed(notice.id, notice.people, came, left))


@command(Boards.KEEP, on=sheet_for)
def ask_again(actor: Actor, sheet: Sheet) -> None:
    """After an edit in substance, or in strength: something is left to do for whoever has not done it."""
    notice = sheet.notice
    if notice.strength == CIRCULATE:
        raise Already(None)
    undone = _of(notice).where(Receipt.gone_at.is_(None), Receipt.waiting.is_(False), state_of(notice) != "done")
    done = _of(notice).where(Receipt.waiting, state_of(notice) == "done")
    if not _count(undone.values(waiting=True)) + _count(done.values(waiting=False)):
        raise Already(None)
    record(actor, NoticeAddressed(notice.id, notice.people, 0, 0))


@command(Boards.KEEP, on=sheet_for)
def close_notice(actor: Actor, sheet: Sheet) -> None:
    """Its window is over: nobody is left with something to do."""
    if not _count(_of(sheet.notice).where(Receipt.waiting).values(waiting=False)):
        raise Already(None)
    record(actor, NoticeAddressed(sheet.notice.id, sheet.notice.people, 0, 0))


@command(Boards.KEEP, on=sheet_for)
def freeze_notice(actor: Actor, sheet: Sheet) -> None:
    """The due date has come: how it stands now stays readable for ever."""
    notice = sheet.notice
    if notice.frozen_at:
        raise Already(None)
    db.session.execute(delete(Snapshot).where(Snapshot.notice_id == notice.id))
    rows = (select(literal(notice.id), Receipt.user_id, Receipt.unit_id, state_of(notice))
            .where(Receipt.notice_id == notice.id, Receipt.gone_at.is_(None)))
    db.session.execute(insert(Snapshot).from_select(["notice_id", "user_id", "unit_id", "state"], rows))
    notice.frozen_at = clock.now()
    record(actor, NoticeFrozen(notice.id))


@command(Boards.CONFIRM, on=sheet_for)
def confirm_notice(actor: Actor, sheet: Sheet, asked: int) -> None:
    """``asked``: the asking that was on the screen. Having opened it is no confirmation; pressing is."""
    if asked != sheet.notice.asked:
        raise Conflict(STALE)
    if sheet.settled:
        raise Already(None)
    _confirm(sheet.notice, actor.user_id)
    record(actor, NoticeConfirmed(sheet.notice.id, actor.user_id, asked))


@command(Boards.STAND_IN, on=sheet_for)
def confirm_for(actor: Actor, sheet: Sheet, user_id: int, reason: str) -> None:
    """代理確認: for a colleague without a terminal, with the reason; who pressed stays on the record."""
    receipt = _receipt_of(sheet, user_id)
    if not reason:
        raise Invalid(reason="代わって確認するわけを書いてください（例: 端末がなく、朝礼で読み上げた）。")
    if user_id == actor.user_id or not _is_near(actor, sheet, user_id):
        raise Forbidden("代わって確認できるのは、同じ課の人の分だけです。")
    if receipt.confirmed >= sheet.notice.asked:
        raise Already(None)
    _confirm(sheet.notice, user_id, stand_in_id=actor.user_id, stand_in_reason=reason)
    record(actor, NoticeConfirmed(sheet.notice.id, actor.user_id, sheet.notice.asked, user_id))


def _confirm(notice: Notice, user_id: int, **more: object) -> None:
    now = clock.now()
    values: dict[str, Any] = {"confirmed": notice.asked, "confirmed_at": now, "waiting": False, "stand_in_id": None, "stand_in_reason": None, **more}
    if "stand_in_id" not in more:
        values["opened_at"] = func.coalesce(Receipt.opened_at, now)
    _count(_of(notice).where(Receipt.user_id == user_id).values(values))


def _size(notice: Notice) -> tuple[int, int]:
    """(people, sections), counted where they are written."""
    asked = select(Receipt.unit_id, func.count()).where(Receipt.notice_id == notice.id, Receipt.gone_at.is_(None)).group_by(Receipt.unit_id)
    seats = dict(db.session.execute(asked).all())
    return sum(seats.values()), len(set(sections_of(seats).values()))


def _receipt_of(sheet: Sheet, user_id: int) -> Receipt:
    receipt = db.session.get(Receipt, (sheet.notice.id, user_id))
    if receipt is None or receipt.gone_at:
        raise NotFound("このお知らせの宛先にいない人です。")
    return receipt


def _is_near(actor: Actor, sheet: Sheet, user_id: int) -> bool:
    """The sending side, whoever heads the unit, or somebody of the same section."""
    receipt = _receipt_of(sheet, user_id)
    section = {place.section_id for place in posts_of(user_id)}
    return sheet.sends or receipt.unit_id in sheet.heads or any(f"below:{unit}" in circles_of(actor) for unit in section)


def _line_up(notice: Notice, seats: Select[int, int]) -> tuple[int, int, int]:
    """How many came, left, sit elsewhere. Of what has just been put up everybody is new."""
    if db.session.scalar(select(Receipt.user_id).where(Receipt.notice_id == notice.id).limit(1)) is None:
        return _bring_in(notice, seats), 0, 0
    return _bring_in(notice, seats) + _bring_back(notice, seats), _show_out(notice, seats), _move(notice)


def _bring_back(notice: Notice, seats: Select[int, int]) -> int:
    """Who was gone and is meant again has what they had done."""
    back = _of(notice).where(Receipt.gone_at.is_not(None), Receipt.user_id.in_(select(seats.subquery().c.user_id)))
    return _count(back.values(gone_at=None, waiting=case((state_of(notice) == "done", False), else_=True)))


def _bring_in(notice: Notice, seats: Select[int, int]) -> int:
    """Who is new gets a receipt."""
    people, known = seats.subquery(), select(Receipt.user_id).where(Receipt.notice_id == notice.id)
    rows = select(literal(notice.id), people.c.user_id, people.c.unit_id, literal(True), literal(0)).where(people.c.user_id.not_in(known))
    fresh = insert(Receipt).from_select(["notice_id", "user_id", "unit_id", "waiting", "confirmed"], rows)
    return _count(fresh)


def _show_out(notice: Notice, seats: Select[int, int]) -> int:
    here = select(seats.subquery().c.user_id)
    return _count(_of(notice).where(Receipt.gone_at.is_(None), Receipt.user_id.not_in(here)).values(gone_at=clock.now(), waiting=False))


def _move(notice: Notice) -> int:
    unit = main_unit(Receipt.__table__.c.user_id)
    return _count(_of(notice).where(Receipt.gone_at.is_(None), Receipt.unit_id != unit).values(unit_id=unit))


def _of(notice: Notice) -> Any:
    return update(Receipt).where(Receipt.notice_id == notice.id).execution_options(synchronize_session=False)


def _count(statement: Any) -> int:
    """How many rows it touched. What the session holds of receipts is read anew."""
    db.session.flush()
    touched: int = db.unit().connection.execute(statement).rowcount
    db.session.expire_all()
    return max(touched, 0)

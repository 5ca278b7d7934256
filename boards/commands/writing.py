"""Notices are drafted, edited, dropped, kept to begin others with."""
from sqlalchemy import delete

from boards.commands.asking import copy_asking, set_questions, set_route
from boards.events import ModelKept, NoticeDrafted, NoticeDropped, NoticeEdited
from boards.forms import NoticeDraft
from boards.models.notices import DRAFT, MODEL, OPEN, TELL, Audience, Comment, Notice, Revision
from boards.models.routes import Step
from boards.models.surveys import Question
from boards.permissions import Boards, Desk, Sheet
from boards.queries.audience import parts_of
from boards.queries.desks import desk_for
from boards.queries.senders import sender_name
from boards.queries.sheets import sheet_for
from groupware.files.commands import attach_files, detach_files
from groupware.files.queries import files_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.ref import Ref

STALE = "ほかの人が先に直しました。二つの文を並べて見比べ、もう一度保存してください。"


@command(Boards.POST, on=desk_for)
def draft_notice(actor: Actor, desk: Desk, draft: NoticeDraft) -> int:
    """Its id. Nobody but the sending side sees it yet."""
    notice = Notice(board_id=desk.board.id, author_id=actor.user_id, author_name=actor.name, author_label=actor.label, created_at=clock.now(),
                    state=DRAFT, version=1, asked=1, sender=draft.sender, sender_name=sender_name(actor, draft.sender), **_said(draft))
    db.session.add(notice)
    db.session.flush()
    _address(notice, draft)
    set_questions(notice, draft)
    set_route(notice, draft)
    _hang_files(actor, notice, draft)
    record(actor, NoticeDrafted(notice.id, notice.slow))
    return notice.id


@command(Boards.EDIT, on=sheet_for)
def edit_notice(actor: Actor, sheet: Sheet, draft: NoticeDraft) -> None:
    """Nobody's text is overwritten: who was looking at an older version is refused. What was said before is kept, and so is the sender."""
    notice = sheet.notice
    if notice.version != draft.version:
        raise Conflict(STALE)
    stronger = notice.strength != draft.strength and notice.state == OPEN
    if stronger and not draft.reason:
        raise Invalid(reason="強さを変えるわけを書いてください。")
    _keep_revision(actor, notice, draft)
    again = notice.state == OPEN and draft.strength != TELL and (draft.in_substance or stronger)
    for name, value in _said(draft).items():
        setattr(notice, name, value)
    notice.version, notice.asked, notice.edited_at = notice.version + 1, notice.asked + again, clock.now()
    _reopen_due(notice)
    _address(notice, draft)
    set_questions(notice, draft, again=again)
    set_route(notice, draft, again=again)
    _hang_files(actor, notice, draft)
    record(actor, NoticeEdited(notice.id, notice.version, again, notice.state == OPEN, notice.slow))


@command(Boards.EDIT, on=sheet_for)
def drop_draft(actor: Actor, sheet: Sheet) -> None:
    """A draft nobody needs any more."""
    notice = sheet.notice
    if notice.state not in {DRAFT, MODEL}:
        raise Conflict("掲載したお知らせは捨てられません。取り下げてください。")
    hanging = [file.id for files in files_of([_ref(notice)]).values() for file in files]
    if hanging:
        detach_files(actor, hanging, _ref(notice))
    for table in (Audience, Revision, Comment, Question, Step):
        db.session.execute(delete(table).where(table.notice_id == notice.id))
    db.session.delete(notice)
    record(actor, NoticeDropped(notice.id))


@command(Boards.EDIT, on=sheet_for)
def keep_model(actor: Actor, sheet: Sheet) -> int:
    """書式: a copy of what it says, asks and where it goes, for whoever posts on this board to begin with."""
    notice = sheet.notice
    same = ("board_id", "strength", "weight", "title", "body", "html", "plain", "slow", "measure", "sender", "sender_name")
    model = Notice(state=MODEL, version=1, asked=1, author_id=actor.user_id, author_name=actor.name, author_label=actor.label, created_at=clock.now(),
                   **{name: getattr(notice, name) for name in same})
    db.session.add(model)
    db.session.flush()
    db.session.add_all(Audience(notice_id=model.id, part=part, who=who) for part, who in parts_of(notice.id))
    copy_asking(notice, model)
    record(actor, ModelKept(model.id))
    return model.id


def _said(draft: NoticeDraft) -> dict[str, object]:
    window = draft.window
    return {"title": draft.title, "body": draft.body, "html": draft.rendered.html, "plain": draft.rendered.plain, "slow": draft.rendered.slow,
            "strength": draft.strength, "weight": draft.weight, "measure": draft.measure,
            "starts_at": window.starts_at, "ends_at": window.ends_at, "due_at": window.due_at}


def _address(notice: Notice, draft: NoticeDraft) -> None:
    if set(parts_of(notice.id)) != set(draft.parts):
        db.session.execute(delete(Audience).where(Audience.notice_id == notice.id))
        db.session.add_all(Audience(notice_id=notice.id, part=part, who=who) for part, who in draft.parts)


def _reopen_due(notice: Notice) -> None:
    """With a new due date there will be another moment to freeze."""
    if notice.frozen_at and notice.due_at and notice.due_at > clock.now():
        notice.frozen_at = None


def _hang_files(actor: Actor, notice: Notice, draft: NoticeDraft) -> None:
    here = {file.id for files in files_of([_ref(notice)]).values() for file in files}
    wanted = set(draft.files)
    if here - wanted:
        detach_files(actor, sorted(here - wanted), _ref(notice))
    if wanted - here:
        attach_files(actor, [each for each in draft.files if each not in here], _ref(notice))
    notice.files = len(wanted)


def _keep_revision(actor: Actor, notice: Notice, draft: NoticeDraft) -> None:
    db.session.add(Revision(notice_id=notice.id, version=notice.version, title=notice.title, body=notice.body, strength=notice.strength,
                            editor_id=actor.user_id, reason=draft.reason, in_substance=draft.in_substance, at=clock.now()))


def _ref(notice: Notice) -> Ref:
    return Ref("boards.notice", notice.id)

"""Who may do what with the minutes of a sitting, its votes and its actions; on top of who may read its items."""
from collections.abc import Collection
from dataclasses import dataclass

from groupware.kernel.actor import Actor
from groupware.kernel.flow import Flow, Step
from groupware.kernel.permissions import Permission, Rule
from meetings.models.bodies import CHAIR, MEMBER, PUBLIC, SECRETARY, SPEAKER, STAFF
from meetings.models.minutes import DRAFT, LOCKED, REVIEW, Correction, Entry, Record
from meetings.models.prints import Print
from meetings.models.results import Action, Vote
from meetings.models.sittings import CALLED, CANCELLED
from meetings.permissions import Table, Topic, can_read_item, can_see

WATCHING = (CHAIR, MEMBER, SECRETARY, SPEAKER)      # see the minutes grow; others once they stand
VOTING = (MEMBER,)                                  # 議長は採決に加わらず、可否同数のときに決める
ASK, RETURN, LOCK = "ask", "return", "lock"
FLOW = Flow(
    Step(ASK, (DRAFT,), REVIEW, frozenset({SECRETARY}), "出席者に確認を頼む"),
    Step(RETURN, (REVIEW,), DRAFT, frozenset({SECRETARY, CHAIR}), "書き直しに戻す", needs_reason=True),
    Step(LOCK, (REVIEW,), LOCKED, frozenset({CHAIR}), "議事録を確定する"))


class Minutes(Permission):
    READ = "議事録を読む"
    WRITE = "議事録を書く"
    RUN = "会議を進める（議題の始まりと終わり、出欠、採決）"
    MOVE = "議事録を次の段へ進める"
    REVIEW = "議事録を確かめ、直しを申し出る"
    SETTLE = "直しの申し出に答える"
    VOTE = "採決に加わる"
    SEE_ACTION = "対応事項を見る"
    ACT = "対応事項の様子を変える"
    CHASE = "対応事項の担当者に知らせる"
    PRINT = "資料を綴じる"
    DIGEST = "確定した議事録のまとめを、全職員へのお知らせの下書きにする"
    KEEP_PRINT = "できた綴りを残す"
    FEED = "会議の予定表の番地をつくる・閉じる"


@dataclass(frozen=True, slots=True)
class Desk:
    """The minutes of a sitting in one's hands. ``headless``: the body has no chair, so that its secretaries stand in."""

    table: Table
    record: Record
    headless: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What is written of one item."""

    topic: Topic
    desk: Desk


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    entry: Entry
    note: Note


@dataclass(frozen=True, slots=True)
class Wish:
    correction: Correction
    line: Line


@dataclass(frozen=True, slots=True)
class Poll:
    vote: Vote
    note: Note


@dataclass(frozen=True, slots=True)
class Task:
    action: Action
    line: Line


def parts_of(desk: Desk) -> Collection[str]:
    role = desk.table.seat.role
    return {role, CHAIR} if role == SECRETARY and desk.headless else {role}


def can_open(actor: Actor, desk: Desk) -> bool:
    """The minutes as a whole, of which everybody then sees their own part."""
    return can_see(actor, desk.table) and (watches(desk.table) or desk.record.state == LOCKED or desk.record.summary_at is not None)


def can_read_note(actor: Actor, note: Note) -> bool:
    """While they grow: who sat there, and who presented the item; once they stand: who may read the item."""
    if not can_read_item(actor, note.topic):
        return False
    return note.desk.record.state == LOCKED or note.desk.table.seat.role in WATCHING or note.topic.item.presenter_id == actor.user_id


def can_write(actor: Actor, note: Note) -> bool:
    return note.desk.table.seat.role == SECRETARY and note.desk.table.sitting.state == CALLED and can_read_item(actor, note.topic)


def can_run(_: Actor, desk: Desk) -> bool:
    return desk.table.seat.role in {SECRETARY, CHAIR} and desk.table.sitting.state == CALLED


def can_run_note(actor: Actor, note: Note) -> bool:
    return can_run(actor, note.desk) and can_read_item(actor, note.topic)


def can_move(actor: Actor, desk: Desk) -> bool:
    return can_run(actor, desk)


def can_review(actor: Actor, desk: Desk) -> bool:
    """Who sat there."""
    return can_see(actor, desk.table) and desk.table.seat.role in WATCHING


def can_correct(actor: Actor, line: Line) -> bool:
    return can_read_note(actor, line.note) and not can_write(actor, line.note) and (
        line.note.desk.table.seat.role in WATCHING or line.note.topic.item.presenter_id == actor.user_id)


def can_settle(actor: Actor, wish: Wish) -> bool:
    return can_write(actor, wish.line.note)


def can_vote(actor: Actor, poll: Poll) -> bool:
    return poll.note.desk.table.seat.role in VOTING and can_read_item(actor, poll.note.topic)


def can_see_action(actor: Actor, task: Task) -> bool:
    """Its owner too, who was given it because they may read the item."""
    return can_read_note(actor, task.line.note) or (
        task.action.owner_id == actor.user_id and can_read_item(actor, task.line.note.topic))


def can_act(actor: Actor, task: Task) -> bool:
    return can_see_action(actor, task) and (task.action.owner_id == actor.user_id or task.line.note.desk.table.seat.role == SECRETARY)


def can_chase(actor: Actor, _: object) -> bool:
    return actor.has("system")


def can_print(_: Actor, table: Table) -> bool:
    """Who prepares the sitting."""
    return table.seat.role in {SECRETARY, CHAIR} and table.sitting.state != CANCELLED


def can_digest(actor: Actor, desk: Desk) -> bool:
    """行政管理課, once the minutes of a body stand that all staff may know of."""
    stands = desk.record.state == LOCKED and desk.table.sitting.state == CALLED
    return actor.has("steering") and stands and desk.table.seat.body.level in {PUBLIC, STAFF} and can_open(actor, desk)


def can_keep_print(actor: Actor, row: Print) -> bool:
    return row.by_id == actor.user_id


def can_have_feed(actor: Actor, _: object) -> bool:
    return actor.user_id > 0


def watches(table: Table) -> bool:
    return table.seat.role in WATCHING or table.speaks


def _runs(actor: Actor, target: Desk | Note | Poll) -> bool:
    if isinstance(target, Desk):
        return can_run(actor, target)
    return can_run_note(actor, target.note if isinstance(target, Poll) else target)


def _writes(actor: Actor, target: Note | Line) -> bool:
    return can_write(actor, target.note if isinstance(target, Line) else target)


def _reviews(actor: Actor, target: Desk | Line) -> bool:
    return can_correct(actor, target) if isinstance(target, Line) else can_review(actor, target)


RULES: dict[Permission, Rule] = {
    Minutes.READ: can_open, Minutes.WRITE: _writes, Minutes.RUN: _runs, Minutes.MOVE: can_move, Minutes.REVIEW: _reviews,
    Minutes.SETTLE: can_settle, Minutes.VOTE: can_vote, Minutes.SEE_ACTION: can_see_action, Minutes.ACT: can_act, Minutes.CHASE: can_chase,
    Minutes.PRINT: can_print, Minutes.DIGEST: can_digest, Minutes.KEEP_PRINT: can_keep_print, Minutes.FEED: can_have_feed}

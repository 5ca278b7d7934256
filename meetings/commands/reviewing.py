"""The draft goes round to those who sat there, is mended in place, and stands once the chair says so."""
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from meetings.commands.minutes import kept_record, rewrite
from meetings.commands.prints import ask_minutes
from meetings.commands.sittings import STALE
from meetings.drafts import CorrectionDraft
from meetings.minutes_events import CorrectionProposed, CorrectionSettled, EntryChanged, MinutesMoved, MinutesReviewed
from meetings.models.minutes import ACCEPTED, DECLINED, PROPOSED, REVIEW, Correction
from meetings.models.minutes import Review as Reviewed
from meetings.queries.minutes import are_corrections_open, desk_for, entries_of, line_for, wish_for
from meetings.rights import ASK, FLOW, LOCK, Desk, Line, Minutes, Wish, parts_of

NOT_ASKED = "いまは確認を頼まれていません。確認依頼が届いてから、もう一度お試しください。"


@command(Minutes.MOVE, on=desk_for)
def move_minutes(actor: Actor, desk: Desk, act: str, reason: str = "") -> None:
    step = FLOW.step(desk.record.state, act, parts_of(desk))
    kept = kept_record(desk)
    step.want(reason, "書き直しに戻すわけを書いてください。")
    if act == ASK and not entries_of(kept.sitting_id):
        raise Invalid("議事録がまだ空です。一つは書いてから頼んでください。")
    if act == LOCK and are_corrections_open(kept.sitting_id):
        raise Invalid("まだ答えていない直しの申し出があります。取り入れるか見送るかを決めてから確定してください。")
    kept.state, kept.version, kept.returned_because = step.after, kept.version + 1, reason
    if act == ASK:
        kept.asked_at = clock.now()
    if act == LOCK:
        kept.locked_at, kept.locked_by = clock.now(), f"{actor.label} {actor.name}".strip()
        ask_minutes(desk.table, actor)
    record(actor, MinutesMoved(kept.sitting_id, act, kept.state))


@command(Minutes.REVIEW, on=desk_for)
def review_minutes(actor: Actor, desk: Desk) -> None:
    """確認しました"""
    _under_review(desk)
    if db.session.get(Reviewed, (desk.record.sitting_id, actor.user_id)):
        raise Already(None)
    db.session.add(Reviewed(sitting_id=desk.record.sitting_id, user_id=actor.user_id, at=clock.now()))
    record(actor, MinutesReviewed(desk.record.sitting_id))


@command(Minutes.REVIEW, on=line_for)
def propose_correction(actor: Actor, line: Line, draft: CorrectionDraft) -> int:
    """In place; the paragraph itself stays until a secretary takes it in."""
    _under_review(line.note.desk)
    wish = Correction(entry_id=line.entry.id, body=draft.body, why=draft.why, state=PROPOSED, reply="", by_id=actor.user_id, by_name=actor.name,
                      at=clock.now())
    db.session.add(wish)
    db.session.flush()
    record(actor, CorrectionProposed(line.entry.id, line.entry.item_id, line.entry.sitting_id, wish.id))
    return wish.id


@command(Minutes.SETTLE, on=wish_for)
def accept_correction(actor: Actor, wish: Wish, version: int) -> None:
    """``version`` of the paragraph that was beside it on the screen."""
    entry = wish.line.entry
    _still_open(wish)
    if entry.version != version:
        raise Conflict(STALE)
    rewrite(entry, wish.correction.body, entry.speaker, actor)
    record(actor, EntryChanged(entry.id, entry.item_id, entry.sitting_id, entry.version))
    _settle(actor, wish, ACCEPTED, "")


@command(Minutes.SETTLE, on=wish_for)
def decline_correction(actor: Actor, wish: Wish, reply: str) -> None:
    _still_open(wish)
    if not reply:
        raise Invalid(reply="見送るわけを書いてください。申し出た人に伝わります。")
    _settle(actor, wish, DECLINED, reply)


def _settle(actor: Actor, wish: Wish, state: str, reply: str) -> None:
    wish.correction.state, wish.correction.reply = state, reply
    entry = wish.line.entry
    record(actor, CorrectionSettled(entry.id, entry.item_id, entry.sitting_id, wish.correction.id, state))


def _still_open(wish: Wish) -> None:
    kept_record(wish.line.note.desk)
    if wish.correction.state != PROPOSED:
        raise Conflict("この申し出には、ほかの人が先に答えました。")


def _under_review(desk: Desk) -> None:
    if desk.record.state != REVIEW:
        raise Conflict(NOT_ASKED)

"""A sitting goes on: the roll is called, items begin and end, the sitting ends."""
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid
from meetings.commands.minutes import kept_record
from meetings.drafts import RollDraft
from meetings.minutes_events import ItemFinished, ItemStarted, RollCalled, SittingClosed, SummaryPublished
from meetings.models.minutes import Presence
from meetings.queries.minutes import desk_for, note_for, running_items
from meetings.rights import Desk, Minutes, Note


@command(Minutes.RUN, on=desk_for)
def call_roll(actor: Actor, desk: Desk, draft: RollDraft) -> None:
    """Of those named; the others stay as they are."""
    kept = kept_record(desk)
    for person, presence, deputy in draft.lines:
        db.session.merge(Presence(sitting_id=kept.sitting_id, user_id=person, presence=presence, deputy=deputy, at=clock.now()))
    kept.visitors = draft.visitors
    record(actor, RollCalled(kept.sitting_id))


@command(Minutes.RUN, on=note_for)
def start_item(actor: Actor, note: Note) -> None:
    """What was still running ends here. Begun again, it goes on from its first beginning."""
    kept_record(note.desk)
    item, now = note.topic.item, clock.now()
    if item.started_at and not item.finished_at:
        raise Already(None)
    for other in running_items(item.sitting_id):
        other.finished_at = now
        record(actor, ItemFinished(other.id, other.sitting_id))
    item.started_at, item.finished_at = item.started_at or now, None
    record(actor, ItemStarted(item.id, item.sitting_id))


@command(Minutes.RUN, on=note_for)
def finish_item(actor: Actor, note: Note) -> None:
    kept_record(note.desk)
    item = note.topic.item
    if item.started_at is None or item.finished_at is not None:
        raise Already(None)
    item.finished_at = clock.now()
    record(actor, ItemFinished(item.id, item.sitting_id))


@command(Minutes.RUN, on=desk_for)
def close_sitting(actor: Actor, desk: Desk) -> None:
    """閉会: what runs, ends."""
    kept, now = kept_record(desk), clock.now()
    if kept.ended_at:
        raise Already(None)
    if now < desk.table.sitting.starts_at:
        raise Invalid("まだ始まる時刻になっていません。")
    for item in running_items(kept.sitting_id):
        item.finished_at = now
        record(actor, ItemFinished(item.id, item.sitting_id))
    kept.ended_at = now
    record(actor, SittingClosed(kept.sitting_id))


@command(Minutes.RUN, on=desk_for)
def publish_summary(actor: Actor, desk: Desk) -> None:
    """概要: what was decided and who was there, before the minutes stand; each item to who may read it."""
    kept = kept_record(desk)
    if kept.summary_at:
        raise Already(None)
    kept.summary_at = clock.now()
    record(actor, SummaryPublished(kept.sitting_id))

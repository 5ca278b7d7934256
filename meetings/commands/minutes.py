"""Paragraphs are written, changed, removed; by several people at once, and nobody's text is overwritten."""
from sqlalchemy import select

from groupware.directory.queries import actor_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from meetings.commands.sittings import STALE
from meetings.drafts import EntryDraft
from meetings.minutes_events import ActionGiven, EntryChanged, EntryRemoved, EntryWritten
from meetings.models.minutes import ACTION, LOCKED, Entry, EntryVersion, Record
from meetings.models.results import DROPPED, OPEN, Action
from meetings.permissions import can_read_item
from meetings.queries.items import topics_for
from meetings.queries.minutes import line_for, note_for
from meetings.queries.results import actions_of
from meetings.rights import Desk, Line, Minutes, Note

IS_LOCKED = "議事録は確定しています。もう書き足したり直したりできません。"


@command(Minutes.WRITE, on=note_for)
def write_entry(actor: Actor, note: Note, draft: EntryDraft) -> int:
    """At the end of its item. Sent twice with one key it stands once."""
    kept_record(note.desk)
    if draft.key and (there := _sent_before(actor, draft.key)):
        raise Already(there)
    entry = Entry(sitting_id=note.desk.record.sitting_id, item_id=note.topic.item.id, kind=draft.kind, speaker=draft.speaker, body=draft.body,
                  version=1, removed=False, key=draft.key, by_id=actor.user_id, by_name=actor.name, at=clock.now())
    db.session.add(entry)
    db.session.flush()
    record(actor, EntryWritten(entry.id, entry.item_id, entry.sitting_id))
    if draft.kind == ACTION:
        _give(actor, entry, note, draft)
    return entry.id


@command(Minutes.WRITE, on=line_for)
def change_entry(actor: Actor, line: Line, draft: EntryDraft) -> None:
    """Raises Conflict for who was looking at an older version: both texts are still there."""
    kept_record(line.note.desk)
    entry = line.entry
    if entry.version != draft.version:
        raise Conflict(STALE)
    rewrite(entry, draft.body, draft.speaker, actor)
    if entry.kind == ACTION:
        _give_on(actor, line, draft)
    record(actor, EntryChanged(entry.id, entry.item_id, entry.sitting_id, entry.version))


@command(Minutes.WRITE, on=line_for)
def remove_entry(actor: Actor, line: Line, version: int) -> None:
    """What was to be done with it is dropped too."""
    kept_record(line.note.desk)
    entry = line.entry
    if entry.version != version:
        raise Conflict(STALE)
    entry.removed = True
    action = actions_of([entry.id]).get(entry.id)
    if action:
        action.state, action.version = DROPPED, action.version + 1
    record(actor, EntryRemoved(entry.id, entry.item_id, entry.sitting_id))


def kept_record(desk: Desk) -> Record:
    """Raises Conflict for minutes that are locked. The first word makes them a draft that is kept."""
    if desk.record.state == LOCKED:
        raise Conflict(IS_LOCKED)
    if desk.record.version == 0:
        desk.record.version = 1
        db.session.add(desk.record)
        db.session.flush()
    return desk.record


def rewrite(entry: Entry, body: str, speaker: str, by: Actor) -> None:
    """Inside a command. How it stood is kept."""
    db.session.add(EntryVersion(entry_id=entry.id, version=entry.version, speaker=entry.speaker, body=entry.body, by_name=entry.by_name, at=entry.at))
    entry.body, entry.speaker, entry.version = body, speaker, entry.version + 1
    entry.by_name, entry.at = by.name, clock.now()


def _sent_before(actor: Actor, key: str) -> int | None:
    return db.session.scalar(select(Entry.id).where(Entry.by_id == actor.user_id, Entry.key == key))


def _give(actor: Actor, entry: Entry, note: Note, draft: EntryDraft) -> None:
    owner_id = _owner(note, draft)
    action = Action(entry_id=entry.id, body_id=note.desk.table.seat.body.id, owner_id=owner_id, due_on=draft.due_on, state=OPEN, note="", version=1,
                    changed_at=clock.now())
    db.session.add(action)
    db.session.flush()
    record(actor, ActionGiven(entry.id, entry.item_id, entry.sitting_id, action.id, owner_id))


def _give_on(actor: Actor, line: Line, draft: EntryDraft) -> None:
    action = actions_of([line.entry.id])[line.entry.id]
    owner_id, before = _owner(line.note, draft), action.owner_id
    action.owner_id, action.due_on, action.version = owner_id, draft.due_on, action.version + 1
    if owner_id != before:
        record(actor, ActionGiven(line.entry.id, line.entry.item_id, line.entry.sitting_id, action.id, owner_id))


def _owner(note: Note, draft: EntryDraft) -> int:
    """Only who may read the item: what is closed is not told by giving somebody a task."""
    owner = actor_for(draft.owner_id) if draft.owner_id else None
    if owner is None:
        raise Invalid(owner_id="だれが対応するかを選んでください。")
    item = note.topic.item
    if not any(can_read_item(owner, topic) for topic in topics_for(owner, [item.id])):
        raise Invalid(owner_id="この議題を読めない人には頼めません。議題の範囲の中の人を選んでください。")
    return draft.owner_id or 0

"""Posting, replying, correcting, taking back, stamping."""
from typing import Any, NamedTuple, Never

from sqlalchemy import Connection, bindparam, case, delete, insert, select, update

from chat.commands.numbers import next_change, next_message
from chat.events import MessageDeleted, MessageEdited, MessagePosted, MessageRendered, ReactionChanged
from chat.forms import EditDraft, MessageDraft
from chat.models import Member, Mention, Message, Reaction, Revision, Room
from chat.permissions import Chat, Said, Seat
from chat.queries.seats import message_for, place_for
from groupware.files.commands import attach_files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict
from groupware.kernel.events import Fact
from groupware.kernel.markup import RenderedText
from groupware.kernel.prepared import Prepared
from groupware.kernel.ref import Ref

NOTHING = RenderedText("", "")
FIRST = select(Message.id, Message.seq, Message.changed, Message.room_id, Message.reply_to_id, Message.revision, Message.body).where(
    Message.author_id == bindparam("author"), Message.client_key == bindparam("key"))
NEW = Prepared(insert(Message.__table__).returning(Message.__table__.c.id), (      # type: ignore[arg-type]
    "room_id", "seq", "changed", "author_id", "author_name", "author_label", "author_seal", "outside", "client_key", "body", "html", "plain",
    "slow", "reply_to_id", "replies", "files", "revision", "posted_at"))
# The badge of the writer is gone. 既読 stays honest: what was not on the screen before does not become seen by writing.
OWN_WORDS = Prepared(update(Member.__table__).where(Member.room_id == bindparam("room"), Member.user_id == bindparam("writer")).values(   # type: ignore[arg-type]
    read_seq=bindparam("at"), seen_seq=case((Member.seen_seq >= bindparam("at") - 1, bindparam("at")), else_=Member.seen_seq)))
LINE = 60       # characters of the last message shown in the list of rooms


class Sent(NamedTuple):
    """What the browser is told of its message; ``change`` as it is now, should it have been touched since."""

    id: int
    seq: int
    change: int


@command(Chat.POST, on=place_for)
def post_message(actor: Actor, seat: Seat, draft: MessageDraft) -> Sent:
    """The same key again: what the first sending got; with another text: Conflict."""
    return _put(actor, seat, draft, None)


@command(Chat.REPLY, on=message_for)
def reply_message(actor: Actor, said: Said, draft: MessageDraft) -> Sent:
    """Replies stand in the room like any message, and in one thread with the message that began it."""
    root = said.message.reply_to_id or said.message.id
    return _put(actor, said.seat, draft, root)


@command(Chat.EDIT, on=message_for)
def edit_message(actor: Actor, said: Said, draft: EditDraft) -> int:
    """The text before goes to the history. Raises Conflict if the author has changed it elsewhere meanwhile."""
    message = said.message
    if draft.revision != message.revision:
        raise Conflict("この投稿は別の画面で直されています。今の文と見比べて、もう一度直してください。")
    if draft.body == message.body:
        raise Already(message.id)
    change = next_change(said.seat.room)
    _keep_revision(actor, message)
    new = _mention(message, said.seat.room, draft.mentioned)
    _say(message, draft.body, draft.rendered)
    message.edited_at, message.revision = clock.now(), message.revision + 1
    _touch(message, change)
    _retell(said, draft.rendered.plain)
    record(actor, MessageEdited(message.id, message.room_id, change, message.author_id, new, draft.rendered.slow))
    return message.id


@command(Chat.DELETE, on=message_for)
def delete_message(actor: Actor, said: Said) -> None:
    """Leaves a tombstone at its number; what it said stays in the history, which only the audit's readers open."""
    message, change = said.message, next_change(said.seat.room)
    _keep_revision(actor, message)
    _say(message, "", NOTHING)
    message.deleted_at, message.deleted_by, message.revision = clock.now(), actor.user_id, message.revision + 1
    _touch(message, change)
    db.session.execute(delete(Reaction).where(Reaction.message_id == message.id))
    db.session.execute(delete(Mention).where(Mention.message_id == message.id))
    _retell(said, "取り消されました")
    record(actor, MessageDeleted(message.id, message.room_id, change))


@command(Chat.STAMP, on=message_for)
def press_stamp(actor: Actor, said: Said, stamp: str) -> None:
    """Pressing what is pressed changes nothing."""
    if db.session.get(Reaction, (said.message.id, actor.user_id, stamp)):
        raise Already(None)
    _restamp(actor, said, stamp, pressed=True)
    db.session.add(Reaction(message_id=said.message.id, user_id=actor.user_id, stamp=stamp, at=clock.now()))


@command(Chat.STAMP, on=message_for)
def lift_stamp(actor: Actor, said: Said, stamp: str) -> None:
    pressed = db.session.get(Reaction, (said.message.id, actor.user_id, stamp))
    if pressed is None:
        raise Already(None)
    _restamp(actor, said, stamp, pressed=False)
    db.session.delete(pressed)


@command(Chat.RENDER, on=message_for)
def finish_rendering(actor: Actor, said: Said, rendered: RenderedText | None, revision: int) -> None:
    """The helper's part: ``rendered`` is None when the Markdown was too slow even for it, and the plain text stays."""
    message = said.message
    if message.revision != revision or not message.slow or message.deleted_at:
        raise Already(None)
    change = next_change(said.seat.room)
    if rendered:
        _say(message, message.body, rendered)
    message.slow = False
    _touch(message, change)
    record(actor, MessageRendered(message.id, message.room_id, change))


def pass_own_words(connection: Connection, facts: list[Fact]) -> None:
    """Before the commit, once for all messages that it holds."""
    rows = [{"room": event.room_id, "writer": event.author_id, "at": event.seq} for fact in facts if isinstance(event := fact.event, MessagePosted)]
    if rows:
        OWN_WORDS.run_many(connection, rows)


def _put(actor: Actor, seat: Seat, draft: MessageDraft, root: int | None) -> Sent:
    taken = next_message(seat.room, actor.user_id, draft.key, _line(actor, draft.rendered.plain or "ファイル"))
    seq, change = taken or _answer_again(actor, seat, draft, root)
    message_id = _insert(actor, seat.room, draft, root, seq, change)
    mentioned = _note_mentions(message_id, seat.room.id, seq, draft.mentioned)
    if draft.files:
        attach_files(actor, draft.files, Ref("chat.message", message_id))
    if root:
        _count_reply(root, change)
    record(actor, MessagePosted(message_id, seat.room.id, change, seq, actor.user_id, root, mentioned, draft.rendered.slow))
    return Sent(message_id, seq, change)


def _answer_again(actor: Actor, seat: Seat, draft: MessageDraft, root: int | None) -> Never:
    """Raises Already for a retry, Conflict for a key that was used for something else."""
    first = db.unit().connection.execute(FIRST, {"author": actor.user_id, "key": draft.key}).one()
    unchanged = first.revision > 1 or first.body == draft.body
    if first.room_id != seat.room.id or first.reply_to_id != root or not unchanged:
        raise Conflict("同じ送信番号で別の内容が送られました。画面を読み込み直してください。")
    raise Already(Sent(first.id, first.seq, first.changed))


def _insert(actor: Actor, room: Room, draft: MessageDraft, root: int | None, seq: int, change: int) -> int:
    values: dict[str, Any] = {
        "room_id": room.id, "seq": seq, "changed": change, "author_id": actor.user_id, "author_name": actor.name,
        "author_label": actor.label, "author_seal": actor.seal or actor.name[:2], "outside": actor.outside, "client_key": draft.key,
        "body": draft.body, "html": draft.rendered.html, "plain": draft.rendered.plain, "slow": draft.rendered.slow, "reply_to_id": root,
        "replies": 0, "files": len(draft.files), "revision": 1, "posted_at": clock.now()}
    (row,) = db.unit().run(NEW, values)
    return int(row.id)


def _note_mentions(message_id: int, room_id: int, seq: int, user_ids: tuple[int, ...]) -> tuple[int, ...]:
    """Only members are addressed: a name written in a room tells nobody outside of it anything."""
    if not user_ids:
        return ()
    connection = db.unit().connection
    members = set(connection.scalars(select(Member.user_id).where(Member.room_id == room_id, Member.user_id.in_(user_ids), Member.left_at.is_(None))))
    found = tuple(user_id for user_id in user_ids if user_id in members)
    if found:
        connection.execute(insert(Mention), [{"message_id": message_id, "user_id": u, "room_id": room_id, "seq": seq} for u in found])
    return found


def _mention(message: Message, room: Room, user_ids: tuple[int, ...]) -> tuple[int, ...]:
    """After an edit: whoever is newly addressed is told, whoever was before is not told again."""
    before = set(db.session.scalars(select(Mention.user_id).where(Mention.message_id == message.id)))
    db.session.execute(delete(Mention).where(Mention.message_id == message.id, Mention.user_id.not_in(user_ids)))
    return _note_mentions(message.id, room.id, message.seq, tuple(u for u in user_ids if u not in before))


def _count_reply(root: int, change: int) -> None:
    db.unit().connection.execute(update(Message).where(Message.id == root).values(replies=Message.replies + 1, changed=change))


def _keep_revision(actor: Actor, message: Message) -> None:
    db.session.add(Revision(message_id=message.id, number=message.revision, body=message.body, editor_id=actor.user_id, at=clock.now()))


def _say(message: Message, body: str, rendered: RenderedText) -> None:
    message.body, message.html, message.plain, message.slow = body, rendered.html, rendered.plain, rendered.slow


def _touch(message: Message, change: int) -> None:
    """With all its replies, which show what they answer: words taken back are not left standing there."""
    message.changed = change
    if message.replies:
        db.session.execute(update(Message).where(Message.reply_to_id == message.id).values(changed=change))


def _retell(said: Said, plain: str) -> None:
    """The list of rooms shows the last message as it is now."""
    if said.message.seq == said.seat.room.last_seq:
        line = _line_of(said.message.author_name, plain)
        db.session.execute(update(Room).where(Room.id == said.seat.room.id).values(last_line=line))


def _restamp(actor: Actor, said: Said, stamp: str, *, pressed: bool) -> None:
    change = next_change(said.seat.room)
    said.message.changed = change
    record(actor, ReactionChanged(said.message.id, said.message.room_id, change, actor.user_id, stamp, pressed))


def _line(actor: Actor, plain: str) -> str:
    return _line_of(actor.name, plain)


def _line_of(name: str, plain: str) -> str:
    return f"{name.partition(' ')[0]}：{' '.join(plain.split())}"[:LINE]

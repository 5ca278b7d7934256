"""What of the rooms is found, and by whom: a post or a room by those who may read it at this moment."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from chat.models import DIRECT, Message, Room
from chat.permissions import visible_rooms
from chat.queries.rooms import entries_of
from chat.queries.seats import rooms_for
from groupware.files.kinds import PICTURES
from groupware.files.queries import files_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold


def circle(room_id: int) -> str:
    return f"chat.room:{room_id}"


def circles(actor: Actor) -> list[str]:
    """The rooms whose posts the actor may read now: who left yesterday finds nothing of them today."""
    return [circle(room_id) for room_id in db.session.scalars(visible_rooms(actor))]


def places(actor: Actor, name: str) -> list[str]:
    """Rooms of exactly that name, else those whose name holds it; a room of two is called by the other one's name."""
    wanted = fold(name)
    titles = {entry.room.id: fold(entry.title) for entry in entries_of(actor, rooms_for(actor, list(db.session.scalars(visible_rooms(actor)))))}
    named = [room_id for room_id, title in titles.items() if title == wanted] or [room_id for room_id, title in titles.items() if wanted in title]
    return [circle(room_id) for room_id in named] if wanted else []


def messages(message_ids: Collection[int]) -> Iterator[Document]:
    asked = select(Message, Room.measure).join(Room, Room.id == Message.room_id).where(Message.id.in_(message_ids), Message.deleted_at.is_(None))
    rows = db.session.execute(asked).all()
    attached = files_of(Ref("chat.message", message.id) for message, _ in rows if message.files)
    for message, measure in rows:
        ref = Ref("chat.message", message.id)
        labels = _labels(message, {file.media_type for file in attached.get(ref, ()) if not file.removed_at}, measure)
        yield Document(ref, circle(message.room_id), message.posted_at, message.plain, author_id=message.author_id, labels=labels)


def rooms(room_ids: Collection[int]) -> Iterator[Document]:
    """A room of two has no name to be found by."""
    for room in db.session.scalars(select(Room).where(Room.id.in_(room_ids), Room.kind != DIRECT)):
        labels = (f"measure:{room.measure}",) if room.measure else ()
        yield Document(Ref("chat.room", room.id), circle(room.id), room.created_at, room.purpose, room.name, labels=labels)


def message_ids(after: int, most: int) -> list[int]:
    return list(db.session.scalars(select(Message.id).where(Message.id > after).order_by(Message.id).limit(most)))


def room_ids(after: int, most: int) -> list[int]:
    return list(db.session.scalars(select(Room.id).where(Room.id > after).order_by(Room.id).limit(most)))


def _labels(message: Message, kinds: set[str], measure: str | None) -> tuple[str, ...]:
    found = {"has:file": kinds, "has:picture": kinds & PICTURES.keys(), "has:link": "://" in message.body, f"measure:{measure}": measure}
    return tuple(label for label, true in found.items() if true)


FINDABLES = {
    "chat.message": Findable(("投稿", "メッセージ", "message"), "room", messages, message_ids),
    "chat.room": Findable(("部屋", "チャット", "room"), "room", rooms, room_ids, lasting=True)}

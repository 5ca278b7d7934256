"""The two counters of a room, taken in the transaction that uses them: no gap, no double, on both engines."""
from sqlalchemy import bindparam, exists, update

from chat.models import Message, Room
from groupware.kernel import clock, db
from groupware.kernel.prepared import Prepared

ROOMS = Room.__table__
SENT_BEFORE = exists().where(Message.author_id == bindparam("author"), Message.client_key == bindparam("key"))
NEXT_MESSAGE = Prepared(update(ROOMS).where(Room.id == bindparam("room"), ~SENT_BEFORE).values(      # type: ignore[arg-type]
    last_seq=Room.last_seq + 1, last_change=Room.last_change + 1, last_at=bindparam("now"), last_line=bindparam("line"),
).returning(Room.last_seq, Room.last_change))
NEXT_CHANGE = update(ROOMS).where(Room.id == bindparam("room")).values(last_change=Room.last_change + 1).returning(Room.last_change)   # type: ignore[arg-type]


def next_message(room: Room, author_id: int, key: str, line: str) -> tuple[int, int] | None:
    """(seq, change), or None when the author has used this key before. The row lock it takes keeps the room's messages in the order of
    their numbers.
    """
    asked = {"room": room.id, "author": author_id, "key": key, "now": clock.now(), "line": line}
    for taken in db.unit().run(NEXT_MESSAGE, asked):
        return taken.last_seq, taken.last_change
    return None


def next_change(room: Room) -> int:
    return db.unit().connection.execute(NEXT_CHANGE, {"room": room.id}).scalar_one()

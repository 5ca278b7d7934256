"""The two counters of a room, taken in the transaction that uses them: no gap, no double, on both engines."""
from sqlalchemy import bindparam, update

from chat.models import Room
from groupware.kernel import clock, db

ROOMS = Room.__table__
NEXT_MESSAGE = update(ROOMS).where(Room.id == bindparam("room")).values(      # type: ignore[arg-type]
    last_seq=Room.last_seq + 1, last_change=Room.last_change + 1, last_at=bindparam("now"), last_line=bindparam("line"),
).returning(Room.last_seq, Room.last_change)
NEXT_CHANGE = update(ROOMS).where(Room.id == bindparam("room")).values(last_change=Room.last_change + 1).returning(Room.last_change)   # type: ignore[arg-type]


def next_message(room: Room, line: str) -> tuple[int, int]:
    """(seq, change). The row lock it takes keeps the room's messages in the order of their numbers."""
    seq, change = db.unit().connection.execute(NEXT_MESSAGE, {"room": room.id, "now": clock.now(), "line": line}).one()
    return seq, change


def next_change(room: Room) -> int:
    return db.unit().connection.execute(NEXT_CHANGE, {"room": room.id}).scalar_one()

"""The two counters of a room, taken in the transaction that uses them: no gap, no double, on both engines."""
from sqlalchemy import update

from chat.models import Room
from groupware.kernel import clock, db


def next_message(room: Room, line: str) -> tuple[int, int]:
    """(seq, change). The row lock it takes keeps the room's messages in the order of their numbers."""
    taken = update(Room).where(Room.id == room.id).values(
        last_seq=Room.last_seq + 1, last_change=Room.last_change + 1, last_at=clock.now(), last_line=line)
    seq, change = db.unit().connection.execute(taken.returning(Room.last_seq, Room.last_change)).one()
    return seq, change


def next_change(room: Room) -> int:
    taken = update(Room).where(Room.id == room.id).values(last_change=Room.last_change + 1)
    return db.unit().connection.execute(taken.returning(Room.last_change)).scalar_one()

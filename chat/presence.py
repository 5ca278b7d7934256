"""Who has the room on the screen just now. Never kept, never a proof of anything, of no business to people from outside."""
from typing import Any

from chat import topics
from chat.permissions import Chat, Seat
from chat.queries.seats import number, room_for
from groupware.kernel.actor import Actor
from groupware.kernel.signals import signal
from groupware.live.attendance import attendance
from groupware.live.connections import Connection, speaking


@signal(Chat.APPEAR, on=room_for)
def appear(actor: Actor, seat: Seat, away: object) -> None:
    """The room is on the screen, or was and has gone out of sight (``away``). Whoever is being shown out meanwhile stays out."""
    connection = speaking.get()
    if connection and topics.of_room(seat.room.id) in connection.topics:
        attendance.enter(connection, topics.on_screen(seat.room.id), actor.name, away=bool(away))


def vanish(connection: Connection, data: dict[str, Any]) -> None:
    """{room}: it is no longer on the screen."""
    attendance.leave(connection, topics.on_screen(number(data.get("room"))))


def write(connection: Connection, data: dict[str, Any]) -> None:
    """{room, on}: the right to it was shown on entering; whoever has lost it is out."""
    attendance.write(connection, topics.on_screen(number(data.get("room"))), on=bool(data.get("on")))

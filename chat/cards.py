"""How a room and a message look from elsewhere; the owner of the thing authorises."""
from flask import url_for

from chat.queries.rooms import entries, entry_of
from chat.queries.seats import message_for, room_for
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

EXCERPT = 120
MOST_JUMPS = 8


def message_card(actor: Actor, message_id: int) -> Card:
    """Raises NotFound also for what was taken back: its files and its words are nobody's any more."""
    said = message_for(actor, message_id)
    message, entry = said.message, entry_of(actor, said.seat.room, said.seat.member)
    if message.deleted_at:
        raise NotFound
    return Card(Ref("chat.message", message.id), message.author_name, url_for("chat.permalink", room_id=message.room_id, seq=message.seq),
                entry.icon, entry.title, " ".join(message.plain.split())[:EXCERPT])


def room_card(actor: Actor, room_id: int) -> Card:
    seat = room_for(actor, room_id)
    entry = entry_of(actor, seat.room, seat.member)
    return Card(Ref("chat.room", seat.room.id), entry.title, url_for("chat.room", room_id=seat.room.id), entry.icon, "チャット", seat.room.purpose)


def jumps(actor: Actor, text: str) -> list[Jump]:
    """Rooms whose name holds what was typed."""
    wanted = text.casefold().strip()
    found = [entry for entry in entries(actor) if wanted in entry.title.casefold()]
    return [Jump(e.title, "チャット", url_for("chat.room", room_id=e.room.id), e.icon) for e in found[:MOST_JUMPS]]

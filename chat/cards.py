"""How a room and a message look from elsewhere; the owner of the thing authorises."""
from collections.abc import Collection

from flask import url_for

from chat.permissions import Said
from chat.queries.rooms import Entry, entries, entries_of
from chat.queries.seats import messages_for, rooms_for
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

EXCERPT = 120
MOST_JUMPS = 8


def message_cards(actor: Actor, message_ids: Collection[int]) -> list[Card]:
    """None for what was taken back: its files and its words are nobody's any more."""
    found = [said for said in messages_for(actor, message_ids) if not said.message.deleted_at]
    return [_message_card(said, entry) for said, entry in zip(found, entries_of(actor, [said.seat for said in found]), strict=True)]


def room_cards(actor: Actor, room_ids: Collection[int]) -> list[Card]:
    return [_room_card(entry) for entry in entries_of(actor, rooms_for(actor, room_ids))]


def jumps(actor: Actor, text: str) -> list[Jump]:
    """Rooms whose name holds what was typed."""
    wanted = text.casefold().strip()
    found = [entry for entry in entries(actor) if wanted in entry.title.casefold()]
    return [Jump(e.title, "チャット", url_for("chat.room", room_id=e.room.id), e.icon) for e in found[:MOST_JUMPS]]


def _message_card(said: Said, entry: Entry) -> Card:
    message = said.message
    return Card(Ref("chat.message", message.id), message.author_name, url_for("chat.permalink", room_id=message.room_id, seq=message.seq),
                entry.icon, entry.title, " ".join(message.plain.split())[:EXCERPT])


def _room_card(entry: Entry) -> Card:
    room = entry.room
    return Card(Ref("chat.room", room.id), entry.title, url_for("chat.room", room_id=room.id), entry.icon, "チャット", room.purpose)

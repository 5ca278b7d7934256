"""How a message goes out: the one partial, rendered for nobody in particular, with the data a browser decorates it by."""
from collections.abc import Collection
from typing import Any

from flask import current_app

from chat.models import Message, Room
from chat.permissions import Seat
from chat.queries.members import member_count
from chat.queries.messages import Page, Shown, changes_after
from chat.queries.reads import Count, own_messages, read_counts

Reads = dict[str, tuple[int, ...]]      # by message id: 既読, 未読, as of which change


def message_html(shown: Shown) -> str:
    return current_app.jinja_env.get_template("chat/_message.html").render(shown=shown, message=shown.message)


def wire(shown: Shown) -> dict[str, Any]:
    """One message as JSON: its numbers and its partial."""
    message = shown.message
    return {"id": message.id, "seq": message.seq, "change": message.changed, "author": message.author_id, "html": message_html(shown)}


def page_wire(page: Page, user_id: int) -> dict[str, Any]:
    return {"messages": [wire(shown) for shown in page.shown], "older": page.older, "newer": page.newer, "reads": own_reads(page.shown, user_id)}


def changes_wire(seat: Seat, change: int, user_id: int, first: int | None = None) -> dict[str, Any]:
    """State + changes = state fetched afresh: messages, the room, one's own cursor, and how far one's own messages from ``first`` on are read.

    ``more``: this is not all. A page is then fetched afresh; a program may ask again, from ``change`` on.
    """
    shown, more = changes_after(seat.room, change)
    until = shown[-1].message.changed if more else seat.room.last_change
    return {"room": room_wire(seat.room), "change": until, "more": more, "messages": [wire(each) for each in shown],
            "reads": _reads(seat.room.id, own_messages(seat.room.id, user_id, first)) if first is not None else own_reads(shown, user_id),
            "me": seat_wire(seat)}


def room_wire(room: Room) -> dict[str, Any]:
    return {"id": room.id, "name": room.name, "purpose": room.purpose, "seq": room.last_seq, "archived": bool(room.archived_at),
            "people": member_count(room.id), "guests": room.guests}


def seat_wire(seat: Seat) -> dict[str, Any]:
    if seat.member is None:
        return {"member": False, "read": seat.room.last_seq, "seen": seat.room.last_seq}
    return {"member": True, "read": seat.member.read_seq, "seen": seat.member.seen_seq}


def reads_wire(counts: dict[int, Count]) -> Reads:
    """JSON knows texts for keys, and no tuples with names."""
    return {str(message_id): tuple(count) for message_id, count in counts.items()}


def own_reads(shown: list[Shown], user_id: int) -> Reads:
    """既読 and 未読 of one's own messages, by message id."""
    mine = [each.message for each in shown if _counts(each.message, user_id)]
    return _reads(mine[0].room_id, mine) if mine else {}


def _reads(room_id: int, messages: Collection[Any]) -> Reads:
    return reads_wire(read_counts(room_id, messages))


def _counts(message: Message, user_id: int) -> bool:
    return message.author_id == user_id and not message.deleted_at

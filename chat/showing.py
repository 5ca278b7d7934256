"""How a message goes out: the one partial, rendered for nobody in particular, with the data a browser decorates it by."""
from typing import Any

from flask import current_app

from chat.models import Message, Room
from chat.permissions import Seat
from chat.queries.messages import Page, Shown, changes_after
from chat.queries.reads import read_counts


def message_html(shown: Shown) -> str:
    return current_app.jinja_env.get_template("chat/_message.html").render(shown=shown, message=shown.message)


def wire(shown: Shown) -> dict[str, Any]:
    """One message as JSON: its numbers and its partial."""
    message = shown.message
    return {"id": message.id, "seq": message.seq, "change": message.changed, "author": message.author_id, "html": message_html(shown)}


def page_wire(page: Page, user_id: int) -> dict[str, Any]:
    return {"messages": [wire(shown) for shown in page.shown], "older": page.older, "newer": page.newer, "reads": own_reads(page.shown, user_id)}


def changes_wire(seat: Seat, change: int, user_id: int) -> dict[str, Any]:
    """State + changes = state fetched afresh: messages, read counts of one's own, the room, and one's own cursor."""
    shown, more = changes_after(seat.room, change)
    until = shown[-1].message.changed if more else seat.room.last_change
    return {"room": room_wire(seat.room), "change": until, "more": more, "messages": [wire(each) for each in shown],
            "reads": own_reads(shown, user_id), "me": seat_wire(seat)}


def room_wire(room: Room) -> dict[str, Any]:
    return {"id": room.id, "name": room.name, "purpose": room.purpose, "seq": room.last_seq, "archived": bool(room.archived_at)}


def seat_wire(seat: Seat) -> dict[str, Any]:
    if seat.member is None:
        return {"member": False, "read": seat.room.last_seq, "seen": seat.room.last_seq}
    return {"member": True, "read": seat.member.read_seq, "seen": seat.member.seen_seq}


def own_reads(shown: list[Shown], user_id: int) -> dict[str, tuple[int, int]]:
    """既読 and 未読 of one's own messages, by message id."""
    mine = [each.message for each in shown if _counts(each.message, user_id)]
    return {str(message_id): counts for message_id, counts in read_counts(mine[0].room_id, mine).items()} if mine else {}


def _counts(message: Message, user_id: int) -> bool:
    return message.author_id == user_id and not message.deleted_at

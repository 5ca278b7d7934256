"""The socket door of the rooms: find, command, acknowledge."""
from typing import Any

from chat import presence
from chat.commands import messages
from chat.forms import MessageDraft
from chat.queries.seats import number, room_for
from chat.showing import changes_wire
from groupware.kernel.actor import Actor


def post(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """{room | reply_to, key, text, files} -> {id, seq, change}. After the commit, and only then."""
    draft = MessageDraft.parse(data)
    if data.get("reply_to"):
        sent = messages.reply_message(actor, number(data["reply_to"]), draft)
    else:
        sent = messages.post_message(actor, number(data.get("room")), draft)
    return sent._asdict()


def here(actor: Actor, data: dict[str, Any]) -> None:
    """{room, away}"""
    presence.appear(actor, number(data.get("room")), data.get("away"))


def changes(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """{room, after, first} -> what happened since; ``first`` is the first message shown."""
    first = number(data["first"]) if data.get("first") is not None else None
    return changes_wire(room_for(actor, number(data.get("room"))), number(data.get("after")), actor.user_id, first)

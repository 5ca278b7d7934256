"""Markdown that was too slow for the door: worked out in the helper process, by a child that is killed at its budget."""
from dataclasses import dataclass

from chat.commands.messages import finish_rendering
from chat.models import Message
from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.markup import mentions, render_slowly


@dataclass(frozen=True, slots=True)
class SlowMarkup:
    """Effect: the message's Markdown is still to be rendered."""

    message_id: int


def render_now(effect: SlowMarkup) -> None:
    message = db.session.get(Message, effect.message_id)
    if message is None or not message.slow:
        return
    names = {card.id: card.name for card in people_cards(mentions(message.body)).values()}
    finish_rendering(SYSTEM, message.id, render_slowly(message.body, names), message.revision)

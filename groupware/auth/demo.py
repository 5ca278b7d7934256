"""The demo city's one-press sign-in: a handful of people worth being, without a password, on this machine only unless asked for."""
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from groupware.auth.arrival import from_this_machine
from groupware.auth.models import DemoPerson
from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to be, and why it is worth it."""

    user_id: int
    name: str
    label: str
    seal: str
    outside: bool
    reason: str


def demo_people() -> list[Choice]:
    """In the order of the list."""
    rows = db.session.scalars(select(DemoPerson).order_by(DemoPerson.position)).all()
    cards = people_cards([row.user_id for row in rows])
    found = [(cards[row.user_id], row.reason) for row in rows if row.user_id in cards]
    return [Choice(card.id, card.name, card.label, card.seal, card.outside, reason) for card, reason in found]


def may_choose() -> bool:
    """Never from elsewhere, unless DEMO_OPEN says so: whoever reaches the page would be anybody."""
    config = current_app.config
    return bool(config["DEMO"] and (config["DEMO_OPEN"] or from_this_machine()))


def chosen(user_id: str) -> int:
    """Raises NotFound for whoever is not on the list, and where there is no list."""
    listed = {str(person.user_id): person.user_id for person in demo_people()} if may_choose() else {}
    if user_id not in listed:
        raise NotFound
    return listed[user_id]

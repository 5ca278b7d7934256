"""Everybody who was ever registered, for those who keep the directory: also the stopped and the departed."""
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from groupware.directory.models import Role, User
from groupware.directory.queries.people import PersonCard, people_cards
from groupware.kernel import db
from groupware.kernel.text import fold

PAGE = 50
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """Empty means: whatever it is. ``text``: names, かな, numbers, each word somewhere."""

    text: str = ""
    state: str = ""
    role: str = ""


def registered_people(sought: Sought, page: int) -> tuple[list[PersonCard], int]:
    """A page of them in the order of かな, and how many there are. Four queries."""
    asked = _asked(sought)
    total = db.session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    ids = list(db.session.scalars(asked.order_by(User.family_kana, User.given_kana, User.id).limit(PAGE).offset((page - 1) * PAGE)))
    cards = people_cards(ids)
    return [cards[user_id] for user_id in ids], total


def _asked(sought: Sought) -> Select[int]:
    asked = select(User.id).where(User.id > 0)
    for word in sought.text.split()[:MOST_WORDS]:
        asked = asked.where(User.search_key.contains(fold(word), autoescape=True))
    if sought.state:
        asked = asked.where(User.state == sought.state)
    if sought.role:
        asked = asked.where(User.id.in_(select(Role.user_id).where(Role.role == sought.role)))
    return asked

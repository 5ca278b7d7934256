"""Finding people by かな, name, staff number, extension, unit or post; 渡邉, 渡邊 and 渡辺 are one."""
import re

from sqlalchemy import ColumnElement, Select, case, or_, select

from groupware.directory.models import ACTIVE, Assignment, Post, User
from groupware.directory.queries.people import PersonCard, people_cards
from groupware.directory.queries.units import all_units, valid_on
from groupware.directory.queries.visibility import visible_people
from groupware.directory.search_key import BAR
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.text import fold

MOST = 30
MOST_WORDS = 5
BEGINNINGS = re.compile(r"[ぁ-ゖー]+|[0-9a-z-]+")      # かな and numbers are typed from their beginning; kanji may stand anywhere


def find_people(actor: Actor, text: str, limit: int = MOST) -> list[PersonCard]:
    """Active people; every word must be found. Whose name it is comes before whose unit or post it is, then the order of かな."""
    words = [fold(word).replace(BAR, "") for word in text.split()][:MOST_WORDS]
    words = [word for word in words if word]
    if not words:
        return []
    ids = list(db.session.scalars(_asked(actor, words).limit(min(limit, MOST))))
    cards = people_cards(ids)
    return [cards[user_id] for user_id in ids]


def people_named(actor: Actor, text: str, limit: int) -> list[int]:
    """Ids of those of that name whom the actor may know, also of those who have left: what they wrote is still here."""
    words = [fold(word).replace(BAR, "") for word in text.split()][:MOST_WORDS]
    if not any(words):
        return []
    named = visible_people(actor).where(*(_named(word) for word in words if word))
    return list(db.session.scalars(named.order_by(User.id).limit(limit)))


def _asked(actor: Actor, words: list[str]) -> Select[int]:
    asked = visible_people(actor).where(User.state == ACTIVE)
    for word in words:
        asked = asked.where(or_(_named(word), User.id.in_(_seated(word))))
    return asked.order_by(case((_named(words[0]), 0), else_=1), User.family_kana, User.given_kana, User.id)


def _named(word: str) -> ColumnElement[bool]:
    return User.search_key.contains(BAR + word if BEGINNINGS.fullmatch(word) else word, autoescape=True)


def _seated(word: str) -> Select[int]:
    """Ids of those who sit in a unit of that name, or below it, or hold a post of that name."""
    units = {below.id for unit in all_units() if _is_meant(word, fold(unit.name)) for below in unit.walk()}
    posts = [post.id for post in db.session.scalars(select(Post)) if fold(post.name) == word]
    return select(Assignment.user_id).where(or_(Assignment.unit_id.in_(units), Assignment.post_id.in_(posts)), valid_on(Assignment, clock.today()))


def _is_meant(word: str, name: str) -> bool:
    return len(word) > 1 and (name.startswith(word) if BEGINNINGS.fullmatch(word) else word in name)

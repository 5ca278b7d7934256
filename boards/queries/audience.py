"""For whom a notice is: circles, resolved by the database into people and the units they sit in, never one by one."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Select, select

from boards.models.notices import CIRCULATE, Audience, Notice
from boards.queries.routes import people_at, steps_of
from groupware.directory.queries import PersonCard, all_units, main_unit, people_cards
from groupware.directory.queries.aims import Part, reached_by, words_of
from groupware.kernel import db


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom it reaches: 「312人 / 14課」, and who they are."""

    people: int
    sections: list[tuple[str, list[PersonCard]]] = field(default_factory=list)
    words: str = ""


def parts_of(notice_id: int) -> list[Part]:
    rows = db.session.execute(select(Audience.part, Audience.who).where(Audience.notice_id == notice_id).order_by(Audience.part.desc(), Audience.who))
    return [(part, who) for part, who in rows]


def meant_by(notice: Notice) -> Select[int]:
    """Ids: whom the audience reaches, or who is on the way of the round."""
    return people_at(steps_of(notice)) if notice.strength == CIRCULATE else reached_by(parts_of(notice.id))


def seats_reached(notice: Notice) -> Select[int, int]:
    """(person, unit of today): what receipts are written from."""
    people = meant_by(notice).subquery()
    return select(people.c[0].label("user_id"), main_unit(people.c[0]).label("unit_id"))


def reach(parts: Iterable[Part]) -> Reach:
    """With the names, by section in the order of the tree: for looking before sending."""
    parts = list(parts)
    return _reach(reached_by(parts), words_of(parts))


def reach_of(notice: Notice) -> Reach:
    return _reach(meant_by(notice), said_of(notice))


def said_of(notice: Notice) -> str:
    """The audience in words."""
    return "回る順番の人" if notice.strength == CIRCULATE else words_of(parts_of(notice.id))


def _reach(people: Select[int], words: str) -> Reach:
    cards = people_cards(db.session.scalars(people).all())
    place = {unit.id: number for number, unit in enumerate(all_units())}
    by_section: dict[str, list[PersonCard]] = defaultdict(list)
    for card in sorted(cards.values(), key=lambda card: (place.get(card.unit_id or 0, len(place)), card.kana)):
        by_section[_section(card)].append(card)
    return Reach(len(cards), list(by_section.items()), words)


def _section(card: PersonCard) -> str:
    return "外部（助言者）" if card.outside else card.unit_name or "所属なし"

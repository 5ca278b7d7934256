"""What entries are about, in the words of a person. A title only for who may see the thing itself: reading the audit opens no room."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from groupware.audit.models import REFUSED, Entry
from groupware.directory.queries import people_cards
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.house import house
from groupware.kernel.ref import Ref
from groupware.kernel.things import cards_for

PEOPLE = frozenset(("user_id", "user_ids", "author_id", "asker_id", "decider_id", "deputy_id", "presenter_id", "on_behalf_of", "mentioned",
                    "newly_mentioned", "before", "arrived", "joined", "left"))
TITLE = "title"         # of a file: its card says it to whoever may see it
THINGS = frozenset(("thing", "what", "owner"))
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """``noun``: 「部屋 12番」; ``title`` and ``url`` are empty where the thing is gone or not to be seen; ``more``: what else the entry says."""

    noun: str
    title: str = ""
    url: str = ""
    where: str = ""
    more: str = ""


def subjects(actor: Actor, entries: Sequence[Entry]) -> dict[int, Subject]:
    """By the entry's id. Each kind of thing is asked for once, and people once, however many entries there are."""
    cards = cards_for(actor, {ref for entry in entries for ref in (_about(entry), *_things(entry)) if ref})
    names = {number: card.name for number, card in people_cards({number for entry in entries for number in _people(entry)}).items()}
    return {entry.id: _subject(entry, cards, names) for entry in entries}


def noun_of(entry: Entry) -> str:
    """「部屋 12番」; of what was refused, in which part of the house it was asked for."""
    ref = _about(entry)
    return _noun(ref) if ref else _label(entry.event)


def _subject(entry: Entry, cards: dict[Ref, Any], names: dict[int, str]) -> Subject:
    ref = _about(entry)
    if ref is None:
        return Subject(noun_of(entry), more=entry.about)
    more = "、".join(dict.fromkeys(_more(entry, cards, names)))[:LONGEST]
    card = cards.get(ref)
    return Subject(_noun(ref), card.title, card.url, card.where, more) if card else Subject(_noun(ref), more=more)


def _more(entry: Entry, cards: dict[Ref, Any], names: dict[int, str]) -> Iterator[str]:
    """People and things by their names, and what is written in words; never a number or a name that only the program knows."""
    yield from (names[number] for number in _people(entry) if number in names)
    yield from (cards[ref].title if ref in cards else _noun(ref) for ref in _things(entry))
    for name, value in entry.body.items():
        if name == "changes":
            yield from (f"{before or 'なし'} → {after or 'なし'}" for _, before, after in value)
        elif isinstance(value, str) and not value.isascii() and name != TITLE:
            yield value


def _about(entry: Entry) -> Ref | None:
    return None if entry.result == REFUSED else _read(entry.about)


def _things(entry: Entry) -> list[Ref]:
    found = (_read(entry.body.get(name)) for name in THINGS)
    return [ref for ref in found if ref and ref != _about(entry)]


def _people(entry: Entry) -> list[int]:
    """Whoever is named in it besides the one who acted and the one it is about."""
    ref = _about(entry)
    told = {entry.actor_id, ref.id if ref and ref.kind == "directory.user" else 0}
    return [number for name, value in entry.body.items() if name in PEOPLE for number in _numbers(value) if number not in told]


def _numbers(value: Any) -> Iterable[int]:
    return value if isinstance(value, list) else [value] if isinstance(value, int) else []


def _noun(ref: Ref) -> str:
    findable = house.findables.get(ref.kind)
    word = house.nouns.get(ref.kind) or (findable.words[0] if findable else _label(ref.kind))
    return f"{word} {ref.id}番"


def _label(name: str) -> str:
    package = name.partition(".")[0]
    return next((feature.label for feature in house.features if feature.name == package), "そのほか")


def _read(text: Any) -> Ref | None:
    try:
        return Ref.parse(text) if isinstance(text, str) else None
    except Invalid:
        return None

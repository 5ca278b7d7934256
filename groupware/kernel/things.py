"""How a thing looks to somebody: the only view one feature has of another's things."""
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, union_all

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.house import house
from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Card:
    """``where`` says in what place the thing stands (a room, a board); ``excerpt`` is plain text; ``unit``: what its parts are called."""

    ref: Ref
    title: str
    url: str
    icon: str
    where: str = ""
    excerpt: str = ""
    unit: str = "頁"


def cards_for(actor: Actor, refs: Iterable[Ref]) -> dict[Ref, Card]:
    """The owners of the things authorise: what is not there or may not be seen is left out. Each owner is asked once."""
    ids: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        ids[ref.kind].add(ref.id)
    asked = (house.cards[kind](actor, numbers) for kind, numbers in ids.items() if kind in house.cards)
    return {card.ref: card for cards in asked for card in cards}


def seen_by_sight(actor: Actor, refs: Iterable[Ref]) -> set[Ref]:
    """Of these things, all of kinds with a sight, those that the actor sees: one question, and no cards."""
    ids: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        ids[ref.kind].add(ref.id)
    sights = [(kind, numbers, *sight_of(actor, kind)) for kind, numbers in ids.items()]
    asked = [sight.where(number.in_(numbers)).add_columns(literal(kind)) for kind, numbers, sight, number in sights]
    return {Ref(kind, number) for number, kind in db.session.execute(union_all(*asked))} if asked else set()


def sight_of(actor: Actor, kind: str) -> tuple[Select[Any], ColumnElement[Any]]:
    """Of a kind with a sight what the actor sees, and the column of their numbers in it."""
    sight: Select[Any] = db.once(("sight", kind, actor.user_id, actor.roles, actor.outside), lambda: house.sights[kind](actor))
    return sight, sight.selected_columns[0]


def has_sight(kind: str) -> bool:
    """Whether its owner tells in SQL what its cards would show: where there is much of a kind, it need not all be looked at."""
    return kind in house.sights


def card_for(actor: Actor, ref: Ref) -> Card:
    """Raises NotFound for what is not there or may not be seen."""
    card = cards_for(actor, [ref]).get(ref)
    if card is None:
        raise NotFound
    return card


def label_of(ref: Ref) -> str:
    """機密 and the like, for things whose reading is recorded; else empty."""
    asked = house.labels.get(ref.kind)
    return asked([ref.id]).get(ref.id, "") if asked else ""


def may_see(actor: Actor, ref: Ref) -> bool:
    return ref in cards_for(actor, [ref])


@dataclass(frozen=True, slots=True)
class Offer:
    """What another feature can do with a thing of some kind: a page of its own that is given the Ref (``?about=chat.message:42``)."""

    label: str
    icon: str
    endpoint: str
    only: Callable[[Actor], bool] = lambda actor: True


@dataclass(frozen=True, slots=True)
class Chip:
    """What a thing carries for everybody who sees it: 「M03」, with what it stands for and where that is."""

    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that those who meet for the whole city should speak of: 「支援が必要」 of a team, a report that is late.

    ``word`` is what it is, in a word; ``said`` one line of it; ``since`` the day from which it waits; ``parts`` what it is made up of: (name, line).
    """

    about: Ref
    word: str
    title: str
    said: str = ""
    since: date | None = None
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Effect, later: those who met have decided something of a thing on their agenda, or of the item itself, or given it to be done.

    ``source``: where that is written; ``by``: who met. ``task``: it is to be done, by ``owner_id``, until ``due_on``.
    """

    about: Ref
    source: Ref
    words: str
    by: str
    day: date
    task: bool = False
    owner_id: int = 0
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """A day on the way of a measure (``M03``) by which something is to be reached, as another feature knows it. ``where``: whose it is."""

    code: str
    words: str
    day: date
    where: str
    url: str
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Tied:
    """Effect, later: a thing belongs to a measure of the plan (``M03``), as its own feature knows. Whoever keeps the plan keeps it."""

    about: Ref
    code: str


@dataclass(frozen=True, slots=True)
class Practised:
    """Effect, later: what a leader has done for a section, as it stands now. Whoever keeps their practice keeps it once."""

    user_id: int
    about: Ref
    day: date
    minutes: int
    unit_id: int
    summary: str


def offers_on(actor: Actor, kind: str) -> list[Offer]:
    return [offer for offer in house.offers.get(kind, ()) if offer.only(actor)]


def candidates_for(actor: Actor) -> list[Candidate]:
    """What each feature would have the council speak of."""
    return [candidate for feature in house.features for ask in feature.candidates for candidate in ask(actor)]


def landmarks_for(actor: Actor, codes: Collection[str]) -> list[Landmark]:
    """What other features know of the way of these measures. Each is asked once."""
    return [landmark for ask in house.landmarks for landmark in ask(actor, codes)]


def chips_for(refs: Collection[Ref]) -> dict[Ref, list[Chip]]:
    """Of things that whoever looks sees already. Each owner is asked once."""
    found: dict[Ref, list[Chip]] = defaultdict(list)
    for ask in house.chips:
        for ref, chips in ask(refs).items():
            found[ref].extend(chips)
    return found

"""One question from the words typed to the lines shown. Permission twice: the engine knows only circles, and each hit is asked of its owner."""
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import gevent
from gevent.lock import BoundedSemaphore

from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.findable import Document
from groupware.kernel.house import house
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from groupware.search.choosing import ask
from groupware.search.door import Trouble
from groupware.search.engines.engine import COUNTED, Away, Hit, Page, Question
from groupware.search.indexing import documents_shown
from groupware.search.language.meaning import Asked, meaning
from groupware.search.language.pieces import pieces
from groupware.search.query import NEWEST, Query
from groupware.search.snippets import Marked, marked, snippet

log = logging.getLogger(__name__)
# A page of results is some twenty milliseconds of work. Between its pieces everybody else is served: the loop goes round once (a sleep of
# nothing would not do, fifty of those are taken in one round); and of a hundred that ask at one moment only so many are worked on at a time.
breathe = partial(gevent.sleep, 0.0005)
desk = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Search:
    """As it comes from an address. ``kind``: one of them, or empty for all."""

    typed: str
    kind: str = ""
    sort: str = NEWEST
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """``pages``: of a file, those that hold the words; none where its name does. ``url`` leads to the first of them."""

    card: Card
    at: datetime
    title: Marked
    text: Marked
    pages: tuple[int, ...]

    @property
    def url(self) -> str:
        return f"{self.card.url}#page={self.pages[0]}" if self.pages else self.card.url


@dataclass(frozen=True, slots=True)
class Results:
    """``leading``: the first people and rooms, by kind. ``away``: the index cannot be asked now; ``failed``: this question it could not answer."""

    lines: list[Line] = field(default_factory=list)
    leading: dict[str, list[Line]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    after: str = ""
    troubles: tuple[str, ...] = ()
    empty: bool = False
    cut: bool = False
    away: bool = False
    failed: bool = False

    @property
    def total(self) -> int:
        return sum(min(number, COUNTED) for number in self.counts.values())

    @property
    def is_more(self) -> bool:
        return any(number > COUNTED for number in self.counts.values())


def search(actor: Actor, wanted: Search) -> Results:
    """Nothing is raised for whatever is typed or whatever is broken: the page says it."""
    try:
        with desk:
            asked = meaning(actor, pieces(wanted.typed))
            question = _question(actor, asked, wanted)
    except Invalid as refusal:
        return Results(troubles=(refusal.message,))
    if asked.troubles or asked.is_empty:
        return Results(troubles=asked.troubles, empty=asked.is_empty)
    try:
        page = ask(question)
    except Away:
        return Results(away=True)
    except Trouble:
        return Results(failed=True)
    with desk:
        breathe()
        return _shown(actor, asked.query, page, wanted)


def newest(actor: Actor, typed: str, most: int) -> list[Ref] | None:
    """What is found first with the rights of this moment. None: it could not be asked now."""
    try:
        asked = meaning(actor, pieces(typed))
        return [] if asked.troubles or asked.is_empty else _refs(ask(replace(_question(actor, asked, Search(typed)), limit=most)))
    except Invalid:
        return []
    except (Away, Trouble):
        return None


def circles_of(actor: Actor) -> frozenset[str]:
    """Asked anew at every search: whoever was taken out of a room a moment ago finds nothing of it now."""
    circles: set[str] = set()
    for audiences in filter(None, (feature.audiences for feature in house.features)):
        circles.update(audiences(actor))
        breathe()
    return frozenset(circles)


def _question(actor: Actor, asked: Asked, wanted: Search) -> Question:
    allowed = circles_of(actor) - asked.outside
    kinds = frozenset(house.findables) if asked.kinds is None else asked.kinds
    chosen = frozenset({wanted.kind}) if wanted.kind in house.findables else _everyday(kinds)
    return Question(asked.query, allowed if asked.circles is None else allowed & asked.circles,
                    tuple(kind for kind in house.findables if kind in kinds), kinds & chosen, wanted.sort, wanted.after)


def _refs(page: Page) -> list[Ref]:
    return list(dict.fromkeys(hit.ref for hit in page.hits))


def _everyday(kinds: frozenset[str]) -> frozenset[str]:
    """What belongs to a moment; if nothing of that is asked for, all."""
    return frozenset(kind for kind in kinds if not house.findables[kind].lasting) or kinds


def _shown(actor: Actor, query: Query, page: Page, wanted: Search) -> Results:
    leading = {} if wanted.kind else {kind: hits for kind, hits in page.first.items() if house.findables[kind].lasting and hits}
    lines = _lines(actor, query, [*page.hits, *(hit for hits in leading.values() for hit in hits)])
    listed = [lines[hit.ref] for hit in page.hits if hit.ref in lines]
    ahead = {kind: [lines[hit.ref] for hit in hits if hit.ref in lines and lines[hit.ref] not in listed] for kind, hits in leading.items()}
    return Results(listed, {kind: found for kind, found in ahead.items() if found}, page.counts, page.after, cut=page.cut)


def _lines(actor: Actor, query: Query, hits: list[Hit]) -> dict[Ref, Line]:
    """What its owner does not show is left out, and so is what is gone."""
    cards = cards_for(actor, [hit.ref for hit in hits])
    breathe()
    if len(cards) < len({hit.ref for hit in hits}):
        log.info("%d hits were left out by their owners", len({hit.ref for hit in hits}) - len(cards))
    found = {each.ref: each for each in documents_shown({(hit.ref, hit.parts[0]) for hit in hits if hit.ref in cards})}
    lines = {}
    for hit in hits:
        document = found.get(hit.ref)
        if document:
            lines[hit.ref] = _line(query, cards[hit.ref], document, hit)
            breathe()
    return lines


def _line(query: Query, card: Card, document: Document, hit: Hit) -> Line:
    title = marked(query, card.title) if document.title else [(card.title, False)]
    return Line(card, document.at, title, snippet(query, document.body), () if 0 in hit.parts else hit.parts)

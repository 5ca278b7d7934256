"""Documents put into an index by hand, and what is asked of it: for the tests of the engines."""
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from groupware.kernel.findable import Document
from groupware.kernel.ref import Ref
from groupware.search.analysis import folded
from groupware.search.days import date_token
from groupware.search.engines.engine import Engine, Page, Question
from groupware.search.engines.postgres_engine import PostgresEngine
from groupware.search.engines.whoosh_engine import WhooshEngine
from groupware.search.entries import entry
from groupware.search.query import Query

MESSAGE, FILE = "chat.message", "files.file"
KINDS = (FILE, MESSAGE)
NOON = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
HERE, THERE = "chat.room:1", "chat.room:2"


class Shelf:
    """``engine`` and a few words to fill and to ask it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.number = 0

    def put(self, *documents: Document) -> None:
        self.engine.put([entry(each) for each in documents], {each.ref for each in documents})

    def say(self, body: str, audience: str = HERE, **more: Any) -> Ref:
        """A post, each a minute younger than the one before."""
        self.number += 1
        ref = Ref(more.pop("kind", MESSAGE), more.pop("number", self.number))
        self.put(Document(ref, audience, more.pop("at", NOON + timedelta(minutes=self.number)), body, **more))
        return ref

    def remove(self, *refs: Ref) -> None:
        self.engine.put([], refs)

    def ask(self, *words: str | Iterable[str], none: Iterable[str] = (), allowed: Iterable[str] = (HERE,), chosen: Iterable[str] = KINDS,
            since: int | None = None, until: int | None = None, **more: Any) -> Page:
        """Every word must be there; of several in one group any."""
        every = tuple((meant(word),) if isinstance(word, str) else tuple(map(meant, word)) for word in words)
        query = Query(every, tuple(map(meant, none)), since, until)
        return self.engine.search(Question(query, frozenset(allowed), KINDS, frozenset(chosen), **more))

    def found(self, *words: str | Iterable[str], **more: Any) -> list[Ref]:
        return [hit.ref for hit in self.ask(*words, **more).hits]


def meant(word: str) -> str:
    """A label or a date as it is, anything else folded."""
    return word if word.partition(":")[0] in {"has", "from", "measure"} and ":" in word else date_token(folded(word)) or folded(word)


def engine_of(house: Any) -> Engine:
    """Of a house in this process; nothing is built yet."""
    if house.config.database_url.startswith("postgresql"):
        return PostgresEngine()
    return WhooshEngine(house.config.data / "search")

"""How well what is typed finds what is meant: questions and answers that people wrote down, among ten thousand other texts."""
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import mean

from benchmarks.search import hall
from benchmarks.search.places import fill
from groupware.kernel.actor import SYSTEM
from groupware.kernel.findable import Document
from groupware.kernel.ref import Ref
from groupware.search.engines.engine import Engine, Question
from groupware.search.language.meaning import meaning
from groupware.search.language.pieces import pieces

OTHERS = 10_000
KIND, HERE = "chat.message", "chat.room:1"
FOLDER = Path(__file__).parent
LARGE = 50


@dataclass(frozen=True, slots=True)
class Judged:
    """``truth``: of a text as it was written, whether somebody who types this wants it."""

    typed: str
    truth: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    typed: str
    wanted: int
    found: int
    both: int

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.wanted + self.found)


def measured(engine: Engine) -> dict[str, float]:
    texts = [*_written(), *(each.body for each in hall.documents(OTHERS))]
    fill(engine, _documents(texts))
    verdicts = [_verdict(engine, each, texts) for each in judged()]
    return {"queries": len(verdicts), "f1": round(mean(each.f1 for each in verdicts), 3), "no_hit": sum(not each.found for each in verdicts)}


def judged() -> list[Judged]:
    lines = (FOLDER / "judged.txt").read_text().splitlines()
    return [Judged(typed, re.compile(truth)) for typed, _, truth in (line.partition("\t") for line in lines if not line.startswith("#"))]


def question(typed: str, allowed: Iterable[str], limit: int = LARGE) -> Question:
    """By the same way as from the page."""
    asked = meaning(SYSTEM, pieces(typed))
    if asked.troubles:
        raise ValueError(asked.troubles)
    return Question(asked.query, frozenset(allowed), (KIND, "files.file"), frozenset({KIND, "files.file"}), limit=limit)


def _verdict(engine: Engine, one: Judged, texts: list[str]) -> Verdict:
    wanted = {number for number, text in enumerate(texts, 1) if one.truth.search(text)}
    found = _all(engine, question(one.typed, {HERE}))
    return Verdict(one.typed, len(wanted), len(found), len(wanted & found))


def _all(engine: Engine, asked: Question) -> set[int]:
    """Page by page, as somebody would who reads them all."""
    found: set[int] = set()
    after = ""
    while True:
        page = engine.search(Question(asked.query, asked.allowed, asked.kinds, asked.chosen, after=after, limit=asked.limit))
        found |= {hit.ref.id for hit in page.hits}
        after = page.after
        if not after:
            return found


def _written() -> list[str]:
    return (FOLDER / "texts.txt").read_text().splitlines()


def _documents(texts: list[str]) -> Iterable[Document]:
    return (Document(Ref(KIND, number), HERE, hall.LAST + timedelta(minutes=number), text) for number, text in enumerate(texts, 1))

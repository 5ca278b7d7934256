"""「合うもの順」: how well a text answers. Nothing here knows of other documents, so that no order tells of what one may not see."""
import math

from groupware.kernel import clock
from groupware.kernel.text import one_kana
from groupware.search.analysis import runs
from groupware.search.entries import microseconds
from groupware.search.query import Query
from groupware.search.terms import Term

IN_TITLE, WHOLE_WORD, AGAIN, EARLY, FRESH = 4.0, 2.0, 1.0, 0.5, 1.0
YEAR = 365 * 86_400 * 1_000_000.0


def score(query: Query, text: str, at: int) -> float:
    """``text``: the folded title, a line break, the folded body."""
    title, _, body = one_kana(text).partition("\n")
    words = {run for run, _ in runs(one_kana(text))}
    points = sum(max((_points(term, title, body, words) for term in group), default=0.0) for group in query.groups)
    age = max(0.0, (microseconds(clock.now()) - at) / YEAR)
    return points + FRESH / (1 + age)


def _points(term: Term, title: str, body: str, words: set[str]) -> float:
    if term.is_label:
        return 0.0
    times = len(term.pattern.findall(body))
    first = term.pattern.search(body)
    return (IN_TITLE * bool(term.pattern.search(title)) + WHOLE_WORD * (one_kana(term.text) in words) + AGAIN * math.log1p(times)
            + EARLY * bool(first and first.start() < 40))

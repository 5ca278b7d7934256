"""Words that are written with more or with fewer kana: 申込 and 申し込み. A list people keep, no rule that guesses."""
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from groupware.search.analysis import folded

FILE = Path(__file__).parent / "okurigana.txt"
MOST = 8            # ways to write one word of a question


def variants(word: str) -> tuple[str, ...]:
    """Folded: the word itself first, then with each word of the list in it written another way."""
    found = dict.fromkeys([word])
    for group in _groups():
        inside = max((each for each in group if each in word), key=len, default="")
        if inside:
            found |= dict.fromkeys(word.replace(inside, other) for other in group if other != inside)
    return _shortest(list(found)[:MOST])


def _shortest(words: list[str]) -> tuple[str, ...]:
    """Whatever holds 申込 need not be looked for as 申込み too."""
    return tuple(word for word in words if not any(other != word and other in word for other in words))


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(folded, line.split())) for line in _lines())


def _lines() -> Iterator[str]:
    return (line for line in FILE.read_text().splitlines() if line.strip() and not line.startswith("#"))

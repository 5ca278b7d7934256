"""Where the pages of an earlier file are in a later one, by their fingerprints. Pure: knows no database and no person."""
from collections.abc import Sequence
from dataclasses import dataclass

SAME, MOVED, CHANGED = "same", "moved", "changed"
NEAR = 8            # of 256 squares of the picture may differ


@dataclass(frozen=True, slots=True)
class Where:
    """``page`` of the later file; of a page that is ``CHANGED`` the one to lay beside it."""

    how: str
    page: int


def follow(old: Sequence[str], new: Sequence[str]) -> list[Where]:
    """For each page of ``old``, in order. Pages that say and look the same are found wherever they went; others lie next to their neighbours."""
    by_words: dict[str, list[int]] = {}
    for number, fingerprint in enumerate(new, 1):
        by_words.setdefault(_words(fingerprint), []).append(number)
    found, shift = [], 0
    for number, fingerprint in enumerate(old, 1):
        alike = [page for page in by_words.get(_words(fingerprint), []) if is_same(fingerprint, new[page - 1])]
        page = min(alike, key=lambda page: (page != number, abs(page - number - shift)), default=0)
        if page:
            shift = page - number
        found.append(Where(SAME if page == number else MOVED, page) if page else Where(CHANGED, max(1, min(number + shift, len(new)))))
    return found


def is_same(one: str, other: str) -> bool:
    """A page that could not be read is like no other."""
    if not one or not other or _words(one) != _words(other):
        return False
    return (_look(one) ^ _look(other)).bit_count() <= NEAR


def _words(fingerprint: str) -> str:
    return fingerprint.partition(":")[0]


def _look(fingerprint: str) -> int:
    return int(fingerprint.partition(":")[2] or "0", 16)

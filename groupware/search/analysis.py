"""Japanese text as it is searched: one form whatever the width, kana or variant; pairs of characters instead of a dictionary's words.

A dictionary loses what people type (町, 税, 取組) and changes from release to release. Pairs of characters never do.
"""
import itertools
import re
import unicodedata
from collections.abc import Iterator

from groupware.kernel.text import SELECTORS, alike, one_kana
from groupware.search.days import date_tokens

ANALYSIS = 1            # whoever changes what this module makes of a text counts up: every index is then built anew

LATIN = "a-z0-9\\u00df-\\u024f\\u0370-\\u052f"
LONGEST_WORD = 40       # of Latin letters; what is longer is no word anybody types
_RUN = re.compile(f"(?P<latin>[{LATIN}]+)|[^\\W_{LATIN}]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("〜～", "~"))
# サーバー is サーバ: the last long vowel of a word of three characters or more (コピー stays). A space beside a Japanese character says nothing.
_WIDE = "\\u3005-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff"
_SAYS_NOTHING = re.compile(f"(?<=[ァ-ヺー]{{3}})ー(?![ァ-ヺー])|(?<=[{_WIDE}])\\s+|\\s+(?=[{_WIDE}])|^\\s+|\\s+$|(?<=\\s)\\s+|[\x00\ud800-\udfff]")
_MARKS = "\\u0300-\\u036f\\u3099\\u309a\\uff9e\\uff9f\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef"
_CLUSTER = re.compile(f"(?:[\\u0020-\\u007e\\n、。「」々\\u3041-\\u3096\\u30a1-\\u30fc\\u4e00-\\u9fff](?![{_MARKS}]))+|.[{_MARKS}]*", re.DOTALL)


def folded(text: str) -> str:
    """Kana still tell hiragana from katakana; ``one_kana`` takes that too."""
    return _evened(_SAYS_NOTHING.sub("", _composed(text)))


def tokens(text: str) -> set[str]:
    """What a folded text is found by: words of Latin letters, pairs of the others, their last characters, and the dates it names."""
    found = set(date_tokens(text))
    for run, latin in runs(one_kana(text)):
        if latin:
            found.add(run[:LONGEST_WORD])
        else:
            found.update(map("".join, itertools.pairwise(run)))
            found.add(run[-1])
    return found


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """(characters of a kind that stand together, whether they are Latin)."""
    return ((match.group(), match["latin"] is not None) for match in _RUN.finditer(text))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) the place in the original that it came from."""
    composed, places = _composed_with_places(text)
    kept: list[int] = []
    start = 0
    for nothing in _SAYS_NOTHING.finditer(composed):
        kept += places[start:nothing.start()]
        start = nothing.end()
    said = _SAYS_NOTHING.sub("", composed)
    return _evened(said), [*_widened(said, [*kept, *places[start:]]), len(text)]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(SELECTORS))


def _evened(text: str) -> str:
    return alike(text).translate(_DASHES)


def _composed_with_places(text: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        composed = _composed(cluster.group())
        pieces.append(composed)
        places += range(*cluster.span()) if composed == cluster.group() else [cluster.start()] * len(composed)
    return "".join(pieces), places


def _widened(text: str, places: list[int]) -> list[int]:
    """ß becomes two letters: both came from one place."""
    if len(_evened(text)) == len(text):
        return places
    return [place for letter, place in zip(text, places, strict=True) for _ in _evened(letter)]

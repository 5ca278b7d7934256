"""The lines around what was found, with the words marked where they stand in the original: ｻｰﾊﾞｰ is marked for サーバー."""
import re
from collections.abc import Iterator

from groupware.kernel.text import one_kana
from groupware.search.analysis import folded, folded_with_places
from groupware.search.query import Query

BEFORE, LENGTH = 30, 150        # characters
WINDOW, OVERLAP = 1_500, 60     # a long text is looked through piece by piece, and only the piece that is shown is marked
Marked = list[tuple[str, bool]]


def snippet(query: Query, body: str) -> Marked:
    """(text, whether it is marked), one after the other; the beginning of the text when no word of the question stands in it."""
    patterns = _patterns(query)
    window = next((each for each in _windows(body) if _stands_in(patterns, each)), body[:WINDOW])
    return _shortened(marked(query, window), at_the_beginning=body.startswith(window))


def marked(query: Query, text: str) -> Marked:
    """All of it."""
    even, places = folded_with_places(text)
    found, end = [], 0
    for first, last in _joined(_spans(_patterns(query), one_kana(even))):
        begins, ends = places[first], places[last]
        found += [(text[end:begins], False), (text[begins:ends], True)]
        end = ends
    return [(words, is_marked) for words, is_marked in [*found, (text[end:], False)] if words]


def _patterns(query: Query) -> list[re.Pattern[str]]:
    return [term.pattern for group in query.groups for term in group if not term.is_label]


def _windows(body: str) -> Iterator[str]:
    step = WINDOW - OVERLAP
    return (body[start:start + WINDOW] for start in range(0, max(len(body) - OVERLAP, 1), step))


def _stands_in(patterns: list[re.Pattern[str]], text: str) -> bool:
    even = one_kana(folded(text))
    return any(pattern.search(even) for pattern in patterns)


def _spans(patterns: list[re.Pattern[str]], text: str) -> list[tuple[int, int]]:
    return sorted(match.span() for pattern in patterns for match in pattern.finditer(text))


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What overlaps or touches is marked in one."""
    first, last = -1, -1
    for begins, ends in spans:
        if begins <= last:
            last = max(last, ends)
            continue
        if last > first:
            yield first, last
        first, last = begins, ends
    if last > first:
        yield first, last


def _shortened(pieces: Marked, *, at_the_beginning: bool) -> Marked:
    """A little before the first mark, then so much; 「…」 where something is left out."""
    lead = pieces[0][0] if pieces and not pieces[0][1] and len(pieces) > 1 else ""
    cut = max(0, len(lead) - BEFORE)
    found: Marked = [("…", False)] if cut or not at_the_beginning else []
    left = LENGTH
    for words, is_marked in [(pieces[0][0][cut:], pieces[0][1]), *pieces[1:]] if pieces else ():
        found.append((words[:left], is_marked))
        if len(words) > left:
            return [*found, ("…", False)]
        left -= len(words)
    return found

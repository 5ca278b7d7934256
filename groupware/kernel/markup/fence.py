"""The fence before the library, whose worst case is far from its usual one: one look at the text, linear, decides where it is rendered."""
from groupware.kernel.markup import lines

MOST_CHARACTERS = 2_000
DEEPEST = 10
MOST = {"[": 200, "*": 200, "_": 200, "`": 200, "~": 200}
MOST_CELLS = 1_000
MOST_BLOCKS = 300          # lines, and the quotes and lists they lie in


def means_nothing(text: str) -> bool:
    """No character of it is Markdown: the short way gives the same HTML."""
    return _INLINE.isdisjoint(text) and not any(lines.opens(line) for line in text.split("\n"))


def is_quick(text: str) -> bool:
    """Whether the library is known to render it at once."""
    return (len(text) <= MOST_CHARACTERS
            and all(text.count(sign) <= most for sign, most in MOST.items())
            and not is_deep(text)
            and sum(1 + lines.depth(line) for line in text.split("\n")) <= MOST_BLOCKS
            and _cells(text) <= MOST_CELLS)


def is_deep(text: str) -> bool:
    """Nested beyond what anybody could read: such a text is shown as it was typed."""
    return any(lines.depth(line) > DEEPEST for line in text.split("\n"))


def _cells(text: str) -> int:
    """A table gives every row as many cells as its head has, so a few characters may ask for many cells."""
    bars = [bars for line in text.split("\n") if (bars := line.count("|"))]
    return len(bars) * max(bars, default=0)


_INLINE = frozenset("*_`~[|")

r"""What may stand inside a line: code, links, strong, emphasis, struck out. Every pattern is linear and ends at the line's end.

A backslash is a backslash: people paste ``\\server\_drafts`` far more often than they need to escape a star.
"""
import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from groupware.kernel.markup import links

Handled = tuple[Element | None, int | None, int | None]


class Code(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> Handled:      # noqa: N802 (the library's name)
        code = Element("code")
        code.text = AtomicString(m[2].strip(" "))
        return code, m.start(), m.end()


class Labelled(InlineProcessor):
    """``[label](address)``. A picture from elsewhere is a link too: reading a message fetches nothing."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:      # noqa: N802
        return links.labelled(m[1], m[2]), m.start(), m.end()


class Bare(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:      # noqa: N802
        address = links.trimmed(m[0])
        return links.bare(address), m.start(), m.start() + len(address)


class Tag(InlineProcessor):
    def __init__(self, pattern: str, tag: str) -> None:
        super().__init__(pattern)
        self.tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:      # noqa: N802
        element = Element(self.tag)
        element.text = m[1]
        return element, m.start(), m.end()


def patterns() -> list[InlineProcessor]:
    """In the order in which they are tried."""
    return [
        Code(r"(?<!`)(`++)([^\n]+?)(?<!`)\1(?!`)"), Labelled(links.LABELLED), Bare(links.BARE),
        Tag(r"(?<!\*)\*\*(?!\s|\*\*)([^\n]+?)(?<!\s)\*\*(?!\*)", "strong"), Tag(r"(?<!\w)__(?!\s|__)([^\n]+?)(?<!\s)__(?!\w)", "strong"),
        Tag(r"(?<![0-9A-Za-z*])\*(?![\s*])([^\n*]+)(?<!\s)\*(?![0-9A-Za-z*])", "em"), Tag(r"(?<!\w)_(?![\s_])([^\n_]+)(?<!\s)_(?!\w)", "em"),
        Tag(r"~~(?![\s~])([^\n]+?)(?<![\s~])~~(?!~)", "del")]

"""The blocks of the dialect: paragraphs, headings, rules, quotes, lists and tables, as people write them in a chat."""
import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    EmptyBlockProcessor,
    HRProcessor,
    ListIndentProcessor,
    ParagraphProcessor,
)
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor

from groupware.kernel.markup import lines


class Boundary(BlockProcessor):
    """Cuts a block where the kind of line changes."""

    def test(self, parent: Element, block: str) -> bool:
        return "\n" in block and not block.startswith(" ")

    def run(self, parent: Element, blocks: list[str]) -> bool:
        parts = lines.split(blocks[0])
        blocks[0:1] = parts
        return len(parts) > 1


class Heading(BlockProcessor):
    """Only with a space after the marks ("#3 の件" is none). Not a real heading: the outline of the page is the page's."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(lines.HEADING.fullmatch(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        marks, words = lines.HEADING.fullmatch(blocks.pop(0)).groups()      # type: ignore[union-attr]
        heading = SubElement(parent, "p", {"class": "heading" if len(marks) < 3 else "heading minor"})
        heading.text = re.sub(r" #+$", "", words)


class Numbers(SaneOListProcessor):
    """A year is no number of a list, and a list starts where its writer starts it."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(r"^ {0,1}[0-9]{1,3}\. +(.*)")


class Table(TableProcessor):
    """In a frame which can be scrolled, by keyboard too."""

    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        frame = SubElement(parent, "div", {"class": "scroll", "role": "group", "aria-label": "表", "tabindex": "0"})
        super().run(frame, blocks)


class Paragraph(ParagraphProcessor):
    """Keeps the full-width space by which a Japanese paragraph begins."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        if self.parser.state.isstate("list"):
            super().run(parent, blocks)
        elif words := blocks.pop(0).strip(" \n"):
            SubElement(parent, "p").text = words


def processors(parser: BlockParser) -> list[BlockProcessor]:
    """In the order in which they are asked. Nothing else is understood: no code by indent, no underlined headings, no definitions."""
    return [EmptyBlockProcessor(parser), Boundary(parser), ListIndentProcessor(parser), Heading(parser), HRProcessor(parser),
            Table(parser, {"use_align_attribute": True}), Numbers(parser), SaneUListProcessor(parser), BlockQuoteProcessor(parser), Paragraph(parser)]

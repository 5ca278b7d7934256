"""The ``markdown`` library, furnished with our dialect and nothing else."""
import re
from collections.abc import Iterator
from threading import Lock
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from groupware.kernel.markup import blocks, inlines

_FENCE = re.compile(r" *(`{3,}|~{3,})([^`]*)")
_CODE = '<pre role="group" aria-label="コード" tabindex="0"><code>{}</code></pre>'
_BLANKS = re.compile(r"\n{3,}")
_TASK = re.compile(r"\[([ xX])\][ \u3000]")


def convert(text: str) -> str:
    """HTML that is not yet sanitised. Not bounded in time: see ``fence``."""
    if "```" not in text and "~~~" not in text:
        return _convert(text)
    return "".join(_CODE.format(part) if is_code else _convert(part) for is_code, part in fenced(text.split("\n")))


def fenced(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """The text in pieces: (is it code, the piece). A fence that is never closed reaches to the end."""
    piece: list[str] = []
    fence, indent = "", 0
    for line in lines:
        mark = _FENCE.fullmatch(line)
        if mark and not fence:
            yield False, "\n".join(piece)
            piece, fence, indent = [], mark[1], mark.start(1)
        elif fence and mark and mark[1].startswith(fence) and not mark[2].strip():
            yield True, "\n".join(piece)
            piece, fence = [], ""
        else:
            piece.append(_without(line, indent) if fence else line)
    yield bool(fence), "\n".join(piece)


def _without(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip(" "))):]


def _convert(text: str) -> str:
    with _lock:
        _markdown.parser.state.clear()      # an interrupted rendering leaves its state behind
        return _markdown.convert(_BLANKS.sub("\n\n", text.strip("\n"))).replace("\n", "<br>")


class Tasks(Treeprocessor):
    """``- [x] done``: a box that shows and cannot be pressed."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            holder = item if item.text else next(iter(item), item)
            if found := _TASK.match(holder.text or ""):
                _put_box(item, holder, done=found[1] != " ", words=(holder.text or "")[found.end():])


def _put_box(item: Element, holder: Element, *, done: bool, words: str) -> None:
    box = Element("input", {"type": "checkbox", "disabled": "", "aria-label": "済み" if done else "まだ"} | ({"checked": ""} if done else {}))
    box.tail = f" {words}"
    holder.text = ""
    holder.insert(0, box)
    item.set("class", "task")


def _furnished() -> Markdown:
    """Plain lists where the library sorts its registries anew at every look."""
    md = Markdown(tab_length=2, output_format="html")
    md.preprocessors, md.postprocessors = [], []
    md.parser.blockprocessors = blocks.processors(md.parser)
    md.inlinePatterns = inlines.patterns()
    md.treeprocessors = [InlineProcessor(md), Tasks(md)]
    return md


_markdown, _lock = _furnished(), Lock()

"""Reads the words of Office files and plain texts. Runs in a child that may be killed; what asks for too much is not read at all."""
import codecs
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
from defusedxml.ElementTree import fromstring, iterparse

from groupware.files.kinds import DOCX, PPTX, TEXT, XLSX
from groupware.kernel.child import serve

MOST_MEMBERS = 5_000
MOST_UNPACKED = 100 * 1024 * 1024       # bytes that all the members of one archive say they will be; no more of them is ever unpacked
MOST_PARTS = 2_000                      # pages, slides, sheets
MOST_TEXT = 100_000                     # characters of one part
MOST_CELLS = 200_000                    # of one workbook, empty ones and rows counted
MOST_BYTES = 1024 * 1024                # of a plain text
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}sldId"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Part = tuple[int, str]


class TooMuch(Exception):
    """It unpacks to more than anybody would read."""


def answer(question: dict[str, Any]) -> list[Part]:
    """{from, type}: (number, text) of the parts that say something. A plain text is one whole, numbered 0."""
    path = Path(question["from"])
    if question["type"] != TEXT:
        _weigh(path)
    parts = READERS[question["type"]](path)
    said = ((number, _CONTROL.sub("", text).strip()[:MOST_TEXT]) for number, text in parts if number <= MOST_PARTS)
    return [(number, text) for number, text in said if text]


def plain(path: Path) -> Iterator[Part]:
    """UTF-8, UTF-16 or Shift_JIS, as city halls have them; the last character may be cut in two."""
    with path.open("rb") as file:
        head = file.read(MOST_BYTES)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    yield 0, _decoded(head, marked) if marked else _utf8_or_cp932(head)


def document(path: Path) -> Iterator[Part]:
    """Page by page, as Word laid it out when it was saved."""
    number, said = 1, list[str]()
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as body:
        for _, element in iterparse(body, events=("end",), forbid_dtd=True):
            said.append(_said_in_word(element))
            if _turns(element):
                yield number, "".join(said)
                number, said = number + 1, []
            if element.tag == f"{WORD}p":
                element.clear()
    yield number, "".join(said)


def workbook(path: Path) -> Iterator[Part]:
    """Sheet by sheet; of formulas what they came to."""
    with path.open("rb") as file:
        sheets = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets
        for number, sheet in enumerate(sheets, 1):
            yield number, "\n".join(filter(None, [sheet.title, *_rows(sheet, MOST_CELLS // len(sheets))]))


def presentation(path: Path) -> Iterator[Part]:
    """Slide by slide in the order of showing."""
    with zipfile.ZipFile(path) as archive:
        for number, name in enumerate(_slides(archive), 1):
            with archive.open(name) as slide:
                yield number, "".join(_said_on_slide(element) for _, element in iterparse(slide, events=("end",), forbid_dtd=True))


def _weigh(path: Path) -> None:
    """By what the archive says of itself: nothing beyond that is ever unpacked."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise TooMuch


def _said_in_word(element: Element) -> str:
    match element.tag.removeprefix(WORD):
        case "t":
            return element.text or ""
        case "tab":
            return "\t"
        case "p" | "br":
            return "\n"
    return ""


def _turns(element: Element) -> bool:
    return element.tag == f"{WORD}lastRenderedPageBreak" or (element.tag == f"{WORD}br" and element.get(f"{WORD}type") == "page")


def _slides(archive: zipfile.ZipFile) -> list[str]:
    places = {each.get("Id"): each.get("Target", "") for each in fromstring(archive.read("ppt/_rels/presentation.xml.rels"), forbid_dtd=True)}
    shown = fromstring(archive.read("ppt/presentation.xml"), forbid_dtd=True).iter(SLIDES)
    names = (places.get(each.get(RELATION, ""), "").removeprefix("/ppt/") for each in shown)
    return [f"ppt/{name}" for name in names if name][:MOST_PARTS]


def _said_on_slide(element: Element) -> str:
    return element.text or "" if element.tag == f"{DRAWING}t" else "\n" if element.tag == f"{DRAWING}p" else ""


def _rows(sheet: Any, cells: int) -> Iterator[str]:
    """An empty sheet may say that it has a million rows."""
    length = 0
    for row in sheet.iter_rows(values_only=True):
        line = "\t".join(_cell(value) for value in row if value is not None)
        yield line
        cells, length = cells - len(row) - 1, length + len(line)
        if cells < 0 or length > MOST_TEXT:
            return


def _cell(value: object) -> str:
    """A day as it is searched."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _utf8_or_cp932(head: bytes) -> str:
    try:
        return _decoded(head, "utf-8")
    except UnicodeDecodeError:
        return codecs.getincrementaldecoder("cp932")("replace").decode(head)


def _decoded(head: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)().decode(head)


READERS = {TEXT: plain, DOCX: document, XLSX: workbook, PPTX: presentation}

if __name__ == "__main__":
    serve(answer, megabytes=768)

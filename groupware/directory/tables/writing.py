"""A CSV for Excel. A cell that Excel would take for a formula gets a ' before it, which ``reading`` takes off again."""
import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from groupware.directory.tables.columns import COLUMNS
from groupware.kernel.text import no_formula

UTF8, CP932 = "utf-8-sig", "cp932"
ENCODINGS = (UTF8, CP932)
GETA = "〓"                  # printers' sign for a character they do not have


@dataclass(frozen=True, slots=True)
class Lost:
    """A cell with characters which the encoding does not have."""

    line: int
    title: str
    text: str


def write(what: str, rows: Iterable[Mapping[str, str]], encoding: str) -> bytes:
    """Lines end as Excel ends them. What the encoding does not have becomes 〓: ask ``lost`` before."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow([column.title for column in COLUMNS[what]])
    for row in rows:
        writer.writerow([no_formula(row[column.field]) for column in COLUMNS[what]])
    return encoded(paper.getvalue(), encoding)


def lost(what: str, rows: Iterable[Mapping[str, str]], encoding: str) -> list[Lost]:
    """The cells that would not survive, with the lines they stand on."""
    return [Lost(line, column.title, row[column.field]) for line, row in enumerate(rows, 2) for column in COLUMNS[what]
            if GETA in encoded(row[column.field], encoding).decode(encoding) and GETA not in row[column.field]]


def encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b"".join(_or_geta(sign, encoding) for sign in text)


def _or_geta(sign: str, encoding: str) -> bytes:
    try:
        return sign.encode(encoding)
    except UnicodeEncodeError:
        return GETA.encode(encoding)

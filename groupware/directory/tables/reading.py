"""A CSV as it comes from Excel: cp932 or UTF-8, with or without a mark, columns in any order; every cell stays text."""
import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from groupware.directory.tables.columns import COLUMNS, ONLY_READ, Column
from groupware.kernel.errors import Invalid

SAVE_AGAIN = "Excel で開き、ファイルの種類「CSV UTF-8（コンマ区切り）」で保存し直してください。"
GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－−＠]")      # what ``writing`` put a ' before
MOST_LINES = 20_000
Columns = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` as Excel counts, the headings being line 1. ``cells`` by field."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``fields``: the columns that are there. ``unused``: headings nobody knows."""

    lines: list[Line]
    fields: frozenset[str]
    unused: tuple[str, ...]
    encoding: str


def read(what: str, body: bytes) -> Sheet:
    """Raises Invalid with what to do about the file."""
    return read_table((*COLUMNS[what], *ONLY_READ[what]), body)


def read_table(columns: Columns, body: bytes) -> Sheet:
    """Any list of ours. Raises Invalid with what to do about the file."""
    text, encoding = decode(body)
    rows = list(_rows(text))
    if not rows:
        raise Invalid(file="ファイルに行がありません。")
    headings = rows[0][1]
    order = _order(columns, headings)
    lines = [Line(number, _cells(order, row, number)) for number, row in rows[1:] if any(cell.strip() for cell in row)]
    unused = tuple(heading for heading, field in zip(headings, order, strict=True) if field == "" and heading.strip())
    return Sheet(lines, frozenset(filter(None, order)), unused, encoding)


def decode(body: bytes) -> tuple[str, str]:
    """(text, name of the encoding). Raises Invalid."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Invalid(file=f"「Unicode テキスト」の形式は読めません。{SAVE_AGAIN}")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return body.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Invalid(file=f"文字の読み方（Shift_JIS か UTF-8）を決められません。{SAVE_AGAIN}")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each with the number of the line on which it begins."""
    reader, begins = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for row in reader:
            yield begins, [_unguarded(cell) for cell in row]
            begins = reader.line_num + 1
            if begins > MOST_LINES:
                raise Invalid(file=f"行が多すぎます（{MOST_LINES}行まで）。")
    except csv.Error as error:
        raise Invalid(file=f"{begins}行目の引用符「”」が閉じていないか、読めない文字があります。{SAVE_AGAIN}") from error


def _order(columns: Columns, headings: list[str]) -> list[str]:
    """The field of each column; empty for those nobody knows. Raises Invalid."""
    order = [_field(columns, heading) for heading in headings]
    known = [field for field in order if field]
    twice = {heading for heading, field in zip(headings, order, strict=True) if field and order.count(field) > 1}
    missing = [column.title for column in columns if column.needed and column.field not in known]
    if missing:
        raise Invalid(file=f"1行目に「{'」「'.join(missing)}」の列が見つかりません。1行目は見出しにしてください。")
    if twice:
        raise Invalid(file=f"同じ意味の列が二つあります（{'、'.join(sorted(twice))}）。")
    return order


def _field(columns: Columns, heading: str) -> str:
    return next((column.field for column in columns if column.is_called(heading)), "")


def _cells(order: list[str], row: list[str], number: int) -> dict[str, str]:
    """A row may be shorter than the headings (Excel leaves empty ends out), never longer. Raises Invalid."""
    if any(cell.strip() for cell in row[len(order):]):
        raise Invalid(file=f"{number}行目の列が見出しより多くなっています。コンマを含む値が引用符「”」で囲まれているか確かめてください。")
    return {field: cell.strip() for field, cell in zip(order, [*row, *[""] * len(order)], strict=False) if field}


def _unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell

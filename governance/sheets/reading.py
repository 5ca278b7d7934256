"""In: a workbook or a CSV as it comes back, columns in any order. The workbook is opened in a child: it is XML by strangers."""
import csv
import io
import re
import zipfile
from collections.abc import Iterable

from governance.sheets.form import TITLES, Row
from groupware.kernel.errors import Invalid
from groupware.kernel.text import fold

MOST_BYTES, MOST_LINES, MOST_UNPACKED = 3_000_000, 2_000, 30_000_000
GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－−＠]")
ZIP = b"PK\x03\x04"
SAVE_AGAIN = "Excel で開き、「CSV UTF-8」か Excel ブックで保存し直してください。"


def read(data: bytes) -> list[Row]:
    """Raises Invalid with what to do about the file."""
    if len(data) > MOST_BYTES:
        raise Invalid(file="ファイルが大きすぎます（3MBまで）。")
    lines = workbook_lines(data) if data.startswith(ZIP) else csv_lines(data)
    if not lines:
        raise Invalid(file="ファイルに行がありません。")
    if len(lines) > MOST_LINES:
        raise Invalid(file=f"行が多すぎます（{MOST_LINES}行まで）。")
    order = _order(lines[0])
    return [Row(number, dict(_cells(order, line))) for number, line in enumerate(lines[1:], 2) if any(cell.strip() for cell in line)]


def csv_lines(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), strict=True))
        except UnicodeDecodeError:
            continue
        except csv.Error as wrong:
            raise Invalid(file=f"引用符「”」が閉じていない行があります。{SAVE_AGAIN}") from wrong
    raise Invalid(file=f"文字の読み方（UTF-8 か Shift_JIS）を決められません。{SAVE_AGAIN}")


def workbook_lines(data: bytes) -> list[list[str]]:
    """Nothing is executed, nothing is unpacked beyond a measure; openpyxl reads XML by defusedxml."""
    from openpyxl import load_workbook  # noqa: PLC0415 (as in writing.py)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Invalid(file="ファイルを開くと大きすぎます。")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        return [[_text(value) for value in row] for row in sheet.iter_rows(max_row=MOST_LINES + 1, max_col=len(TITLES) * 2, values_only=True)]
    except Invalid:
        raise
    except Exception as wrong:
        raise Invalid(file=f"Excel ブックとして読めません。{SAVE_AGAIN}") from wrong


def _text(value: object) -> str:
    """A number that Excel has made of ``105`` is ``105`` again."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _order(headings: list[str]) -> list[str]:
    known = {fold(title): title for title in TITLES}
    order = [known.get(fold(heading), "") for heading in headings]
    missing = [title for title in ("番号", "いまの様子（一行）") if title not in order]
    if missing:
        raise Invalid(file=f"1行目に「{'」「'.join(missing)}」の列が見つかりません。1行目は見出しにしてください。")
    twice = {title for title in order if title and order.count(title) > 1}
    if twice:
        raise Invalid(file=f"同じ列が二つあります（{'、'.join(sorted(twice))}）。")
    return order


def _cells(order: list[str], line: list[str]) -> Iterable[tuple[str, str]]:
    for title, cell in zip(order, [*line, *[""] * len(order)], strict=False):
        if title:
            yield title, (cell[1:] if GUARDED.match(cell) else cell).replace("\r\n", "\n").strip()

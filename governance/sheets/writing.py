"""Out: every cell is text, so that zeros in front stay; what a spreadsheet would take for a formula gets a ' before it."""
import csv
import io
from collections.abc import Sequence

from governance.sheets.form import TITLES
from groupware.kernel.text import no_formula

UTF8, CP932 = "utf-8-sig", "cp932"
GETA = "〓"                  # printers' sign for a character they do not have
TEXT = "@"
WIDTHS = {"番号": 16, "施策": 26, "いまの様子（一行）": 40, "評価を変えるわけ": 30, "主な成果": 40, "課題": 40, "支援してほしいこと": 30,
          "次の期の予定": 40}


def as_csv(rows: Sequence[dict[str, str]], encoding: str) -> bytes:
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow(TITLES)
    writer.writerows([no_formula(row[title]) for title in TITLES] for row in rows)
    return encoded(paper.getvalue(), encoding)


def encoded(text: str, encoding: str) -> bytes:
    """What the encoding does not have becomes 〓."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b"".join(_or_geta(sign, encoding) for sign in text)


def as_workbook(rows: Sequence[dict[str, str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 (a twentieth of the start, for what is asked for once a quarter)
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    book = Workbook()
    sheet = book.active
    sheet.title = "進み具合"
    for column, title in enumerate(TITLES, 1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDTHS.get(title, 10)
    for line, row in enumerate(rows, 2):
        for column, title in enumerate(TITLES, 1):
            cell = sheet.cell(line, column)
            cell.value = no_formula(row[title])
            cell.number_format, cell.alignment = TEXT, Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def lost_in_cp932(rows: Sequence[dict[str, str]]) -> list[tuple[int, str]]:
    """(line, column) of the cells with characters that cp932 does not have: they become 〓."""
    return [(line, title) for line, row in enumerate(rows, 2) for title in TITLES if not _fits(row[title])]


def _or_geta(sign: str, encoding: str) -> bytes:
    try:
        return sign.encode(encoding)
    except UnicodeEncodeError:
        return GETA.encode(encoding)


def _fits(text: str) -> bool:
    try:
        text.encode(CP932)
    except UnicodeEncodeError:
        return False
    return True

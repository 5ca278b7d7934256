"""Lists for Excel: UTF-8 with its mark, or Shift_JIS; nothing in a cell is a formula."""
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response, request

from groupware.directory.tables.writing import CP932, UTF8, encoded
from groupware.kernel import clock
from groupware.kernel.text import no_formula

CHARSETS = {UTF8: "utf-8", CP932: "windows-31j"}


def as_table(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """?encoding=cp932. What Shift_JIS does not have becomes 〓, as the page says."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow([no_formula(head) for head in heads])
    writer.writerows([no_formula(str(cell)) for cell in row] for row in rows)
    encoding = CP932 if request.args.get("encoding") == CP932 else UTF8
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(encoded(paper.getvalue(), encoding), content_type=f"text/csv; charset={CHARSETS[encoding]}", headers=headers)


def minute(at: datetime | None) -> str:
    return f"{at.astimezone(clock.JST):%Y-%m-%d %H:%M}" if at else ""

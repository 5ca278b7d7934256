"""「表で出し入れする」: progress reports as a workbook or CSV, out and in by the same form."""
from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from governance.commands import sheets as trips
from governance.forms.fields import fiscal_year
from governance.models.sheets import READ, READING
from governance.permissions import can_trip
from governance.queries.sheets import sheet_for
from governance.sheets.comparing import compare, lines_for
from governance.sheets.reading import MOST_BYTES
from governance.sheets.writing import CP932, UTF8, as_csv, as_workbook, lost_in_cp932
from governance.views.plan import blueprint
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden, NotFound

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"xlsx": (BOOK, "xlsx"), UTF8: ("text/csv; charset=utf-8", "csv"), CP932: ("text/csv; charset=Shift_JIS", "csv")}


@blueprint.get("/sheets")
def sheets() -> str:
    """?year="""
    year = _year()
    lines = _lines(year)
    return render_template("governance/sheets.html", title="報告の表", year=year, many=len(lines), lost=lost_in_cp932(lines))


@blueprint.get("/sheets/out")
def take_sheet() -> FlaskResponse:
    """?year=&form=xlsx|utf-8-sig|cp932"""
    year, form = _year(), request.args.get("form", "xlsx")
    if form not in FORMS:
        raise NotFound
    lines, (kind, ending) = _lines(year), FORMS[form]
    response = make_response(as_workbook(lines) if form == "xlsx" else as_csv(lines, form))
    response.headers["Content-Type"] = kind
    response.headers.set("Content-Disposition", "attachment", filename=f"DX進捗_R{year - 2018}.{ending}")
    return response


@blueprint.post("/sheets")
def bring_sheet() -> Response:
    file = request.files.get("file")
    made = trips.bring_sheet(current_user, (file.filename if file else "") or "", file.stream.read(MOST_BYTES + 1) if file else b"")
    return redirect(url_for("governance.sheet", sheet_id=made), 303)


@blueprint.get("/sheets/<int:sheet_id>")
def sheet(sheet_id: int) -> str:
    """What it would change; nothing has changed yet."""
    kept = sheet_for(current_user, sheet_id)
    found = compare(current_user, kept.lines) if kept.state == READ else None
    return render_template("governance/sheet.html", title="報告の表", kept=kept, found=found, busy=kept.state == READING)


@blueprint.post("/sheets/<int:sheet_id>/application")
def apply_sheet(sheet_id: int) -> Response:
    trips.apply_sheet(current_user, sheet_id, request.form.get("digest", ""))
    return redirect(url_for("governance.sheet", sheet_id=sheet_id), 303)


def _lines(year: int) -> list[dict[str, str]]:
    """Raises Forbidden for people from outside."""
    if not can_trip(current_user, None):
        raise Forbidden
    return [each.said for each in lines_for(current_user, [year]).values()]


def _year() -> int:
    return fiscal_year(request.args, "year") or clock.fiscal_year(clock.today())

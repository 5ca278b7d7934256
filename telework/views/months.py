"""The tally of a month: of oneself, of the units one heads, of the whole city; on a page and as a list."""
from datetime import date, timedelta

from flask import Response, render_template, request
from flask_login import current_user

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table
from telework.permissions import CITY, SCOPES, SELF, Telework, can_tally
from telework.queries.months import STAGES, by_unit, last_of, month_of, total
from telework.views.places import blueprint

KINDS = ("日数", "1日", "半日", "時間")
EARLIEST, LATEST = 2019, 2200


@blueprint.get("/months")
def months() -> str:
    """?of=, ?month=2026-12"""
    scope, first = _scope(), _month()
    lines = month_of(current_user, scope, first)
    return render_template("telework/months.html", title="テレワークの月の集計", scope=scope, first=first, stages=STAGES, total=total(lines),
                           lines=by_unit(lines) if scope == CITY else lines, month_words=f"{clock.year_of(first)}{first.month}月",
                           before=first - timedelta(days=1), after=last_of(first) + timedelta(days=1),
                           scopes=[(each, words) for each, words in SCOPES.items() if can_tally(current_user, each)])


@blueprint.get("/months.csv")
def months_list() -> Response:
    """?of=, ?month=2026-12, ?encoding=. By person."""
    scope, first = _scope(), _month()
    heads = ("月", "所属", "職員番号", "氏名", *(f"{words}（{kind}）" for words in STAGES.values() for kind in KINDS))
    return as_table(f"telework-{first:%Y-%m}", heads, (
        (f"{first:%Y-%m}", line.unit, line.number, line.name, *(f"{cell:g}" for stage in STAGES for cell in line.counts[stage].cells))
        for line in month_of(current_user, scope, first)))


def _scope() -> str:
    scope = request.args.get("of") or SELF
    authorize(current_user, Telework.TALLY, scope)
    return scope


def _month() -> date:
    said = request.args.get("month") or f"{clock.today():%Y-%m}"
    year, _, month = said.partition("-")
    if not (said.isascii() and year.isdigit() and month.isdigit() and len(said) <= 7 and EARLIEST <= int(year) <= LATEST and 1 <= int(month) <= 12):
        raise Invalid(month="月は 2026-12 のように入れてください。")
    return date(int(year), int(month), 1)

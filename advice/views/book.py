"""The casebook, as a sheet too, and the years: of what one may see, and nothing more."""
import csv
import io

from flask import Response, render_template, request
from flask_login import current_user

from advice.models import SORTS, STATES, WORDS, Advice
from advice.permissions import can_ask, can_give, can_keep
from advice.queries.book import COLUMNS, PAGE, SHOWN, Sought, all_found, found, year_of, years_seen
from advice.queries.commissions import may_look
from advice.queries.pieces import unit_names
from advice.views.pieces import blueprint, spoken
from groupware.kernel import clock
from groupware.kernel.ports import plan_measures
from groupware.kernel.text import no_formula

HEADINGS = ("番号", "種別", "題", "中身", "助言した人", "記録", "日付", "課", "施策", "いま", "対応", "わけ", "効果")
CHARSETS = {"utf-8-sig": "utf-8", "cp932": "shift_jis"}
GETA = "〓"


@blueprint.get("")
def index() -> str:
    """?show=used&measure=M03&year=2026&unit=5&q="""
    sought, page = Sought.parse(request.args), max(1, request.args.get("page", 1, type=int))
    rows, total = found(current_user, sought, page)
    return render_template("advice/index.html", title="助言・提言", sought=sought, rows=rows, total=total, page=page, pages=-(-total // PAGE),
                           shown=SHOWN, states=STATES, sorts=SORTS, words=WORDS, names=unit_names(), measures=plan_measures().all(),
                           years=years_seen(current_user), may_ask=can_ask(current_user, None), may_give=can_give(current_user, None),
                           may_keep=can_keep(current_user, None), offices=may_look(current_user))


@blueprint.get("/sheet.csv")
def sheet() -> Response:
    """As ``index`` filters; ?encoding=cp932."""
    sought, encoding = Sought.parse(request.args), request.args.get("encoding", "")
    encoding = encoding if encoding in CHARSETS else "utf-8-sig"
    headers = {"Content-Disposition": 'attachment; filename="advice.csv"'}
    return Response(_written(all_found(current_user, sought), encoding), content_type=f"text/csv; charset={CHARSETS[encoding]}", headers=headers)


@blueprint.get("/years")
def years() -> str:
    """?year=2026"""
    known = years_seen(current_user)
    chosen = request.args.get("year", 0, type=int)
    year = chosen if chosen in known else clock.fiscal_year(clock.today())
    return render_template("advice/years.html", title="助言・提言の年度の集計", year=year, years=known, sum=year_of(current_user, year),
                           columns=COLUMNS, sorts=SORTS, names=unit_names(), measures=dict(plan_measures().all()), spoken=spoken)


def _written(rows: list[Advice], encoding: str) -> bytes:
    """What the encoding does not have becomes 〓."""
    paper, names = io.StringIO(newline=""), unit_names()
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for each in rows:
        writer.writerow([no_formula(cell) for cell in _cells(each, names)])
    text = paper.getvalue()
    return text.encode(encoding) if encoding != "cp932" else "".join(map(_narrowed, text)).encode("cp932")


def _cells(each: Advice, names: dict[int, str]) -> tuple[str, ...]:
    day = each.given_on.isoformat() if each.given_on else ""
    return (str(each.id), SORTS[each.sort], each.title, each.body or each.question, each.author_name, WORDS[each.wording], day,
            names.get(each.unit_id, "いまはない課"), each.measures, STATES[each.state], STATES.get(each.decision, ""), each.reason, each.effect)


def _narrowed(sign: str) -> str:
    try:
        sign.encode("cp932")
    except UnicodeEncodeError:
        return GETA
    return sign

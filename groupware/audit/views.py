"""/audit: all entries, for those who may; /audit/mine: one's own."""
import csv
import io

from flask import Blueprint, Response, make_response, render_template, request
from flask_login import current_user

from groupware.audit.commands import take_entries
from groupware.audit.forms import Sought
from groupware.audit.models import Entry
from groupware.audit.naming import noun_of, subjects
from groupware.audit.permissions import Audit
from groupware.audit.queries import PAGE, details, entries, entries_of, kinds, words_of
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize
from groupware.kernel.text import no_formula

blueprint = Blueprint("audit", __name__, url_prefix="/audit", template_folder="templates")
HEADINGS = ("番号", "日時", "だれ", "所属と職", "したこと", "結果", "何に", "入口", "番地", "内容", "記号")


@blueprint.get("")
def index() -> str | tuple[str, int]:
    """?person=&event=&about=&since=&until=&below="""
    authorize(current_user, Audit.READ)
    try:
        sought = Sought.parse(request.args)
    except Invalid as refusal:
        return _page(Sought(), [], refusal), 422
    return _page(sought, entries(sought, request.args.get("below", type=int)))


@blueprint.get("/mine")
def mine() -> str:
    shown = entries_of(current_user.user_id, request.args.get("below", type=int))
    return render_template("audit/mine.html", title="わたしの記録", shown=shown, words=words_of,
                           subjects=subjects(current_user, shown), more=len(shown) == PAGE)


@blueprint.get("/entries.csv")
def take() -> Response:
    found = take_entries(current_user, Sought.parse(request.args))
    response = make_response(_written(found))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=f"監査の記録_{clock.today():%Y%m%d}.csv")
    return response


def _page(sought: Sought, shown: list[Entry], refusal: Invalid | None = None) -> str:
    return render_template("audit/index.html", title="監査の記録", sought=sought, shown=shown, kinds=kinds(), words=words_of, refusal=refusal,
                           subjects=subjects(current_user, shown), more=len(shown) == PAGE)


def _written(found: list[Entry]) -> bytes:
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow(HEADINGS)
    for entry in found:
        cells = (str(entry.id), entry.at.astimezone(clock.JST).isoformat(timespec="seconds"), entry.actor_name, entry.actor_label, words_of(entry),
                 entry.result, noun_of(entry), entry.door, entry.address, details(entry), entry.about)
        writer.writerow([no_formula(cell) for cell in cells])
    return paper.getvalue().encode("utf-8-sig")

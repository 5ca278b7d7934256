"""/search: the results. /search/state: the index, for those who look after it."""
from collections.abc import Iterator
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import Invalid
from groupware.kernel.house import house
from groupware.kernel.permissions import authorize
from groupware.search.commands import check_index, rebuild_index
from groupware.search.engines.engine import COUNTED
from groupware.search.forms import HINTS, ConditionDraft, search_of
from groupware.search.notes import BUILDING, note
from groupware.search.permissions import Search as Keeping
from groupware.search.query import NEWEST
from groupware.search.remembering import drop, forget, recent, remember, save, saved
from groupware.search.searching import Results, Search, breathe, desk, search
from groupware.search.state import index_state
from groupware.search.watching import unwatch, watch, watched

blueprint = Blueprint("search", __name__, url_prefix="/search", template_folder="templates", static_folder="static/search", static_url_path="/static")
TELLING = {"1": watch, "0": unwatch}


@blueprint.get("")
def index() -> str:
    wanted = search_of(request.args)
    results = search(current_user, wanted)
    if not (results.troubles or results.empty or wanted.after):
        remember(current_user, wanted.typed)
    with desk:
        breathe()
        return _page(wanted, results)


def _page(wanted: Search, results: Results) -> str:
    return render_template(
        "search/index.html", title=f"「{wanted.typed}」をさがす" if wanted.typed else "さがす", wanted=wanted, results=results, hints=HINTS,
        findables=house.findables, tabs=list(_tabs(wanted, results)), address=partial(_address, wanted), form=_form(wanted.typed),
        recent=recent(current_user) if results.empty else [], saved=saved(current_user), watched=watched(current_user),
        building=note(BUILDING) if results.away else {})


@blueprint.get("/conditions")
def conditions() -> Response:
    """The form, made into the line that one could have typed."""
    return redirect(url_for("search.index", q=ConditionDraft.parse(request.args).typed))


@blueprint.post("/recent/removal")
def forget_recent() -> Response:
    forget(current_user)
    return redirect(url_for("search.index"), 303)


@blueprint.post("/saved")
def save_question() -> Response:
    """``tell``: 1 to be told of what is new, 0 to be told no more; without it that stays as it is."""
    typed, tell = request.form.get("q", ""), request.form.get("tell", "")
    words = save(current_user, typed)
    if tell in TELLING:
        TELLING[tell](current_user, words)
    return redirect(url_for("search.index", q=typed), 303)


@blueprint.post("/saved/removal")
def drop_question() -> Response:
    words = request.form.get("q", "")
    drop(current_user, words)
    unwatch(current_user, words)
    return redirect(url_for("search.index"), 303)


@blueprint.get("/state")
def state() -> str:
    authorize(current_user, Keeping.KEEP)
    return render_template("search/state.html", title="検索の索引", state=index_state())


@blueprint.post("/checking")
def check() -> Response:
    check_index(current_user)
    return redirect(url_for("search.state"), 303)


@blueprint.post("/rebuilding")
def rebuild() -> Response:
    rebuild_index(current_user)
    return redirect(url_for("search.state"), 303)


def _form(typed: str) -> ConditionDraft:
    try:
        return ConditionDraft.of(typed)
    except Invalid:
        return ConditionDraft()


def _address(wanted: Search, **changes: str) -> str:
    """The same question shown otherwise; what is usual stands in no address."""
    said = {"q": wanted.typed, "kind": wanted.kind, "sort": wanted.sort, **changes}
    return url_for("search.index", **{name: value for name, value in said.items() if value not in {"", NEWEST}})     # type: ignore[arg-type]


def _tabs(wanted: Search, results: Results) -> Iterator[tuple[str, str, bool, str]]:
    """(words, address, whether we are there, how many): all, then each kind of which there is something."""
    yield "すべて", _address(wanted, kind=""), not wanted.kind, ""
    for kind, number in results.counts.items():
        if number or kind == wanted.kind:
            yield house.findables[kind].words[0], _address(wanted, kind=kind), kind == wanted.kind, f"{COUNTED}+" if number > COUNTED else str(number)

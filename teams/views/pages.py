"""What a team writes together."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import Conflict, Forbidden
from teams.commands import pages as deeds
from teams.forms import PageDraft
from teams.permissions import can_work
from teams.queries.pages import PAGE, SHOWN, changes_of, page_for, pages_of
from teams.queries.tasks import inside_for
from teams.tabs import framed
from teams.views.teams import blueprint


@blueprint.get("/<int:team_id>/pages")
def pages(team_id: int) -> str:
    held, number = inside_for(current_user, team_id), request.args.get("page", 1, type=int)
    found, total = pages_of(held.team, number)
    return render_template("teams/pages.html", title=f"{held.team.name}の文書", found=found, total=total, page=number, pages=-(-total // PAGE),
                           **framed(held))


@blueprint.get("/<int:team_id>/pages/new")
def new_page(team_id: int) -> str:
    held = inside_for(current_user, team_id)
    if not can_work(current_user, held):
        raise Forbidden("このチームには、いま文書を加えられません。")
    return render_template("teams/page_form.html", title="文書をつくる", page=None, **framed(held))


@blueprint.post("/<int:team_id>/pages")
def begin_page(team_id: int) -> Response:
    return _to_page(deeds.begin_page(current_user, team_id, PageDraft.parse(request.form)))


@blueprint.get("/pages/<int:page_id>")
def page(page_id: int) -> str:
    held = page_for(current_user, page_id)
    return render_template("teams/page.html", title=held.page.title, page=held.page, **framed(held))


@blueprint.get("/pages/<int:page_id>/revisions")
def revisions(page_id: int) -> str:
    held = page_for(current_user, page_id)
    return render_template("teams/revisions.html", title="直した跡", page=held.page, changes=changes_of(held.page), shown=SHOWN, **framed(held))


@blueprint.get("/pages/<int:page_id>/editing")
def editing_page(page_id: int) -> str:
    held = page_for(current_user, page_id)
    if not can_work(current_user, held):
        raise Forbidden("このチームの文書は、いま書きかえられません。")
    return render_template("teams/page_form.html", title="文書を書き直す", page=held.page, **framed(held))


@blueprint.post("/pages/<int:page_id>/text")
def write_page(page_id: int) -> Response | tuple[str, int]:
    """Of two who write, the second sees both texts side by side."""
    draft = PageDraft.parse(request.form)
    try:
        deeds.write_page(current_user, page_id, draft)
    except Conflict as conflict:
        held = page_for(current_user, page_id)
        return render_template("teams/page_conflict.html", title="ほかの人が先に直しました", page=held.page, mine=draft, words=conflict.message,
                               **framed(held)), 409
    return _to_page(page_id)


@blueprint.post("/pages/<int:page_id>/removal")
def put_page_away(page_id: int) -> Response:
    team_id = page_for(current_user, page_id).team.id
    deeds.put_page_away(current_user, page_id)
    return redirect(url_for("teams.pages", team_id=team_id), 303)


def _to_page(page_id: int) -> Response:
    return redirect(url_for("teams.page", page_id=page_id), 303)

"""The tasks of a team: the board, the list, each one's page; and how one is made of something else."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import Forbidden
from groupware.kernel.given import number
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, card_for, cards_for
from teams.commands import tasks as deeds
from teams.forms import TaskDraft, column
from teams.models.tasks import COLUMNS
from teams.permissions import can_work
from teams.queries.tasks import (
    PAGE,
    SHOWN,
    Sought,
    checks_of,
    crew_of,
    inside_for,
    lanes,
    listed,
    task_for,
    tasks_by_ids,
    tasks_from,
)
from teams.tabs import framed
from teams.views.teams import blueprint
from teams.views.which import to_its_form

ON_BOARD = "board"


@blueprint.get("/<int:team_id>/tasks")
def tasks(team_id: int) -> str:
    held = inside_for(current_user, team_id)
    return render_template("teams/tasks.html", title=f"{held.team.name}のタスク", lanes=lanes(held.team), columns=COLUMNS, shown=SHOWN,
                           **framed(held))


@blueprint.get("/<int:team_id>/tasks/list")
def tasks_list(team_id: int) -> str:
    """?state=, ?owner=, ?late=1, ?page="""
    held, page = inside_for(current_user, team_id), request.args.get("page", 1, type=int)
    sought = Sought(request.args.get("state", ""), request.args.get("owner", 0, type=int), bool(request.args.get("late")))
    found, total = listed(held.team, sought, page)
    return render_template("teams/tasks_list.html", title=f"{held.team.name}のタスク", slips=found, total=total, page=page,
                           pages=-(-total // PAGE), sought=sought, columns=COLUMNS, crew=crew_of(held.team), **framed(held))


@blueprint.get("/<int:team_id>/tasks/new")
def new_task(team_id: int) -> str:
    """?about=: what it is made of."""
    held, about = inside_for(current_user, team_id), request.args.get("about", "")
    if not can_work(current_user, held):
        raise Forbidden("このチームには、いまタスクを加えられません。")
    card = card_for(current_user, Ref.parse(about)) if about else None
    made = tasks_by_ids(current_user, tasks_from(about)) if about else []
    return render_template("teams/task_form.html", title="タスクを加える", task=None, crew=crew_of(held.team), card=card, checks=[], made=made,
                           **framed(held))


@blueprint.get("/tasks/new")
def task_from() -> Response | str:
    return to_its_form("teams.new_task", "チームのタスクにする", "どのチームのタスクにしますか")


@blueprint.post("/<int:team_id>/tasks")
def add_task(team_id: int) -> Response:
    return _to_task(deeds.add_task(current_user, team_id, TaskDraft.parse(request.form)))


@blueprint.get("/tasks/<int:task_id>")
def task(task_id: int) -> str:
    held = task_for(current_user, task_id)
    return render_template("teams/task.html", title=held.task.title, task=held.task, checks=checks_of(held.task), columns=COLUMNS,
                           source=_source(held.task.about), here={each.user_id for each in crew_of(held.team)}, **framed(held))


@blueprint.get("/tasks/<int:task_id>/editing")
def editing_task(task_id: int) -> str:
    held = task_for(current_user, task_id)
    if not can_work(current_user, held):
        raise Forbidden("このチームのタスクは、いま書きかえられません。")
    return render_template("teams/task_form.html", title="タスクを書き直す", task=held.task, crew=crew_of(held.team), card=None,
                           checks=checks_of(held.task), made=[], **framed(held))


@blueprint.post("/tasks/<int:task_id>/text")
def change_task(task_id: int) -> Response:
    deeds.change_task(current_user, task_id, TaskDraft.parse(request.form))
    return _to_task(task_id)


@blueprint.post("/tasks/<int:task_id>/state")
def move_task(task_id: int) -> Response:
    deeds.move_task(current_user, task_id, column(request.form))
    if request.form.get("back") == ON_BOARD:
        return redirect(url_for("teams.tasks", team_id=task_for(current_user, task_id).team.id, _anchor=f"task-{task_id}"), 303)
    return _to_task(task_id)


@blueprint.post("/tasks/<int:task_id>/checks")
def tick(task_id: int) -> Response:
    deeds.tick_check(current_user, task_id, number(request.form, "place"), request.form.get("words", ""),
                     done=request.form.get("done") == "1")
    return redirect(url_for("teams.task", task_id=task_id, _anchor="checks"), 303)


@blueprint.post("/tasks/<int:task_id>/removal")
def drop_task(task_id: int) -> Response:
    team_id = task_for(current_user, task_id).team.id
    deeds.drop_task(current_user, task_id)
    return redirect(url_for("teams.tasks", team_id=team_id), 303)


def _source(about: str) -> Card | None:
    """For whom may not see it, it comes from nowhere."""
    return next(iter(cards_for(current_user, [Ref.parse(about)]).values()), None) if about else None


def _to_task(task_id: int) -> Response:
    return redirect(url_for("teams.task", task_id=task_id), 303)

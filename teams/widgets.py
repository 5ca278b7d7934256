"""What of teams is to be done today, and one's own teams beside it."""
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from flask import url_for

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo, Widget
from teams.models import ACTIVE, ARRANGING, DISSOLVED, PAUSED, PROPOSED, REPORTED, STATES, Team
from teams.models.checkins import HELP, week_of
from teams.models.tasks import COLUMNS
from teams.permissions import parts_of
from teams.queries import rows
from teams.queries.checkins import own_silent_teams, pulses
from teams.queries.plans import milestones_ahead
from teams.queries.tasks import own_tasks

ENDS, MOST = time(17, 15), 6
# Whose turn it is in each state, and what they do.
TURNS = {PROPOSED: ("head", "認める"), ARRANGING: ("steering", "調整する"), REPORTED: ("steering", "確かめる"), DISSOLVED: ("steering", "保存する")}
OVERDUE = ("owner", "steering")


def teams_to_move(actor: Actor) -> Iterator[Todo]:
    """One question: the rows say all that is needed."""
    if actor.outside:
        return
    for row in rows(actor, (*TURNS, ACTIVE, PAUSED)):
        team, parts = row.team, parts_of(actor, row.team, row.role)
        part, act = TURNS.get(team.state, ("", ""))
        if part in parts:
            yield _todo(team, act, STATES[team.state])
        elif team.state in {ACTIVE, PAUSED} and team.due_on < clock.today() and parts & set(OVERDUE):
            yield _todo(team, "延ばすか終えるか決める", "期限が過ぎました", datetime.combine(team.due_on, ENDS, clock.JST))


def tasks_to_do(actor: Actor) -> Iterator[Todo]:
    for task, team in own_tasks(actor):
        due = datetime.combine(task.due_on, ENDS, clock.JST) if task.due_on else None
        yield Todo("タスク", "todo", task.title, url_for("teams.task", task_id=task.id), "進める", f"{team.name}・{COLUMNS[task.state]}", due)


def milestones_to_reach(actor: Actor) -> Iterator[Todo]:
    for each, team in () if actor.outside else milestones_ahead(actor):
        yield Todo("節目", "calendar", each.title, url_for("teams.plans", team_id=team.id, _anchor=f"m-{each.id}"), "確かめる", team.name,
                   datetime.combine(each.due_on, ENDS, clock.JST))


def words_to_give(actor: Actor) -> Iterator[Todo]:
    for team in () if actor.outside else own_silent_teams(actor):
        day = week_of(clock.today()) + timedelta(days=team.asked_day or 0)
        yield Todo("一言", "clock", f"今週の{team.name}のようす", url_for("teams.checkins", team_id=team.id), "書く", team.name,
                   datetime.combine(day, ENDS, clock.JST))


def teams_to_watch(actor: Actor) -> Widget | None:
    """For 行政管理課: who needs help, and who has not said how it goes."""
    found = [each for each in pulses(actor) if each.missing or (each.now and each.now.state == HELP)] if actor.has("steering") else []
    if not found:
        return None
    return Widget("チームの週の一言", f"{len(found)}件", "teams/_pulse.html", list(found[:MOST]), url=url_for("teams.pulse"), order=56)


def my_teams(actor: Actor) -> Widget | None:
    mine = [row for row in rows(actor, (ACTIVE, PAUSED)) if row.role]
    if not mine:
        return None
    return Widget("わたしのチーム", f"{len(mine)}つ", "teams/_mine.html", list(mine), url=url_for("teams.index"), order=55)


def _todo(team: Team, act: str, about: str, due_at: datetime | None = None) -> Todo:
    return Todo("チーム", "people", team.name, url_for("teams.team", team_id=team.id), act, about, due_at)

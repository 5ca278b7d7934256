"""How a team looks from elsewhere; whoever may not see it gets nothing."""
from collections.abc import Collection

from flask import url_for

from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.text import fold
from groupware.kernel.things import Card
from teams.models import STATES
from teams.models.checkins import PULSES
from teams.models.tasks import COLUMNS
from teams.permissions import visible_teams
from teams.queries import found_by_ids, rows
from teams.queries.checkins import checkins_by_ids
from teams.queries.pages import pages_by_ids
from teams.queries.plans import decisions_by_ids, milestones_by_ids
from teams.queries.tasks import tasks_by_ids

MOST_JUMPS = 6


def team_cards(actor: Actor, team_ids: Collection[int]) -> list[Card]:
    return [Card(team.ref, team.name, url_for("teams.team", team_id=team.id), "people", f"チーム・{STATES[team.state]}", team.purpose[:200])
            for team in found_by_ids(visible_teams(actor), team_ids)]


def task_cards(actor: Actor, task_ids: Collection[int]) -> list[Card]:
    return [Card(task.ref, task.title, url_for("teams.task", task_id=task.id), "todo", f"タスク（{COLUMNS[task.state]}）・{team.name}",
                 task.plain[:200]) for task, team in tasks_by_ids(actor, task_ids)]


def checkin_cards(actor: Actor, checkin_ids: Collection[int]) -> list[Card]:
    return [Card(word.ref, f"{team.name}：{PULSES[word.state]}", url_for("teams.checkins", team_id=team.id, _anchor=f"w-{word.id}"), "clock",
                 f"週の一言・{team.name}", word.line) for word, team in checkins_by_ids(actor, checkin_ids)]


def milestone_cards(actor: Actor, milestone_ids: Collection[int]) -> list[Card]:
    return [Card(each.ref, each.title, url_for("teams.plans", team_id=team.id, _anchor=f"m-{each.id}"), "calendar", f"節目・{team.name}")
            for each, team in milestones_by_ids(actor, milestone_ids)]


def decision_cards(actor: Actor, decision_ids: Collection[int]) -> list[Card]:
    return [Card(each.ref, f"{team.name} 決定 第{each.number}号", url_for("teams.plans", team_id=team.id, _anchor=f"d-{each.number}"), "seal",
                 f"決定・{team.name}", each.words[:200]) for each, team in decisions_by_ids(actor, decision_ids)]


def page_cards(actor: Actor, page_ids: Collection[int]) -> list[Card]:
    return [Card(each.ref, each.title, url_for("teams.page", page_id=each.id), "book", f"文書・{team.name}", each.plain[:200])
            for each, team in pages_by_ids(actor, page_ids)]


def jumps(actor: Actor, text: str) -> list[Jump]:
    wanted = fold(text)
    found = [row.team for row in rows(actor, STATES) if wanted and wanted in fold(row.team.name)]
    return [Jump(team.name, "チーム", url_for("teams.team", team_id=team.id), "people") for team in found[:MOST_JUMPS]]

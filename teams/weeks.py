"""The tasks that the teams of a section have done in a week."""
from collections.abc import Iterator

from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Happened, Week
from groupware.ui.paths import path_for
from teams.models import Team
from teams.models.tasks import DONE, Task
from teams.permissions import inner_teams

MOST = 20


def tasks_of_week(actor: Actor, week: Week) -> Iterator[Happened]:
    asked = select(Task.id, Task.title, Task.changed_at, Task.owner_name, Team.name).join(Team, Team.id == Task.team_id).where(
        Task.state == DONE, Task.changed_at >= week.since, Task.changed_at < week.until, Team.unit_id.in_(week.units),
        Team.id.in_(inner_teams(actor)))
    for row in db.session.execute(asked.order_by(Task.changed_at).limit(MOST)):
        about = "・".join(filter(None, ("タスク（完了）", row.name, row.owner_name)))
        yield Happened("todo", row.title, path_for("teams.task", task_id=row.id), about, row.changed_at)

"""A team's tasks: on the board, in the list, one's own, those to be reminded of. Never more questions for more tasks."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, or_, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.holidays import is_closed
from teams.models import RUNNING, Member, Team
from teams.models.tasks import COLUMNS, DONE, GONE, OPEN, TOLD_BEFORE, TOLD_LATE, Check, Task
from teams.permissions import Held, HeldTask, can_look_in, inner_teams, is_in, member_of, parts_of
from teams.queries.teams import held

SHOWN, PAGE = 20, 50        # in one column of the board; in one page of the list


@dataclass(frozen=True, slots=True)
class Slip:
    """A task as it hangs on the board: how many lines of its checklist are done, of how many; ``away``: its owner is not in the team any more."""

    task: Task
    done: int
    checks: int
    away: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the board: its first tasks, and how many there are."""

    state: str
    slips: list[Slip]
    total: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What the list is narrowed to."""

    state: str = ""
    owner_id: int = 0
    late: bool = False


def inside_for(actor: Actor, team_id: int) -> Held:
    """Raises NotFound for whom what is done in it does not concern."""
    found = held(actor, team_id)
    if not can_look_in(actor, found):
        raise NotFound
    return found


def task_for(actor: Actor, task_id: int) -> HeldTask:
    mine = select(Member.role).where(Member.team_id == Team.id, Member.user_id == actor.user_id, is_in()).scalar_subquery()
    asked = select(Task, Team, func.coalesce(mine, "")).join(Team, Team.id == Task.team_id)
    row = db.session.execute(asked.where(Task.id == task_id, Task.state != GONE)).first()
    if row is None:
        raise NotFound
    found = HeldTask(row[1], row[2], parts_of(actor, row[1], row[2]), task=row[0])
    if not can_look_in(actor, found):
        raise NotFound
    return found


def lanes(team: Team) -> list[Lane]:
    """Two questions: what is due first stands first; of what is done the last."""
    place = func.row_number().over(partition_by=Task.state, order_by=_order()).label("place")
    total = func.count().over(partition_by=Task.state).label("total")
    numbered = select(Task.id, place, total).where(Task.team_id == team.id, Task.state != GONE).subquery()
    asked = _slips().add_columns(numbered.c.total).join(numbered, numbered.c.id == Task.id).where(numbered.c.place <= SHOWN)
    found = db.session.execute(asked.order_by(numbered.c.place)).all()
    return [Lane(state, [_slip(row) for row in found if row[0].state == state], next((row[4] for row in found if row[0].state == state), 0))
            for state in COLUMNS]


def listed(team: Team, sought: Sought, page: int) -> tuple[list[Slip], int]:
    """One page, and how many there are in all."""
    where = [Task.team_id == team.id, Task.state != GONE, *_narrowed(sought)]
    total = db.session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    order = case({state: number for number, state in enumerate(COLUMNS)}, value=Task.state)
    asked = _slips().where(*where).order_by(order, *_order()).limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    return [_slip(row) for row in db.session.execute(asked)], total


def checks_of(task: Task) -> list[Check]:
    return list(db.session.scalars(select(Check).where(Check.task_id == task.id).order_by(Check.place)))


def crew_of(team: Team) -> list[Member]:
    """Who is in it now, by name: of whom a task may be."""
    return list(db.session.scalars(select(Member).where(Member.team_id == team.id, is_in()).order_by(Member.id)))


def own_tasks(actor: Actor) -> list[tuple[Task, Team]]:
    """What one has to do in teams that one is in and that go on."""
    asked = (select(Task, Team).join(Team, Team.id == Task.team_id)
             .where(Task.owner_id == actor.user_id, Task.state.in_(OPEN), Team.state.in_(RUNNING), member_of(actor)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(PAGE))]


def teams_to_work_in(actor: Actor) -> list[Team]:
    mine = select(Member.team_id).where(Member.user_id == actor.user_id, is_in())
    return list(db.session.scalars(select(Team).where(Team.id.in_(mine), Team.state.in_(RUNNING)).order_by(Team.name)))


def tasks_by_ids(actor: Actor, ids: Collection[int]) -> list[tuple[Task, Team]]:
    asked = select(Task, Team).join(Team, Team.id == Task.team_id).where(Task.id.in_(ids), Task.state != GONE, Task.team_id.in_(inner_teams(actor)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Task.id))]


def tasks_from(about: str) -> list[int]:
    """What has been made of a thing already."""
    return list(db.session.scalars(select(Task.id).where(Task.about == about, Task.state != GONE).order_by(Task.id)))


def tasks_to_remind() -> list[Task]:
    """Due by the next day that the city hall is open, or late, and not yet said."""
    ahead = (Task.due_on >= clock.today()) & (Task.due_on <= _next_open_day()) & (Task.reminded < TOLD_BEFORE)
    late = (Task.due_on < clock.today()) & (Task.reminded < TOLD_LATE)
    asked = select(Task).join(Team, Team.id == Task.team_id).where(Task.state.in_(OPEN), Team.state.in_(RUNNING), or_(ahead, late))
    return list(db.session.scalars(asked.order_by(Task.id)))


def _next_open_day() -> date:
    day = clock.today() + timedelta(days=1)
    while is_closed(day):
        day += timedelta(days=1)
    return day


def _slips() -> Select[Any]:
    checks = select(func.count()).where(Check.task_id == Task.id).correlate(Task).scalar_subquery()
    done = select(func.count()).where(Check.task_id == Task.id, Check.done).correlate(Task).scalar_subquery()
    here = select(Member.id).where(Member.team_id == Task.team_id, Member.user_id == Task.owner_id, is_in()).correlate(Task).exists()
    return select(Task, done, checks, here)


def _slip(row: Any) -> Slip:
    return Slip(row[0], row[1], row[2], row[0].owner_id is not None and not row[3])


def _order() -> tuple[Any, ...]:
    finished = case((Task.state == DONE, Task.changed_at)).desc()
    return finished, Task.due_on.is_(None), Task.due_on, Task.id


def _narrowed(sought: Sought) -> list[Any]:
    narrowed = [Task.state == sought.state] if sought.state in COLUMNS else []
    narrowed += [Task.owner_id == sought.owner_id] if sought.owner_id else []
    return narrowed + ([Task.state.in_(OPEN), Task.due_on < clock.today()] if sought.late else [])

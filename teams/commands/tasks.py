"""What a team has to do is written down, given to somebody, led through the columns, ticked off."""
from sqlalchemy import delete

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound
from groupware.kernel.things import card_for
from teams.commands.life import CHANGED
from teams.events import TaskAdded, TaskChanged, TaskDropped, TaskMoved, TaskReminded, TaskTicked
from teams.forms import TaskDraft
from teams.models import OWNER, Team
from teams.models.tasks import GONE, TOLD_BEFORE, TOLD_LATE, UNTOLD, Check, Task
from teams.permissions import Held, HeldTask, Teams
from teams.queries.tasks import checks_of, crew_of, inside_for, task_for
from teams.queries.teams import member_ids


@command(Teams.WORK, on=inside_for)
def add_task(actor: Actor, held: Held, draft: TaskDraft) -> int:
    """Raises NotFound when it comes from something that the actor may not see."""
    if draft.about:
        card_for(actor, draft.about)
    task = Task(team_id=held.team.id, author_name=actor.name, created_at=clock.now(), about=str(draft.about or ""), version=1)
    _write(held.team, task, draft)
    db.session.add(task)
    db.session.flush()
    _list_checks(task, draft.checks)
    record(actor, TaskAdded(task.id, held.team.id, task.owner_id, actor.user_id))
    return task.id


@command(Teams.WORK, on=task_for)
def change_task(actor: Actor, held: HeldTask, draft: TaskDraft) -> None:
    """Raises Conflict when it is not the text that the writer saw."""
    task, before = held.task, held.task.owner_id
    if draft.version != task.version:
        raise Conflict(CHANGED)
    _write(held.team, task, draft)
    _list_checks(task, draft.checks)
    task.version += 1
    record(actor, TaskChanged(task.id, task.team_id, task.owner_id if task.owner_id != before else None, actor.user_id))


@command(Teams.WORK, on=task_for)
def move_task(actor: Actor, held: HeldTask, state: str) -> None:
    """Wherever it is: whoever leads it to where it stands already has what was wanted."""
    if held.task.state == state:
        raise Already(None)
    held.task.state, held.task.changed_at = state, clock.now()
    record(actor, TaskMoved(held.task.id, held.task.team_id, state, actor.user_id))


@command(Teams.WORK, on=task_for)
def tick_check(actor: Actor, held: HeldTask, place: int, words: str, *, done: bool) -> None:
    """The line that was looked at, not another that has come into its place."""
    check = db.session.get(Check, (held.task.id, place))
    if check is None or check.words != words:
        raise NotFound("この項目は、ほかの人が書き直しました。いまの項目を確かめてください。")
    if check.done == done:
        raise Already(None)
    check.done = done
    record(actor, TaskTicked(held.task.id, held.task.team_id, place, done))


@command(Teams.WORK, on=task_for)
def drop_task(actor: Actor, held: HeldTask) -> None:
    held.task.state, held.task.changed_at = GONE, clock.now()
    record(actor, TaskDropped(held.task.id, held.task.team_id))


@command(Teams.REMIND, on=task_for)
def remind_task(actor: Actor, held: HeldTask) -> None:
    """Its owner; where nobody in the team is that, who leads the work."""
    task = held.task
    late = task.due_on is not None and task.due_on < clock.today()
    told = TOLD_LATE if late else TOLD_BEFORE
    if task.reminded >= told:
        raise Already(None)
    task.reminded = told
    people = [each for each in member_ids(task.team_id) if each == task.owner_id] or member_ids(task.team_id, OWNER)
    record(actor, TaskReminded(task.id, task.team_id, tuple(people), late))


def _write(team: Team, task: Task, draft: TaskDraft) -> None:
    names = {member.user_id: member.name for member in crew_of(team)}
    if draft.owner_id and draft.owner_id not in {*names, task.owner_id}:
        raise Invalid(owner="担当は、チームの構成員から選んでください。")
    if draft.due_on != task.due_on:
        task.reminded = UNTOLD
    task.owner_id, task.owner_name = draft.owner_id or None, names.get(draft.owner_id, task.owner_name if draft.owner_id else "")
    task.title, task.note, task.html, task.plain = draft.title, draft.note, draft.rendered.html, draft.rendered.plain
    task.due_on, task.measure, task.changed_at = draft.due_on, draft.measure, clock.now()


def _list_checks(task: Task, lines: tuple[str, ...]) -> None:
    """What is still there in the same words stays ticked."""
    ticked = [check.words for check in checks_of(task) if check.done]
    db.session.execute(delete(Check).where(Check.task_id == task.id))
    for place, words in enumerate(lines):
        done = words in ticked
        if done:
            ticked.remove(words)
        db.session.add(Check(task_id=task.id, place=place, words=words, done=done))

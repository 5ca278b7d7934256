"""What somebody is to do: it is done, put off, dropped; and whoever forgets it is reminded."""
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from meetings.commands.sittings import STALE
from meetings.drafts import ActionDraft
from meetings.minutes_events import ActionChanged, ActionChased
from meetings.models.results import DROPPED, OPEN, Action
from meetings.queries.results import action_for, is_late, task_for
from meetings.rights import Minutes, Task


@command(Minutes.ACT, on=task_for)
def change_action(actor: Actor, task: Task, draft: ActionDraft) -> None:
    action, entry = task.action, task.line.entry
    if action.version != draft.version:
        raise Conflict(STALE)
    if draft.state == DROPPED and not draft.note:
        raise Invalid(note="取りやめるわけを書いてください。")
    action.state, action.note, action.due_on = draft.state, draft.note, draft.due_on
    action.version, action.changed_at = action.version + 1, clock.now()
    record(actor, ActionChanged(action.id, action.state, entry.id, entry.item_id, entry.sitting_id))


@command(Minutes.CHASE, on=action_for)
def chase_action(actor: Actor, action: Action) -> None:
    """Once a day."""
    if action.state != OPEN or action.chased_on == clock.today():
        raise Already(None)
    action.chased_on = clock.today()
    record(actor, ActionChased(action.id, action.owner_id, is_late(action)))

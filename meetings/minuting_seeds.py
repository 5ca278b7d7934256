"""What was said and decided in the demo city: written down as it happened, by the commands, at the hour at which it happened."""
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from meetings.commands.actions import change_action
from meetings.commands.minutes import write_entry
from meetings.commands.reviewing import move_minutes, propose_correction, review_minutes
from meetings.commands.running import call_roll, close_sitting, publish_summary, start_item
from meetings.commands.votes import cast_ballot, end_vote, open_vote
from meetings.drafts import ActionDraft, CorrectionDraft, EntryDraft, RollDraft, VoteDraft
from meetings.models.results import Action
from meetings.queries.items import items_of
from meetings.queries.results import tasks_for

MINUTE = timedelta(minutes=1)
Find = Callable[[str], Actor]


def write_down(sitting_id: int, starts: datetime, told: dict[str, Any], find: Find) -> None:
    """``find`` gives somebody by staff number."""
    writer, at = find(told["by"]), starts
    with clock.at(at):
        call_roll(writer, sitting_id, RollDraft(tuple((find(who).user_id, presence, deputy) for who, presence, deputy in told["roll"])))
    items = {item.title: item.id for item in items_of(sitting_id)}
    for note in told["notes"]:
        with clock.at(at):
            start_item(writer, items[note["item"]])
        for entry in note.get("entries", []):
            at += MINUTE
            with clock.at(at):
                write_entry(writer, items[note["item"]], _entry(entry, find))
        with clock.at(at):
            _vote(writer, items[note["item"]], note, find)
        at = max(at, starts + note["until"] * MINUTE)
    with clock.at(at):
        close_sitting(writer, sitting_id)
    _after(sitting_id, at, told, find)


def _entry(told: dict[str, Any], find: Find) -> EntryDraft:
    due = clock.today() + timedelta(days=told["due"]) if "due" in told else None
    return EntryDraft(told["kind"], told["body"], told.get("speaker", ""), find(told["owner"]).user_id if "owner" in told else None, due)


def _vote(writer: Actor, item_id: int, note: dict[str, Any], find: Find) -> None:
    if "vote" in note:
        vote_id: int = open_vote(writer, item_id, VoteDraft("named", note["vote"]["question"]))
        for who, choice in note["vote"]["ballots"]:
            cast_ballot(find(who), vote_id, choice)
        end_vote(writer, vote_id)


def _after(sitting_id: int, at: datetime, told: dict[str, Any], find: Find) -> None:
    """Days later: 概要, the draft goes round, some mend it, the chair confirms, some of what was asked is done."""
    writer = find(told["by"])
    with clock.at(at + timedelta(days=1)):
        publish_summary(writer, sitting_id)
    with clock.at(at + timedelta(days=4)):
        move_minutes(writer, sitting_id, "ask")
        for who in told["reviewed"]:
            review_minutes(find(who), sitting_id)
        tasks = {task.line.entry.body: task.line for task in tasks_for(writer, Action.body_id > 0)}
        for who, body, wanted in told.get("corrections", []):
            propose_correction(find(who), tasks[body].entry.id, CorrectionDraft(wanted))
    if "locked_by" in told:
        with clock.at(at + timedelta(days=8)):
            move_minutes(find(told["locked_by"]), sitting_id, "lock")
    with clock.at(at + timedelta(days=12)):
        for task in tasks_for(writer, Action.state == "open"):
            if task.line.entry.body in told.get("done", {}):
                note = told["done"][task.line.entry.body]
                change_action(writer, task.action.id, ActionDraft("done", note, task.action.due_on, task.action.version))

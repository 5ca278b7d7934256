"""Votes and what came of them; what somebody is to do."""
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from meetings.models.minutes import Entry
from meetings.models.results import CHOICES, OPEN, Action, Ballot, Vote
from meetings.models.sittings import Item, Sitting
from meetings.permissions import Topic, can_read_item
from meetings.queries.minutes import lines_on_items_for, note_for
from meetings.queries.sittings import tables_for
from meetings.rights import Poll, Task, can_see_action


@dataclass(frozen=True, slots=True)
class Tally:
    """``choices``: (value, words, how many), ``by``: each member's choice."""

    vote: Vote
    choices: list[tuple[str, str, int]]
    by: dict[int, str]

    def number(self, choice: str) -> int:
        return sum(1 for each in self.by.values() if each == choice)


def poll_for(actor: Actor, vote_id: int) -> Poll:
    vote = db.session.get(Vote, vote_id)
    if vote is None:
        raise NotFound
    return Poll(vote, note_for(actor, vote.item_id))


def tally_of(vote: Vote) -> Tally:
    return _tally(vote, list(db.session.scalars(select(Ballot).where(Ballot.vote_id == vote.id))))


def tallies_of(sitting_id: int) -> dict[int, list[Tally]]:
    """By item; two questions."""
    votes = list(db.session.scalars(select(Vote).where(Vote.sitting_id == sitting_id).order_by(Vote.id)))
    given: dict[int, list[Ballot]] = defaultdict(list)
    for ballot in db.session.scalars(select(Ballot).where(Ballot.vote_id.in_([vote.id for vote in votes]))) if votes else ():
        given[ballot.vote_id].append(ballot)
    found: dict[int, list[Tally]] = defaultdict(list)
    for vote in votes:
        found[vote.item_id].append(_tally(vote, given[vote.id]))
    return found


def task_for(actor: Actor, action_id: int) -> Task:
    found = tasks_for(actor, Action.id == action_id)
    if not found:
        raise NotFound
    return found[0]


def action_for(_: Actor, action_id: int) -> Action:
    """For the house itself, which reminds."""
    action = db.session.get(Action, action_id)
    if action is None:
        raise NotFound
    return action


def actions_to_chase() -> list[int]:
    """Due tomorrow or before, of minutes that are on the record, and nobody was told today."""
    asked = (select(Action.id).join(Entry, Entry.id == Action.entry_id)
             .where(Action.state == OPEN, Action.due_on <= clock.today() + timedelta(days=1), Entry.removed.is_(False)))
    return list(db.session.scalars(asked.where(or_(Action.chased_on.is_(None), Action.chased_on < clock.today())).order_by(Action.id)))


def tasks_for(actor: Actor, *where: Any) -> list[Task]:
    """What is due first stands first, what has no day last; one question, however many."""
    def with_actions(asked: Select[Any]) -> Select[Any]:
        return asked.add_columns(Action).join(Action, Action.entry_id == Entry.id).where(*where)
    tasks = [Task(row.Action, line) for line, row in lines_on_items_for(actor, with_actions)]
    return sorted((task for task in tasks if can_see_action(actor, task)), key=lambda task: (task.action.due_on or date.max, task.action.id))


def own_actions(actor: Actor) -> list[tuple[Action, Entry, Topic]]:
    """What one is to do, of items that one may still read; two questions."""
    asked = (select(Action, Entry, Item).join(Entry, Entry.id == Action.entry_id).join(Item, Item.id == Entry.item_id)
             .where(Action.owner_id == actor.user_id, Action.state == OPEN, Entry.removed.is_(False)).order_by(Action.due_on, Action.id))
    rows = db.session.execute(asked).all()
    tables = {table.sitting.id: table for table in tables_for(actor, Sitting.id.in_({row.Item.sitting_id for row in rows}))} if rows else {}
    found = [(row.Action, row.Entry, Topic(row.Item, tables[row.Item.sitting_id])) for row in rows if row.Item.sitting_id in tables]
    return [(action, entry, topic) for action, entry, topic in found if can_read_item(actor, topic)]


def actions_of(entry_ids: Collection[int]) -> dict[int, Action]:
    """By paragraph."""
    return {row.entry_id: row for row in db.session.scalars(select(Action).where(Action.entry_id.in_(entry_ids)))} if entry_ids else {}


def carried_to(actor: Actor, sitting: Sitting) -> list[Task]:
    """What is still to be done from earlier sittings of the body, as far as one may read it."""
    earlier = (select(Entry.id).join(Sitting, Sitting.id == Entry.sitting_id)
               .where(Sitting.body_id == sitting.body_id, Sitting.number < sitting.number).correlate(None))
    return tasks_for(actor, Action.body_id == sitting.body_id, Action.state == OPEN, Action.entry_id.in_(earlier))


def are_actions_open(body_id: int) -> bool:
    return db.session.scalar(select(Action.id).where(Action.body_id == body_id, Action.state == OPEN).limit(1)) is not None


def is_late(action: Action) -> bool:
    return action.state == OPEN and action.due_on is not None and action.due_on < clock.today()


def _tally(vote: Vote, ballots: list[Ballot]) -> Tally:
    counted = Counter(ballot.choice for ballot in ballots)
    return Tally(vote, [(value, words, counted[value]) for value, words in CHOICES[vote.kind].items()],
                 {ballot.user_id: ballot.choice for ballot in ballots})

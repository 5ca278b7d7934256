"""How a paragraph of minutes and something to be done look from elsewhere; the owner authorises."""
from collections.abc import Collection

from flask import url_for

from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card
from meetings.cards import name_of
from meetings.models.minutes import ENTRY_KINDS
from meetings.models.prints import PRINTS
from meetings.models.results import ACTION_STATES, Action
from meetings.queries.minutes import lines_for
from meetings.queries.prints import prints_for
from meetings.queries.results import tasks_for
from meetings.sheets import VERSIONS


def entry_cards(actor: Actor, entry_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.entry", line.entry.id), line.note.topic.item.title, address_of(line.entry.sitting_id, line.entry.item_id), "meet",
                 f"議事録（{ENTRY_KINDS[line.entry.kind]}）・{name_of(line.note.desk.table)}", line.entry.body)
            for line in lines_for(actor, entry_ids)]


def action_cards(actor: Actor, action_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.action", task.action.id), task.line.entry.body, url_for("meetings.action", action_id=task.action.id), "todo",
                 f"対応事項（{ACTION_STATES[task.action.state]}）・{name_of(task.line.note.desk.table)}")
            for task in tasks_for(actor, Action.id.in_(action_ids))]


def print_cards(actor: Actor, print_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.print", row.id), f"{PRINTS[row.what]}（{VERSIONS[row.level]}）", url_for("meetings.prints", sitting_id=row.sitting_id),
                 "book", "会議") for row in prints_for(actor, print_ids)]


def address_of(sitting_id: int, item_id: int) -> str:
    return url_for("meetings.minutes", sitting_id=sitting_id, _anchor=f"rec-{item_id}")

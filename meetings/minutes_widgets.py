"""What one is to do after a sitting, for the first page: what one was asked for, and minutes to be read through."""
from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo
from meetings.cards import name_of
from meetings.queries.results import own_actions
from meetings.queries.reviewing import sittings_to_review

CLOSES = time(17, 15)


def actions_to_do(actor: Actor) -> Iterator[Todo]:
    for action, entry, topic in own_actions(actor):
        due = datetime.combine(action.due_on, CLOSES, clock.JST) if action.due_on else None
        about = f"{name_of(topic.table)}・{topic.item.title}"
        yield Todo("対応", "todo", entry.body, url_for("meetings.action", action_id=action.id), "様子を書く", about, due)


def minutes_to_review(actor: Actor) -> Iterator[Todo]:
    for sitting, body in sittings_to_review(actor):
        url = url_for("meetings.minutes", sitting_id=sitting.id)
        yield Todo("議事録", "confirm", f"第{sitting.number}回 {body.name} の議事録", url, "読んで確認する")

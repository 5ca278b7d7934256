"""How an application looks from elsewhere."""
from collections.abc import Collection, Sequence

from groupware.kernel.actor import Actor
from groupware.kernel.things import Card
from groupware.ui.paths import path_for
from telework.models.applications import STATES, Application
from telework.queries.applications import seen_among
from telework.rules import week_of


def application_cards(actor: Actor, application_ids: Collection[int]) -> list[Card]:
    return [Card(each.ref, title_of(each), path_for("telework.application", application_id=each.id), "house", STATES[each.state], each.work[:120])
            for each in seen_among(actor, application_ids)]


def title_of_week(applications: Sequence[Application]) -> str:
    first = applications[0]
    monday = week_of(first.on_date)[0]
    return f"{first.user_name} {monday.month}月{monday.day}日からの週のテレワーク（{len(applications)}件）"


def title_of(application: Application) -> str:
    day = application.on_date
    return f"{application.user_name} {day.month}月{day.day}日のテレワーク（{application.when}）"

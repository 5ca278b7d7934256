"""What of it is to be done today: by a head, and by whoever works at home; and who of one's section is elsewhere."""
from collections.abc import Iterator
from datetime import datetime, time

from groupware.directory.queries import people_cards
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo, Widget
from groupware.ui.paths import path_for
from telework.cards import title_of, title_of_week
from telework.models.applications import ASKED, GRANTED, Application
from telework.port import worded
from telework.queries.applications import in_weeks, today_of, waiting_for
from telework.queries.days import now_near

SHOWN = 8


def applications_to_do(actor: Actor) -> Iterator[Todo]:
    """What somebody has asked for in one week is one thing to do."""
    for rows in in_weeks(waiting_for(actor)):
        first, several = rows[0], len(rows) > 1
        if first.state == ASKED:
            title, url = (title_of_week(rows), path_for("telework.week", application_id=first.id)) if several else (title_of(first), _url(first))
            yield Todo("テレワーク", "house", title, url, "承認する", first.user_label, _end(first))
        else:
            yield from (Todo("テレワーク", "house", title_of(each), _url(each), "報告を確認する", each.user_label) for each in rows)


def reports_to_do(actor: Actor) -> Iterator[Todo]:
    if actor.outside:
        return
    for each in today_of(actor, clock.today()):
        act = "始業を報告する" if each.state == GRANTED else "終業を報告する"
        yield Todo("テレワーク", "house", f"今日のテレワーク：{act[:2]}の報告", _url(each), act, each.work[:40])


def elsewhere(actor: Actor) -> Widget | None:
    """Those of one's own section who are not in the office as ever, in this half of the day. One question; two more where there are any."""
    said = worded(now_near(actor))
    cards = people_cards([*said, actor.user_id]) if said else {}
    rows = [(card, said[card.id]) for card in cards.values() if card.id in said and card.unit_id == cards[actor.user_id].unit_id]
    if not rows:
        return None
    return Widget("課の在席", f"{len(rows)}人が庁舎の外", "telework/_elsewhere.html", list(rows[:SHOWN]), url=path_for("telework.index"), order=60)


def _url(application: Application) -> str:
    return path_for("telework.application", application_id=application.id)


def _end(application: Application) -> datetime:
    return datetime.combine(application.on_date, time(8, 30), clock.JST)

"""What one is asked for before a sitting, for the first page: items of one's unit, papers of what one presents."""
from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo
from meetings.cards import name_of
from meetings.queries.inquiries import papers_awaited_of, waiting_for

CLOSES = time(17, 15)


def items_to_bring(actor: Actor) -> Iterator[Todo]:
    for unit, inquiry, table in waiting_for(actor):
        url = url_for("meetings.replying", inquiry_id=inquiry.id, unit_id=unit.unit_id)
        yield Todo("照会", "reply", f"{name_of(table)} に出す議題", url, "答える", unit.name, datetime.combine(inquiry.answer_by, CLOSES, clock.JST))


def papers_to_bring(actor: Actor) -> Iterator[Todo]:
    for awaited, item, table in papers_awaited_of(actor):
        due = datetime.combine(awaited.due_on, CLOSES, clock.JST) if awaited.due_on else None
        url = url_for("meetings.new_papers", item_id=item.id, awaited=awaited.id)
        yield Todo("資料", "file", f"{item.title}：{awaited.title}", url, "資料を付ける", name_of(table), due)

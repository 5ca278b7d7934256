"""Items come onto the agenda, are changed, moved, taken off."""
from collections.abc import Sequence

from sqlalchemy import delete, update

from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.agenda import Topic as About
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from meetings.agenda import DEEPEST
from meetings.commands.levels import level_items
from meetings.commands.sittings import STALE
from meetings.events import ItemAdded, ItemChanged, ItemDropped, ItemMoved
from meetings.forms import LONGEST_NOTE, LONGEST_TITLE, ItemDraft
from meetings.models.bodies import closest
from meetings.models.inquiries import AwaitedPaper, Offer
from meetings.models.sittings import DISCUSS, Item
from meetings.permissions import Meetings, Table, Topic
from meetings.queries.items import items_of, papers_of, topic_for
from meetings.queries.sittings import table_for

UP, DOWN, MINUTES = "up", "down", 10


@command(Meetings.PREPARE, on=table_for)
def add_item(actor: Actor, table: Table, draft: ItemDraft) -> int:
    """At the end of its place."""
    above = _above(table, draft)
    level = _level(table, above, draft.level)
    item = Item(sitting_id=table.sitting.id, parent_id=draft.parent_id, position=0, level=level, version=1, **_said(draft))
    db.session.add(item)
    db.session.flush()
    item.position = item.id
    record(actor, ItemAdded(item.id, table.sitting.id))
    return item.id


@command(Meetings.PREPARE, on=table_for)
def put_topics(actor: Actor, table: Table, topics: Sequence[About]) -> None:
    """All at the end, in one act. What this sitting is to speak of already is left out."""
    there = {item.about for item in items_of(table.sitting.id)}
    wanted = [topic for topic in topics if str(topic.about) not in there]
    if not wanted:
        raise Already(None)
    for topic in wanted:
        item = Item(sitting_id=table.sitting.id, position=0, level=_level(table, None, None), version=1, title=topic.title[:LONGEST_TITLE],
                    kind=DISCUSS, minutes=MINUTES, note=topic.note[:LONGEST_NOTE], about=str(topic.about))
        db.session.add(item)
        db.session.flush()
        item.position = item.id
        record(actor, ItemAdded(item.id, table.sitting.id))


@command(Meetings.EDIT_ITEM, on=topic_for)
def change_item(actor: Actor, topic: Topic, draft: ItemDraft) -> None:
    """What stands below an item that is closed more is closed with it. Its place in the agenda stays."""
    item = topic.item
    if item.version != draft.version:
        raise Conflict(STALE)
    for name, value in _said(draft).items():
        setattr(item, name, value)
    item.version += 1
    db.session.flush()
    level_items(items_of(item.sitting_id), topic.table.seat.body)
    record(actor, ItemChanged(item.id, item.sitting_id))


@command(Meetings.EDIT_ITEM, on=topic_for)
def move_item(actor: Actor, topic: Topic, way: str) -> None:
    """Past its neighbour; all times follow by themselves."""
    siblings = [item for item in items_of(topic.item.sitting_id) if item.parent_id == topic.item.parent_id]
    place = siblings.index(topic.item)
    other = place - 1 if way == UP else place + 1
    if not 0 <= other < len(siblings):
        raise Already(None)
    siblings[place], siblings[other] = siblings[other], siblings[place]
    for position, item in enumerate(siblings, 1):
        item.position = position
    record(actor, ItemMoved(topic.item.id, topic.item.sitting_id))


@command(Meetings.EDIT_ITEM, on=topic_for)
def drop_item(actor: Actor, topic: Topic) -> None:
    """Only what nothing hangs on: papers and items below are taken off one by one, so that nothing goes unseen."""
    item = topic.item
    if any(paper.item_id == item.id for paper in papers_of(item.sitting_id)):
        raise Invalid("この議題には資料が付いています。先に資料を外してください。")
    if any(each.parent_id == item.id for each in items_of(item.sitting_id)):
        raise Invalid("この議題の下に、別の議題があります。先に下の議題を外してください。")
    db.session.execute(delete(AwaitedPaper).where(AwaitedPaper.item_id == item.id))
    db.session.execute(update(Offer).where(Offer.item_id == item.id).values(item_id=None))
    db.session.delete(item)
    record(actor, ItemDropped(item.id, item.sitting_id))


def _said(draft: ItemDraft) -> dict[str, object]:
    if draft.presenter_id is not None and draft.presenter_id not in people_cards([draft.presenter_id]):
        raise Invalid(presenter_id="説明する人が名簿に見つかりません。選び直してください。")
    return {"title": draft.title, "kind": draft.kind, "minutes": draft.minutes, "own_level": draft.level, "presenter_id": draft.presenter_id,
            "presenter": draft.presenter, "note": draft.note}


def _above(table: Table, draft: ItemDraft) -> Item | None:
    if draft.parent_id is None:
        return None
    items = {item.id: item for item in items_of(table.sitting.id)}
    if draft.parent_id not in items:
        raise Invalid(parent="どの議題の下に置くかを選び直してください。")
    if depth_of(items, draft.parent_id) >= DEEPEST:
        raise Invalid(parent="議題は 1 (1) ア の三段までです。")
    return items[draft.parent_id]


def depth_of(items: dict[int, Item], item_id: int) -> int:
    depth, above = 0, items[item_id].parent_id
    while above:
        depth, above = depth + 1, items[above].parent_id
    return depth


def _level(table: Table, above: Item | None, own: str | None) -> str:
    return closest(table.seat.body.level, above.level if above else None, own)


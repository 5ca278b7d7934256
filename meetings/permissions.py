"""Who may do what with bodies, sittings, items and papers: one rule, ``may_read``, closes whatever is closed."""
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, func, or_, select

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from meetings.models.bodies import CHAIR, MEMBER, MEMBERS, OBSERVER, PUBLIC, SECRET, SECRETARY, SPEAKER, STAFF, Body, Member
from meetings.models.sittings import CALLED, CANCELLED, PLANNED, Item, Paper, Sitting

READERS = {PUBLIC: (CHAIR, MEMBER, SECRETARY, SPEAKER, OBSERVER), STAFF: (CHAIR, MEMBER, SECRETARY, SPEAKER, OBSERVER),
           MEMBERS: (CHAIR, MEMBER, SECRETARY, SPEAKER), SECRET: (CHAIR, MEMBER, SECRETARY)}
EARLY = (SECRETARY, CHAIR)


class Meetings(Permission):
    FOUND = "会議体をつくる"
    KNOW = "会議体を見る"
    MANAGE = "会議体の名前と顔ぶれを変える"
    KEEP = "会議体の顔ぶれを、そのチームの構成員に合わせる"
    PLAN = "会議を計画する"
    SEE = "会議の次第を見る"
    PREPARE = "会議の次第を整え、開催を知らせる"
    ANSWER = "会議の出欠を答える"
    READ_ITEM = "議題を見る"
    EDIT_ITEM = "議題を直す"
    HANG = "議題に資料を付ける"
    READ_PAPER = "資料を読む"
    REPLACE = "資料を差し替える・外す"
    FOLLOW = "会議の資料を見て、発表者についていく"
    PRESENT = "会議で発表する"
    NOTE = "資料に自分だけの書き込みをする"


@dataclass(frozen=True, slots=True)
class Seat:
    """A body and one's role in it, "" for none."""

    body: Body
    role: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sitting in one's hands; ``speaks``: presents one of its items, whoever one is."""

    sitting: Sitting
    seat: Seat
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    item: Item
    table: Table


@dataclass(frozen=True, slots=True)
class Leaf:
    paper: Paper
    topic: Topic


def levels_open_to(actor: Actor, role: str) -> set[str]:
    return {level for level in READERS if may_read(actor, level, role)}


def may_read(actor: Actor, level: str, role: str) -> bool:
    """公開 to everybody here, 庁内 to the staff and to members from outside, what is closer by one's role."""
    return role in READERS[level] or level == PUBLIC or (level == STAFF and not actor.outside)


def can_found(actor: Actor, _: object = None) -> bool:
    return not actor.outside


def can_know(actor: Actor, seat: Seat) -> bool:
    return may_read(actor, seat.body.level, seat.role) or can_manage(actor, seat) or actor.has("system")


def can_manage(actor: Actor, seat: Seat) -> bool:
    """The administrator too, so that no body is left without anybody to keep it; its sittings stay closed to them."""
    return can_plan(actor, seat) or actor.has("administrator")


def can_plan(_: Actor, seat: Seat) -> bool:
    return seat.role == SECRETARY and seat.body.archived_at is None


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


def can_see(actor: Actor, table: Table) -> bool:
    """Whoever may read at the level of the body, once it is called; and who presents there."""
    if table.sitting.state == PLANNED:
        return is_early(table)
    return table.speaks or may_read(actor, table.seat.body.level, table.seat.role)


def visible_sittings(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see`` allows: both are held together by a test."""
    role = func.coalesce(Member.role, "")
    speaks = exists().where(Item.sitting_id == Sitting.id, Item.presenter_id == actor.user_id)
    here = levels_open_to(actor, "")
    reads = [Body.level.in_(here), *(and_(Body.level == level, role.in_(roles)) for level, roles in READERS.items() if level not in here)]
    asked = (select(Sitting.id).join(Body, Body.id == Sitting.body_id)
             .outerjoin(Member, and_(Member.body_id == Body.id, Member.user_id == actor.user_id)))
    return asked.where(or_(and_(Sitting.state == PLANNED, role.in_(EARLY)), and_(Sitting.state != PLANNED, or_(speaks, *reads))))


def can_prepare(_: Actor, table: Table) -> bool:
    return table.seat.role == SECRETARY and table.sitting.state != CANCELLED


def can_answer(actor: Actor, table: Table) -> bool:
    """Who was called: members, and who presents; until it begins."""
    called = bool(table.seat.role) or table.speaks
    return called and can_see(actor, table) and table.sitting.state == CALLED and clock.now() < table.sitting.starts_at


def can_read_item(actor: Actor, topic: Topic) -> bool:
    return can_see(actor, topic.table) and (_presents(actor, topic) or may_read(actor, topic.item.level, topic.table.seat.role))


def can_edit_item(actor: Actor, topic: Topic) -> bool:
    return can_prepare(actor, topic.table)


def can_hang(actor: Actor, topic: Topic) -> bool:
    """Who presents the item brings its papers."""
    return can_read_item(actor, topic) and topic.table.sitting.state != CANCELLED and (
        can_prepare(actor, topic.table) or _presents(actor, topic))


def can_read_paper(actor: Actor, leaf: Leaf) -> bool:
    """Not a second before it opens, but for those who prepare it."""
    return can_read_item(actor, leaf.topic) and (
        is_open(leaf.paper, leaf.topic.table.sitting) or is_early(leaf.topic.table) or _presents(actor, leaf.topic))


def can_replace(actor: Actor, leaf: Leaf) -> bool:
    return can_hang(actor, leaf.topic)


def can_present(actor: Actor, table: Table) -> bool:
    """Whoever belongs to it but to listen, and who presents something there."""
    return can_see(actor, table) and table.sitting.state != CANCELLED and (table.speaks or table.seat.role in {CHAIR, MEMBER, SECRETARY, SPEAKER})


def is_early(table: Table) -> bool:
    """Sees what is being prepared."""
    return table.seat.role in EARLY


def is_open(paper: Paper, sitting: Sitting) -> bool:
    if sitting.called_at is None:
        return False
    return clock.now() >= (sitting.starts_at if paper.handout else sitting.papers_at or sitting.called_at)


def _presents(actor: Actor, topic: Topic) -> bool:
    return topic.item.presenter_id == actor.user_id


RULES: dict[Permission, Rule] = {
    Meetings.FOUND: can_found, Meetings.KNOW: can_know, Meetings.MANAGE: can_manage, Meetings.KEEP: is_system,
    Meetings.PLAN: can_plan, Meetings.SEE: can_see,
    Meetings.PREPARE: can_prepare, Meetings.ANSWER: can_answer, Meetings.READ_ITEM: can_read_item, Meetings.EDIT_ITEM: can_edit_item,
    Meetings.HANG: can_hang, Meetings.READ_PAPER: can_read_paper, Meetings.REPLACE: can_replace,
    Meetings.FOLLOW: can_see, Meetings.PRESENT: can_present, Meetings.NOTE: can_read_paper,
}

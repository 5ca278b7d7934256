"""Who is in a room."""
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from chat.models import Member, MemberRule, Room
from groupware.directory.queries import PersonCard, members_of_group, members_of_unit, people_cards
from groupware.kernel import db
from groupware.kernel.text import fold

MOST_MATCHES = 8


def member_ids(room_id: int, *, by_rule: bool | None = None) -> set[int]:
    """Those who are in now; with ``by_rule`` only those who are, or are not, in by an org rule."""
    asked = select(Member.user_id).where(Member.room_id == room_id, Member.left_at.is_(None))
    if by_rule is not None:
        asked = asked.where(Member.by_rule == by_rule)
    return set(db.session.scalars(asked))


def not_seen_by(room_id: int, seq: int) -> set[int]:
    """Members on whose screen the message has not been."""
    return set(db.session.scalars(select(Member.user_id).where(Member.room_id == room_id, Member.left_at.is_(None), Member.seen_seq < seq)))


def members_of(room_id: int) -> list[Member]:
    return list(db.session.scalars(select(Member).where(Member.room_id == room_id, Member.left_at.is_(None))))


def member_count(room_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Member.room_id == room_id, Member.left_at.is_(None))) or 0


def covered_by_rules(room_id: int) -> set[int]:
    """Whom the room's org rules name today, and who is in its group."""
    group_id = db.session.scalar(select(Room.group_id).where(Room.id == room_id))
    grouped = set(members_of_group(group_id)) if group_id else set()
    return grouped | {user_id for unit_id, below in rules_of(room_id) for user_id in members_of_unit(unit_id, below=below)}


def rules_of(room_id: int) -> list[tuple[int, bool]]:
    """(unit, with all below it)."""
    return [(rule.unit_id, rule.below) for rule in db.session.scalars(select(MemberRule).where(MemberRule.room_id == room_id))]


def rooms_with_rules() -> list[int]:
    ruled = Room.id.in_(select(MemberRule.room_id)) | Room.group_id.is_not(None)
    return list(db.session.scalars(select(Room.id).where(Room.archived_at.is_(None), ruled)))


def matching_members(room_id: int, text: str) -> list[PersonCard]:
    """Members whose name or かな holds what was typed, 邉 and 辺 being one; at most eight."""
    wanted = fold(text)
    cards = people_cards(sorted(member_ids(room_id))).values()
    return [card for card in cards if wanted in fold(card.name) or wanted in fold(card.kana)][:MOST_MATCHES]


def shares_a_room(one: int, other: int) -> bool:
    left, right = aliased(Member), aliased(Member)
    both = exists().where(left.room_id == right.room_id, left.user_id == one, right.user_id == other, left.left_at.is_(None), right.left_at.is_(None))
    return bool(db.session.scalar(select(both)))


def rooms_of(user_id: int) -> list[int]:
    return list(db.session.scalars(select(Member.room_id).where(Member.user_id == user_id, Member.left_at.is_(None))))

"""Making rooms, and who is in them."""
from sqlalchemy import delete, insert, select, update

from chat.commands.numbers import next_change
from chat.events import MemberRemoved, MembersAdded, RoomChanged, RoomCreated
from chat.forms import RoomDraft
from chat.models import CLOSED, DIRECT, Member, MemberRule, Room
from chat.permissions import Chat, Seat
from chat.queries.members import covered_by_rules, member_ids, rules_of, shares_a_room
from chat.queries.seats import room_for
from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid, NotFound


@command(Chat.CREATE)
def create_room(actor: Actor, draft: RoomDraft) -> int:
    """The room's id. Who makes it manages it; units are members by rule, people by name."""
    room = _new_room(actor, draft.kind, draft.name, purpose=draft.purpose, measure=draft.measure)
    db.session.add_all(MemberRule(room_id=room.id, unit_id=unit, below=below) for unit, below in draft.units)
    db.session.flush()
    covered = covered_by_rules(room.id) if draft.units else set()
    named = _living((*draft.people, actor.user_id)) | {actor.user_id}
    _seat_people(room, named | covered, by_rule=covered - named)
    db.session.execute(update(Member).where(Member.room_id == room.id, Member.user_id == actor.user_id).values(manager=True))
    record(actor, RoomCreated(room.id, room.last_change, tuple(sorted(named | covered))))
    return room.id


@command(Chat.TALK)
def open_direct(actor: Actor, other_id: int) -> int:
    """The one room of two people, made when it is first needed. Raises NotFound for somebody an outsider shares no room with."""
    pair = sorted((actor.user_id, other_id))
    key = f"{pair[0]}-{pair[1]}"
    known = db.session.scalar(select(Room.id).where(Room.direct_key == key))
    if known:
        raise Already(known)
    _check_other(actor, other_id)
    room = _new_room(actor, DIRECT, "", direct_key=key)
    _seat_people(room, set(pair))
    record(actor, RoomCreated(room.id, room.last_change, tuple(pair)))
    return room.id


@command(Chat.MANAGE, on=room_for)
def change_room(actor: Actor, seat: Seat, name: str, purpose: str) -> None:
    if (seat.room.name, seat.room.purpose) == (name, purpose):
        raise Already(None)
    _touch(actor, seat.room, name=name, purpose=purpose)


@command(Chat.MANAGE, on=room_for)
def archive_room(actor: Actor, seat: Seat) -> None:
    """Nothing more is written; everything stays readable."""
    if seat.room.archived_at:
        raise Already(None)
    _touch(actor, seat.room, archived_at=clock.now())


@command(Chat.MANAGE, on=room_for)
def reopen_room(actor: Actor, seat: Seat) -> None:
    if not seat.room.archived_at:
        raise Already(None)
    _touch(actor, seat.room, archived_at=None)


@command(Chat.INVITE, on=room_for)
def add_members(actor: Actor, seat: Seat, user_ids: tuple[int, ...]) -> None:
    """By name. Who is in already stays as they are; what was said before they came is neither 既読 nor 未読 for them."""
    if seat.room.group_id:
        raise Invalid("この部屋の顔ぶれは、チームの構成員で決まります。チームの頁で構成員に加えてください。")
    newcomers = _living(user_ids) - member_ids(seat.room.id)
    if not newcomers:
        raise Already(None)
    _welcome(actor, seat.room, newcomers)


@command(Chat.JOIN, on=room_for)
def join_room(actor: Actor, seat: Seat) -> None:
    if seat.member:
        raise Already(None)
    _welcome(actor, seat.room, {actor.user_id})


@command(Chat.LEAVE, on=room_for)
def leave_room(actor: Actor, seat: Seat) -> None:
    _dismiss(actor, seat.room, actor.user_id)


@command(Chat.MANAGE, on=room_for)
def remove_member(actor: Actor, seat: Seat, user_id: int) -> None:
    """Every door closes within a second: the topic is left in every process, and each request asks the membership anew."""
    if user_id == actor.user_id:
        raise Invalid("自分を外すときは「部屋を出る」を使ってください。")
    if user_id not in member_ids(seat.room.id):
        raise NotFound("この部屋にいない人です。")
    _dismiss(actor, seat.room, user_id)


@command(Chat.FOLLOW, on=room_for)
def follow_rules(actor: Actor, seat: Seat) -> None:
    """Bring the members by rule in line with the organisation of today; people invited by name are left alone."""
    if not _align(actor, seat.room):
        raise Already(None)


@command(Chat.FOLLOW)
def open_group_room(actor: Actor, group_id: int, name: str, purpose: str) -> int:
    """For exactly those who are in the group."""
    room = _new_room(actor, CLOSED, name, purpose=purpose)
    room.group_id = group_id
    db.session.flush()
    covered = covered_by_rules(room.id)
    _seat_people(room, covered, by_rule=covered)
    record(actor, RoomCreated(room.id, room.last_change, tuple(sorted(covered))))
    return room.id


@command(Chat.FOLLOW, on=room_for)
def close_group_room(actor: Actor, seat: Seat) -> None:
    """As ``archive_room``, when the group is no more."""
    _touch(actor, seat.room, archived_at=clock.now())


@command(Chat.MANAGE, on=room_for)
def set_units(actor: Actor, seat: Seat, units: tuple[tuple[int, bool], ...]) -> None:
    """From now on everybody of these units is in, and whoever was in by another one alone is out."""
    if set(units) == set(rules_of(seat.room.id)):
        raise Already(None)
    db.session.execute(delete(MemberRule).where(MemberRule.room_id == seat.room.id))
    db.session.add_all(MemberRule(room_id=seat.room.id, unit_id=unit, below=below) for unit, below in units)
    db.session.flush()
    record(actor, RoomChanged(seat.room.id, next_change(seat.room)))
    _align(actor, seat.room)


def _align(actor: Actor, room: Room) -> bool:
    """The members by rule are those whom the rules name today. Whether anything had to be done."""
    covered, here = covered_by_rules(room.id), member_ids(room.id)
    gone = member_ids(room.id, by_rule=True) - covered
    if covered - here:
        _welcome(actor, room, covered - here, by_rule=covered - here)
    for user_id in sorted(gone):
        _dismiss(actor, room, user_id)
    return bool(gone or covered - here)


def _new_room(actor: Actor, kind: str, name: str, **more: str | None) -> Room:
    room = Room(kind=kind, name=name, created_by=actor.user_id, created_at=clock.now(), last_seq=0, last_change=1, guests=0, last_line="", **more)
    db.session.add(room)
    db.session.flush()
    return room


def _seat_people(room: Room, user_ids: set[int], by_rule: set[int] = frozenset()) -> None:    # type: ignore[assignment]
    """New rows, or the old row of somebody who had left: one seat per person and room."""
    now, seq = clock.now(), db.session.scalar(select(Room.last_seq).where(Room.id == room.id)) or 0
    known = set(db.session.scalars(select(Member.user_id).where(Member.room_id == room.id, Member.user_id.in_(user_ids))))
    fresh = {"joined_seq": seq, "read_seq": seq, "seen_seq": seq, "joined_at": now, "left_at": None, "changed": room.last_change, "manager": False}
    if known:
        db.session.execute(update(Member).where(Member.room_id == room.id, Member.user_id.in_(known)).values(**fresh, by_rule=False))
    rows = [{**fresh, "room_id": room.id, "user_id": user, "by_rule": user in by_rule, "favourite": False} for user in sorted(user_ids - known)]
    if rows:
        db.session.execute(insert(Member), rows)
    _count_guests(room)


def _welcome(actor: Actor, room: Room, user_ids: set[int], by_rule: set[int] = frozenset()) -> None:  # type: ignore[assignment]
    change = next_change(room)
    _seat_people(room, user_ids, by_rule)
    record(actor, MembersAdded(room.id, change, tuple(sorted(user_ids))))


def _dismiss(actor: Actor, room: Room, user_id: int) -> None:
    change = next_change(room)
    gone = update(Member).where(Member.room_id == room.id, Member.user_id == user_id)
    db.session.execute(gone.values(left_at=clock.now(), changed=change, manager=False, by_rule=False, favourite=False))
    _count_guests(room)
    record(actor, MemberRemoved(room.id, change, user_id))


def _count_guests(room: Room) -> None:
    guests = sum(card.outside for card in people_cards(sorted(member_ids(room.id))).values())
    db.session.execute(update(Room).where(Room.id == room.id).values(guests=guests))


def _touch(actor: Actor, room: Room, **values: object) -> None:
    change = next_change(room)
    db.session.execute(update(Room).where(Room.id == room.id).values(**values))
    record(actor, RoomChanged(room.id, change))


def _living(user_ids: tuple[int, ...]) -> set[int]:
    """Raises Invalid for a person who does not exist or has left the city hall."""
    cards = people_cards(sorted(set(user_ids)))
    if len(cards) != len(set(user_ids)) or any(card.state != "active" for card in cards.values()):
        raise Invalid(people="選ばれた人が見つかりません。")
    return set(cards)


def _check_other(actor: Actor, other_id: int) -> None:
    card = people_cards([other_id]).get(other_id)
    if other_id == actor.user_id:
        raise Invalid("相手を選んでください。")
    if card is None or ((actor.outside or card.outside) and not shares_a_room(actor.user_id, other_id)):
        raise NotFound("その人とは個人の部屋をひらけません。")

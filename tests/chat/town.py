"""A few invented people and rooms, made by the commands, for the tests of the rooms."""
from itertools import count
from uuid import uuid4

from chat.commands.messages import post_message, reply_message
from chat.commands.rooms import add_members, create_room
from chat.forms import MessageDraft, RoomDraft
from chat.models import Member, Message, Room
from groupware.directory.commands.people import create_person, grant_role
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.directory.queries import actor_for
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM, Actor

_numbers = count(1)


def unit(code: str, name: str, parent: str = "") -> int:
    return create_unit(SYSTEM, UnitDraft.parse({"code": code, "name": name, "kind": "課", "parent_code": parent}))


def person(name: str = "藤倉 美咲", *, kind: str = "正職員", unit_code: str = "", roles: tuple[str, ...] = ()) -> Actor:
    family, _, given = name.partition(" ")
    user_id = create_person(SYSTEM, PersonDraft.parse({"staff_number": f"{next(_numbers):06}", "family": family, "given": given,
                                                       "family_kana": "ふじくら", "given_kana": "みさき", "kind": kind}))
    if unit_code:
        assign_person(SYSTEM, user_id, PlaceDraft.parse({"unit_code": unit_code, "post": "主事", "starts_on": "2025-04-01"}))
    for role in roles:
        grant_role(SYSTEM, user_id, role)
    return again(user_id)


def adviser(name: str = "三枝 透") -> Actor:
    return person(name, kind="外部", roles=("adviser",))


def again(user_id: int) -> Actor:
    """The actor as of now."""
    actor = actor_for(user_id)
    assert actor is not None
    return actor


def room(owner: Actor, *members: Actor, kind: str = "closed", name: str = "窓口DX推進チーム", units: tuple[int, ...] = ()) -> int:
    draft = RoomDraft.parse({"name": name, "kind": kind, "people": [m.user_id for m in members], "units": list(units)})
    return create_room(owner, draft)


def draft(text: str = "おはようございます", key: str | None = None) -> MessageDraft:
    return MessageDraft.parse({"text": text, "key": key or uuid4().hex})


def say(actor: Actor, room_id: int, text: str = "おはようございます", key: str | None = None) -> Message:
    return message(post_message(actor, room_id, draft(text, key)).id)


def answer(actor: Actor, to: Message, text: str = "承知しました") -> Message:
    return message(reply_message(actor, to.id, draft(text)).id)


def invite(owner: Actor, room_id: int, *people: Actor) -> None:
    add_members(owner, room_id, tuple(each.user_id for each in people))


def message(message_id: int) -> Message:
    """As it is now; what happens later does not change this copy."""
    db.end_reading()
    found = db.session.get_one(Message, message_id)
    db.session.expunge(found)
    return found


def the_room(room_id: int) -> Room:
    db.end_reading()
    return db.session.get_one(Room, room_id)


def seat(room_id: int, actor: Actor) -> Member:
    db.end_reading()
    return db.session.get_one(Member, (room_id, actor.user_id))

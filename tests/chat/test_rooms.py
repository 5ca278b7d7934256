"""Who is in a room, and what each may do there."""
import pytest
from sqlalchemy import select

from chat.commands.messages import delete_message
from chat.commands.rooms import (
    add_members,
    archive_room,
    change_room,
    join_room,
    leave_room,
    open_direct,
    remove_member,
    reopen_room,
    set_units,
)
from chat.models import Member, Room
from chat.permissions import can_see, visible_messages, visible_rooms
from chat.queries.members import member_ids
from chat.queries.rooms import entries, joinable
from chat.queries.seats import Seat, room_for
from groupware.directory.commands.people import disable_person
from groupware.directory.queries import ids_by_unit_code
from groupware.kernel import db, jobs
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Forbidden, Invalid, NotFound
from groupware.ui.nav import tell_waiting
from tests.chat.town import adviser, invite, person, room, say, seat, the_room, unit
from tests.support.counting import statements

pytestmark = pytest.mark.usefixtures("each_house")


def test_a_room_is_among_the_visible_ones_if_and_only_if_it_can_be_seen() -> None:
    owner, member, stranger, outsider = person(), person("柏木 真帆"), person("大沢 健"), adviser()
    left = room(owner, member, name="出た部屋")
    leave_room(member, left)
    ids = [room(owner, member), room(owner, kind="open"), room(owner, outsider, kind="announcement"), open_direct(owner, member.user_id), left]
    for actor in (owner, member, stranger, outsider):
        visible = set(db.session.scalars(visible_rooms(actor)))
        for room_id in ids:
            found = db.session.get(Member, (room_id, actor.user_id))
            there = found if found and not found.left_at else None
            assert (room_id in visible) is can_see(actor, Seat(db.session.get_one(Room, room_id), there)), (actor.name, room_id)


def test_a_message_is_in_sight_if_its_room_is_and_it_was_not_taken_back() -> None:
    owner, member, stranger, outsider = person(), person("柏木 真帆"), person("大沢 健"), adviser()
    closed, opened, gone = say(owner, room(owner, member)).id, say(owner, room(owner, kind="open")).id, say(owner, room(owner, member)).id
    delete_message(owner, gone)
    expected = {owner: {closed, opened}, member: {closed, opened}, stranger: {opened}, outsider: set()}
    assert {who: set(db.session.scalars(visible_messages(who))) for who in expected} == expected


def test_two_people_have_one_direct_room_whoever_opens_it() -> None:
    one, two = person(), person("柏木 真帆")
    assert open_direct(one, two.user_id) == open_direct(two, one.user_id)


def test_a_direct_room_is_never_widened_left_or_managed() -> None:
    one, two, three = person(), person("柏木 真帆"), person("大沢 健")
    room_id = open_direct(one, two.user_id)
    for act in (lambda: add_members(one, room_id, (three.user_id,)), lambda: leave_room(one, room_id), lambda: change_room(one, room_id, "名", ""),
                lambda: archive_room(one, room_id), lambda: remove_member(one, room_id, two.user_id)):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(NotFound):
        say(three, room_id)
    assert member_ids(room_id) == {one.user_id, two.user_id}


def test_an_adviser_talks_only_with_people_of_shared_rooms_and_makes_no_rooms() -> None:
    owner, stranger, outsider = person(), person("大沢 健"), adviser()
    room(owner, outsider)
    assert open_direct(outsider, owner.user_id)
    with pytest.raises(NotFound):
        open_direct(outsider, stranger.user_id)
    with pytest.raises(Forbidden):
        room(outsider)


def test_an_adviser_in_a_room_is_counted_where_everybody_sees_it() -> None:
    owner, outsider = person(), adviser()
    room_id = room(owner, outsider)
    assert the_room(room_id).guests == 1
    remove_member(owner, room_id, outsider.user_id)
    assert the_room(room_id).guests == 0


def test_anybody_of_the_house_joins_an_open_room_and_invites_others() -> None:
    owner, visitor, third = person(), person("大沢 健"), person("森下 里奈")
    room_id = room(owner, kind="open")
    assert [each.id for each in joinable(visitor)] == [room_id]
    join_room(visitor, room_id)
    invite(visitor, room_id, third)
    assert member_ids(room_id) == {owner.user_id, visitor.user_id, third.user_id}


def test_in_a_closed_room_only_managers_invite_and_remove() -> None:
    owner, member, third = person(), person("柏木 真帆"), person("大沢 健")
    room_id = room(owner, member)
    with pytest.raises(Forbidden):
        invite(member, room_id, third)
    with pytest.raises(Forbidden):
        remove_member(member, room_id, owner.user_id)


def test_nobody_who_has_left_the_city_hall_is_invited() -> None:
    owner, gone = person(), person("大沢 健")
    room_id = room(owner)
    disable_person(SYSTEM, gone.user_id)
    with pytest.raises(Invalid):
        invite(owner, room_id, gone)


def test_a_room_of_a_unit_follows_who_belongs_to_it() -> None:
    section = unit("0210", "市民課")
    chief = person(unit_code="0210")
    room_id = room(chief, units=(section,), name="市民課 連絡")
    newcomer = person("森下 里奈", unit_code="0210")
    settle()
    assert newcomer.user_id in member_ids(room_id)
    with pytest.raises(Forbidden):
        leave_room(newcomer, room_id)
    disable_person(SYSTEM, newcomer.user_id)
    settle()
    assert newcomer.user_id not in member_ids(room_id)


def test_the_units_of_a_room_are_chosen_anew_and_people_named_one_by_one_stay() -> None:
    unit("0300", "市民環境部"), unit("0310", "市民課", "0300"), unit("0320", "税務課", "0300")
    owner, one, two, named = person(), person("柏木 真帆", unit_code="0310"), person("小野寺 陽太", unit_code="0320"), person("大沢 健")
    citizens, taxes = (ids_by_unit_code()[code] for code in ("0310", "0320"))
    room_id = room(owner, named, units=(citizens,))
    assert member_ids(room_id) == {owner.user_id, named.user_id, one.user_id}
    set_units(owner, room_id, ((taxes, True),))
    assert member_ids(room_id) == {owner.user_id, named.user_id, two.user_id}
    for stranger in (named, one, adviser()):
        with pytest.raises((Forbidden, NotFound)):
            set_units(stranger, room_id, ())
    set_units(owner, room_id, ())
    assert member_ids(room_id) == {owner.user_id, named.user_id}


def test_a_unit_that_does_not_exist_is_no_rule() -> None:
    with pytest.raises(Invalid):
        room(person(), units=(999,))


def test_a_room_can_be_put_away_and_taken_out_again() -> None:
    owner = person()
    room_id = room(owner)
    say(owner, room_id)
    archive_room(owner, room_id)
    assert room_for(owner, room_id).room.archived_at
    reopen_room(owner, room_id)
    assert say(owner, room_id).seq == 2


def test_the_list_and_the_badge_show_the_same_number() -> None:
    owner, reader = person(), person("柏木 真帆")
    first, second = room(owner, reader), room(owner, reader, name="別の部屋")
    for _ in range(3):
        say(owner, first)
    say(owner, second)
    assert sorted(entry.unread for entry in entries(reader)) == [1, 3]
    assert [_in_the_rail(each) for each in (reader, person("大沢 健"), adviser())] == [4, 0, 0]
    archive_room(owner, second)
    remove_member(owner, first, reader.user_id)
    assert sum(entry.unread for entry in entries(reader)) == _in_the_rail(reader) == 0


def _in_the_rail(actor: Actor) -> int:
    db.forget_reading()
    with statements() as asked:
        found: int = tell_waiting(actor, {})["waits"]["chat.index"]
    assert len(asked) == 1
    return found


def test_who_comes_later_has_nothing_unread_from_before() -> None:
    owner, late = person(), person("柏木 真帆")
    room_id = room(owner)
    say(owner, room_id)
    invite(owner, room_id, late)
    assert (seat(room_id, late).joined_seq, seat(room_id, late).read_seq) == (1, 1)
    assert [entry.unread for entry in entries(late)] == [0]


def test_a_stranger_and_a_member_of_another_room_get_the_same_answer() -> None:
    owner, stranger = person(), person("大沢 健")
    with pytest.raises(NotFound) as hidden:
        room_for(stranger, room(owner))
    with pytest.raises(NotFound) as missing:
        room_for(stranger, 999_999)
    assert hidden.value.as_dict() == missing.value.as_dict()


def settle() -> None:
    while jobs.drain():
        pass
    db.end_reading()


def test_two_rooms_have_their_own_numbers() -> None:
    owner = person()
    one, two = room(owner), room(owner, name="別の部屋")
    assert [say(owner, one).seq, say(owner, two).seq, say(owner, one).seq] == [1, 1, 2]
    assert list(db.session.scalars(select(Room.last_seq).order_by(Room.id))) == [2, 1]

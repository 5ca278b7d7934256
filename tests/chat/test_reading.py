"""既読 and 未読: from two numbers per member."""
import pytest

from chat.commands.rooms import leave_room
from chat.models import Message
from chat.queries.reads import read_counts, readers_of
from chat.queries.rooms import unread
from chat.reading import cursors, move_cursor, set_back, set_favourite
from groupware.kernel import db, jobs
from groupware.kernel.errors import Invalid, NotFound
from groupware.notifications.queries import unread_count
from tests.chat.town import invite, message, person, room, say, seat

pytestmark = pytest.mark.usefixtures("each_house")


def test_seen_by_some_and_not_by_others_without_the_author() -> None:
    owner, one, two = person(), person("柏木 真帆"), person("大沢 健")
    room_id = room(owner, one, two)
    said = say(owner, room_id)
    assert counts(room_id, said) == (0, 2)
    read(one, room_id, said.seq)
    assert counts(room_id, said) == (1, 1)


def test_who_joined_later_is_neither_and_who_left_is_not_counted() -> None:
    owner, leaver, late = person(), person("大沢 健"), person("柏木 真帆")
    room_id = room(owner, leaver)
    said = say(owner, room_id)
    invite(owner, room_id, late)
    leave_room(leaver, room_id)
    read(late, room_id, said.seq)
    assert counts(room_id, said) == (0, 0)


def test_setting_back_to_unread_moves_the_badge_and_not_what_was_seen() -> None:
    owner, reader = person(), person("柏木 真帆")
    room_id = room(owner, reader)
    for _ in range(3):
        said = say(owner, room_id)
    read(reader, room_id, 3)
    set_back(reader, room_id, 2)
    assert (seat(room_id, reader).read_seq, seat(room_id, reader).seen_seq) == (1, 3)
    assert db.session.scalar(unread(reader.user_id)) == 2
    assert counts(room_id, said) == (1, 0)


def test_setting_back_comes_after_the_cursor_that_was_on_its_way() -> None:
    owner, reader = person(), person()
    room_id = room(owner, reader)
    for number in range(3):
        say(owner, room_id, f"{number}")
    move_cursor(reader, room_id, 3)
    assert set_back(reader, room_id, 2) == {"read": 1}
    cursors.now()
    assert (seat(room_id, reader).read_seq, seat(room_id, reader).seen_seq) == (1, 3)


def test_a_cursor_never_goes_back_nor_beyond_the_last_message() -> None:
    owner, reader = person(), person("柏木 真帆")
    room_id = room(owner, reader)
    for _ in range(3):
        say(owner, room_id)
    read(reader, room_id, 2)
    read(reader, room_id, 1)
    assert seat(room_id, reader).seen_seq == 2
    read(reader, room_id, 10_000)
    assert seat(room_id, reader).seen_seq == 3


def test_cursors_of_many_are_kept_together_and_a_stranger_moves_none() -> None:
    owner, stranger = person(), person("大沢 健")
    readers = [person(f"職員 {number}") for number in range(5)]
    room_id = room(owner, *readers)
    say(owner, room_id)
    for reader in readers:
        move_cursor(reader, room_id, 1)
    with pytest.raises(NotFound):
        move_cursor(stranger, room_id, 1)
    cursors.now()
    assert [seat(room_id, reader).seen_seq for reader in readers] == [1] * 5


def test_the_names_stand_by_section_with_the_unread_first() -> None:
    owner, one, two = person(), person("柏木 真帆"), person("大沢 健")
    room_id = room(owner, one, two)
    said = say(owner, room_id)
    read(one, room_id, 1)
    (unit,) = readers_of(message(said.id))
    assert ([card.name for card in unit.seen], [card.name for card in unit.unseen]) == (["柏木 真帆"], ["大沢 健"])


@pytest.mark.parametrize("seq", [-1, True, "3", None, 2**60, 1.5])
def test_a_cursor_that_is_no_number_is_refused(seq: object) -> None:
    owner, reader = person(), person("柏木 真帆")
    with pytest.raises(Invalid):
        move_cursor(reader, room(owner, reader), seq)


def test_a_favourite_is_ones_own() -> None:
    owner, reader = person(), person("柏木 真帆")
    room_id = room(owner, reader)
    set_favourite(reader, room_id, True)
    assert (seat(room_id, reader).favourite, seat(room_id, owner).favourite) == (True, False)


def counts(room_id: int, said: Message) -> tuple[int, int]:
    found = read_counts(room_id, [said])[said.id]
    return found.read, found.unread


def read(actor, room_id: int, seq: int) -> None:
    move_cursor(actor, room_id, seq)
    cursors.now()


def test_a_notice_of_what_one_has_seen_in_its_room_is_read() -> None:
    owner, reader, other = person(), person("柏木 真帆"), person("大沢 健")
    room_id = room(owner, reader, other)
    say(owner, room_id, f"<@{reader.user_id}> <@{other.user_id}> お願いします")
    while jobs.drain():
        pass
    assert (unread_count(reader.user_id), unread_count(other.user_id)) == (1, 1)
    read(reader, room_id, 1)
    assert (unread_count(reader.user_id), unread_count(other.user_id)) == (0, 1)


def test_nobody_is_told_of_what_they_have_seen_already() -> None:
    owner, reader = person(), person("柏木 真帆")
    room_id = room(owner, reader)
    say(owner, room_id, f"<@{reader.user_id}> お願いします")
    read(reader, room_id, 1)
    while jobs.drain():
        pass
    assert unread_count(reader.user_id) == 0

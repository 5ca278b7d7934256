"""The whole way with a real thing: a file in a room is seen by who is in the room, as long as the message stands."""
from typing import Any
from uuid import uuid4

import pytest

from chat.commands.messages import delete_message, post_message
from chat.commands.rooms import create_room, remove_member
from chat.forms import MessageDraft, RoomDraft
from groupware.files.queries import address_of, files_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.ref import Ref
from tests.files.office import browser, person, sent


class Room:
    def __init__(self, house: Any) -> None:
        self.house, self.owner, self.member, self.stranger = house, person(), person("大江 千尋"), person("大沢 健")
        self.id = create_room(self.owner, RoomDraft("窓口DX推進チーム", "closed", people=(self.member.user_id,)))
        self.file = sent(self.owner)
        self.message_id = self.say(self.owner, self.file.id)

    def say(self, actor: Actor, *files: str) -> int:
        message_id: int = post_message(actor, self.id, MessageDraft.parse({"text": "資料です", "key": uuid4().hex, "files": list(files)})).id
        return message_id

    def opens_for(self, *people: Actor) -> list[bool]:
        return [browser(self.house, each).get(address_of(self.file), buffered=True).status_code == 200 for each in people]


@pytest.fixture
def room(house: Any) -> Room:
    return Room(house)


def test_who_is_in_the_room_opens_the_file_and_nobody_else(room):
    assert room.opens_for(room.owner, room.member, room.stranger) == [True, True, False]


def test_who_was_taken_out_opens_it_no_more(room):
    remove_member(room.owner, room.id, room.member.user_id)
    assert room.opens_for(room.owner, room.member) == [True, False]


def test_a_message_taken_back_takes_its_file_along(room):
    delete_message(room.owner, room.message_id)
    assert room.opens_for(room.owner, room.member) == [False, False]


def test_a_member_cannot_pass_on_anothers_file_as_their_own(room):
    loose = sent(room.owner, "下書き.pdf")
    with pytest.raises(Invalid):
        room.say(room.member, loose.id)
    with pytest.raises(Invalid):
        room.say(room.owner, room.file.id)
    db.end_reading()
    assert [file.id for file in files_of([Ref("chat.message", room.message_id)])[Ref("chat.message", room.message_id)]] == [room.file.id]

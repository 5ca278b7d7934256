"""A person's stream: each thing once, gone when it is no longer theirs to see, and no badge without something to read."""
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from chat.commands.messages import delete_message
from chat.commands.rooms import remove_member
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.notifications.queries import unread_count
from tests.chat.town import adviser, person, room, say
from tests.conftest import InProcess
from tests.files.office import browser, helper_works


@dataclass
class Hall:
    house: InProcess
    writer: Actor
    reader: Actor
    room_id: int

    def address(self, text: str = "確認をお願いします") -> int:
        """The message's id; the reader has been told."""
        message_id = say(self.writer, self.room_id, f"<@{self.reader.user_id}> {text}").id
        helper_works()
        return message_id

    def client(self, actor: Actor | None = None) -> FlaskClient:
        return browser(self.house, actor or self.reader)

    def page(self) -> str:
        return self.client().get("/notifications", headers={"Accept": "text/html"}).text

    def unread(self) -> int:
        db.end_reading()
        return unread_count(self.reader.user_id)


@pytest.fixture(params=[person, adviser], ids=["staff", "adviser"])
def hall(house: InProcess, request: Any) -> Hall:
    writer, reader = person(), request.param("柏木 真帆")
    return Hall(house, writer, reader, room(writer, reader))


def test_who_is_addressed_is_told_once_says_why_and_opens_at_the_place(hall: Hall) -> None:
    hall.address("見積を見てください")
    assert hall.unread() == 1
    assert "見積を見てください" in hall.page()
    assert "あなた宛て" in hall.page()
    assert hall.client().get("/notifications/1").headers["Location"].endswith(f"/chat/rooms/{hall.room_id}/messages/1")
    assert hall.unread() == 0


@pytest.mark.parametrize("happens", ["taken back", "removed"])
def test_of_what_one_can_no_longer_see_nothing_is_shown_and_no_badge_sticks(happens: str, hall: Hall) -> None:
    message_id = hall.address("秘密の用件")
    if happens == "removed":
        remove_member(hall.writer, hall.room_id, hall.reader.user_id)
    else:
        delete_message(hall.writer, message_id)
    page = hall.page()
    assert "秘密の用件" not in page
    assert hall.writer.name not in page
    assert hall.unread() == 0
    assert hall.client().get("/notifications/1").status_code == 404


def test_nobody_opens_or_reads_what_another_was_told(hall: Hall) -> None:
    hall.address()
    stranger = hall.client(person("大沢 健"))
    assert stranger.get("/notifications/1").status_code == 404
    assert "確認をお願いします" not in stranger.get("/notifications").text
    stranger.post("/notifications/reading")
    assert hall.unread() == 1


def test_all_of_them_are_read_at_one_press(hall: Hall) -> None:
    for _ in range(3):
        hall.address()
    assert hall.unread() == 3
    hall.client().post("/notifications/reading")
    assert hall.unread() == 0

"""A person's stream: each thing once, gone when it is no longer theirs to see, and no badge without something to read."""
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from chat.commands.messages import delete_message
from chat.commands.rooms import remove_member
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.live.models import Relay
from groupware.notifications import ringing
from groupware.notifications.keeping import keep
from groupware.notifications.notice import Notice
from groupware.notifications.post.coding import codes_of
from groupware.notifications.queries import unread_count, written
from groupware.notifications.queries.stream import PAGE, UNREAD, Asked, stream
from groupware.notifications.ringing import ring
from tests.chat.town import adviser, person, room, say
from tests.conftest import InProcess
from tests.files.office import browser, helper_works

MORNING = clock.now() + timedelta(days=14)      # whatever the day of the test, it is no longer quiet for anybody


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


@pytest.fixture
def hall(house: InProcess, request: Any) -> Hall:
    writer, reader = person(), getattr(request, "param", person)("柏木 真帆")
    return Hall(house, writer, reader, room(writer, reader))


def test_who_is_addressed_is_told_once_says_why_and_opens_at_the_place(hall: Hall) -> None:
    hall.address("見積を見てください")
    assert hall.unread() == 1
    assert "見積を見てください" in hall.page()
    assert "あなた宛て" in hall.page()
    assert hall.client().get("/notifications/1").headers["Location"].endswith(f"/chat/rooms/{hall.room_id}/messages/1")
    assert hall.unread() == 0


@pytest.mark.parametrize("hall", [person, adviser], ids=["staff", "adviser"], indirect=True)
@pytest.mark.parametrize("happens", ["taken back", "removed"])
def test_of_what_one_can_no_longer_see_nothing_is_shown_and_no_badge_sticks(happens: str, hall: Hall) -> None:
    message_id = hall.address("秘密の用件")
    if happens == "removed":
        remove_member(hall.writer, hall.room_id, hall.reader.user_id)
    else:
        delete_message(hall.writer, message_id)
    assert "秘密の用件" not in hall.page()
    helper_works()
    assert hall.unread() == 0
    page = hall.page()
    assert "秘密の用件" not in page
    assert hall.writer.name not in page
    assert hall.client().get("/notifications/1").status_code == 404


def test_who_is_removed_loses_the_badge_without_looking(hall: Hall) -> None:
    hall.address("秘密の用件")
    remove_member(hall.writer, hall.room_id, hall.reader.user_id)
    helper_works()
    assert hall.unread() == 0
    assert ring() == 0


def test_nobody_opens_or_reads_what_another_was_told(hall: Hall) -> None:
    hall.address()
    stranger = hall.client(person("大沢 健"))
    assert stranger.get("/notifications/1").status_code == 404
    assert "確認をお願いします" not in stranger.get("/notifications").text
    stranger.post("/notifications/reading")
    assert hall.unread() == 1


def test_what_happens_in_one_place_is_one_line_that_opens_at_the_first_of_it(hall: Hall) -> None:
    for text in ("一つ目です", "二つ目です", "三つ目です"):
        hall.address(text)
    assert hall.unread() == 1
    page = hall.page()
    assert "ほか2件" in page
    assert "三つ目です" in page
    assert "一つ目です" not in page
    opened = hall.client().get(re.findall(r"/notifications/1\?to=3", page)[0])
    assert opened.headers["Location"].endswith("/messages/1")
    assert hall.unread() == 0


def test_what_is_told_after_the_look_is_not_read_by_the_press(hall: Hall) -> None:
    hall.address("見たもの")
    newest = re.findall(r'name="newest" value="(\d+)"', hall.page())[0]
    elsewhere = room(hall.writer, hall.reader, name="別の部屋")
    say(hall.writer, elsewhere, f"<@{hall.reader.user_id}> 後から来たもの")
    helper_works()
    hall.client().post("/notifications/reading", data={"newest": newest})
    assert hall.unread() == 1


def test_one_line_is_read_and_the_others_stay(hall: Hall) -> None:
    hall.address()
    elsewhere = room(hall.writer, hall.reader, name="別の部屋")
    say(hall.writer, elsewhere, f"<@{hall.reader.user_id}> こちらも")
    helper_works()
    assert hall.unread() == 2
    hall.client().post("/notifications/1/reading")
    assert hall.unread() == 1
    unread = hall.client().get("/notifications?show=unread", headers={"Accept": "text/html"}).text
    assert "別の部屋" in unread
    assert "確認をお願いします" not in unread


def test_all_of_them_are_read_at_one_press(hall: Hall) -> None:
    for number in range(3):
        say(hall.writer, room(hall.writer, hall.reader, name=f"部屋 {number}"), f"<@{hall.reader.user_id}> お願いします")
    helper_works()
    assert hall.unread() == 3
    hall.client().post("/notifications/reading")
    assert hall.unread() == 0


def test_it_is_sifted_by_kind_and_goes_on_page_by_page(hall: Hall) -> None:
    for number in range(PAGE + 2):
        keep(Notice(hall.reader.user_id, Ref("directory.user", hall.reader.user_id), f"わけ{number}", "chat.reply", Ref("desk.paper", number)))
    hall.address("宛てたもの")
    with hall.house.app.test_request_context():
        first = stream(hall.reader)
        rest = stream(hall.reader, Asked(before=first.older))
        of_kind = stream(hall.reader, Asked(kind="chat.mention"))
    told = [line.newest.id for line in (*first.lines, *rest.lines)]
    assert len(told) == len(set(told)) == PAGE + 3
    assert told == sorted(told, reverse=True)
    assert [line.newest.reason for line in of_kind.lines] == ["あなた宛て"]


def test_the_badge_says_as_many_as_the_stream_shows(hall: Hall) -> None:
    for number in range(4):
        say(hall.writer, room(hall.writer, hall.reader, name=f"部屋 {number}"), f"<@{hall.reader.user_id}> お願いします")
        hall.address()
    helper_works()
    with hall.house.app.test_request_context():
        assert hall.unread() == len(stream(hall.reader, Asked(show=UNREAD)).lines) == 5


def test_a_person_is_rung_once_for_all_that_is_due_and_without_a_word_of_it(hall: Hall) -> None:
    hall.address("秘密の用件")
    say(hall.writer, room(hall.writer, hall.reader, name="別の部屋"), f"<@{hall.reader.user_id}> 秘密の二つ目")
    helper_works()
    with clock.at(MORNING):
        assert ring() == 2
        assert ring() == 0
    rung = [row.body["payload"] for row in db.reading().scalars(select(Relay)) if row.body.get("event") == "notifications.ring"]
    assert rung == [{"id": 0, "reason": "あなた宛て", "count": 2, "alarm": False}]


def test_while_a_whole_town_is_rung_others_may_write_and_each_is_rung_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longer somebody's turn, the fewer are rung between two writings; and nobody in two pieces."""
    others = [person(f"同僚 {number}") for number in range(4)]
    for number in range(3):
        at = room(hall.writer, hall.reader, *others, name=f"部屋 {number}")
        say(hall.writer, at, " ".join(f"<@{each.user_id}>" for each in (hall.reader, *others)))
    helper_works()
    monkeypatch.setattr(ringing, "BATCH", 7)
    monkeypatch.setattr(ringing, "HOLD", 0.0)
    with clock.at(MORNING):
        assert ring() == 3
        monkeypatch.setattr(ringing, "HOLD", 9.0)
        assert (ring(), ring(), ring()) == (6, 6, 0)
    rung = [row.body["payload"]["count"] for row in db.reading().scalars(select(Relay)) if row.body.get("event") == "notifications.ring"]
    assert rung == [3, 3, 3, 3, 3]


def test_a_mention_at_night_waits_silently_below_the_bell_and_rings_next_morning_at_its_place(hall: Hall) -> None:
    """Friday evening: the morning after is Monday's."""
    friday = datetime(2026, 10, 16, 21, 0, tzinfo=clock.JST)
    with clock.at(friday):
        hall.address("夜の用件")
        assert (hall.unread(), ring()) == (1, 0)
    for silent in (friday + timedelta(hours=12), friday + timedelta(days=2, hours=10, minutes=29)):
        with clock.at(silent):
            assert ring() == 0
    with clock.at(friday + timedelta(days=2, hours=10, minutes=30)):
        assert (ring(), ring()) == (1, 0)
        (rung,) = [row.body["payload"] for row in db.reading().scalars(select(Relay)) if row.body.get("event") == "notifications.ring"]
        opened = hall.client().get(f"/notifications/{rung['id']}", headers={"Accept": "text/html"})
    assert (opened.status_code, opened.location) == (302, f"/chat/rooms/{hall.room_id}/messages/1")


def test_what_one_can_no_longer_see_does_not_ring(hall: Hall) -> None:
    hall.address("秘密の用件")
    remove_member(hall.writer, hall.room_id, hall.reader.user_id)
    with clock.at(MORNING):
        ring()
    assert not [row for row in db.reading().scalars(select(Relay)) if row.body.get("event") == "notifications.ring"]


def test_a_code_opens_what_the_link_would_open_to_the_same_people(hall: Hall) -> None:
    about = Ref("chat.message", hall.address())
    code = codes_of([about])[about]
    assert codes_of([about])[about] == code
    for typed in (code, written(code).lower(), f" {code[:3]} {code[3:]} ", "".join(chr(ord(each) + 0xFEE0) for each in code)):
        opened = hall.client().get("/notifications/code", query_string={"code": typed})
        assert opened.headers["Location"].endswith(f"/rooms/{hall.room_id}/messages/{about.id}"), typed
    stranger = hall.client(person("大沢 健"))
    refused, unknown = (stranger.get("/notifications/code", query_string={"code": typed}) for typed in (code, "ZZZZZZ"))
    assert refused.status_code == unknown.status_code == 404
    assert refused.text.replace(code, "") == unknown.text.replace("ZZZZZZ", "")
    assert stranger.get(f"/notifications/c/{code}").status_code == 404


def test_the_demo_people_find_no_page_of_the_administrator(hall: Hall) -> None:
    for path in ("/notifications/post", "/notifications/alarms"):
        assert hall.client().get(path).status_code == 403

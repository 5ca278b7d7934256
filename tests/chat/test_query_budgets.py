"""A page asks the database the same few questions in a small city and in a large one."""
import gzip
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from chat.commands.messages import edit_message, post_message, press_stamp
from chat.commands.rooms import open_direct
from chat.forms import EditDraft, MessageDraft
from groupware.files.sending import send
from groupware.kernel import db
from groupware.kernel.actor import Actor
from tests.chat.town import answer, person, room, say
from tests.conftest import InProcess, build_house
from tests.files.office import browser, helper_works
from tests.support.counting import statements, steps

BUDGETS = {     # the four of knowing who asks among them
    "/chat": 11, "/chat/list": 8, "/chat/rooms/{room}": 17, "/chat/rooms/{room}/messages/3": 18, "/chat/rooms/{room}/page?before=40": 9,
    "/chat/rooms/{room}/changes?after=0&first=0": 11, "/chat/rooms/{room}/members": 10, "/chat/rooms/{room}/settings": 5,
    "/chat/rooms/{room}/people.json?q=a": 8, "/chat/messages/{message}/readers": 8, "/chat/messages/{message}/thread": 8,
    "/chat/rooms/joinable": 12, "/notifications": 12, "/directory": 9, "/directory?q=a": 11, "/directory/people/{person}": 12,
    "/directory/people.json?q=a": 7, "/ui/jump.json?q=a": 18,
}
MOST_BYTES = 100_000        # of a page, pressed


@dataclass
class Town:
    client: FlaskClient
    names: dict[str, int]

    def ask(self, path: str) -> int:
        """How many questions the page asked; it was shown."""
        db.forget_reading()
        with statements() as asked:
            response = self.client.get(path.format_map(self.names), headers={"Accept": "text/html,application/json"})
        assert response.status_code == 200, response.text
        return len(asked)


def built(house: InProcess, size: int) -> Town:
    """``size`` rooms, colleagues, messages, answers, stamps, files and notices."""
    me = person()
    others = [person(f"同僚 {number}") for number in range(size)]
    for number, other in enumerate(others):
        room(me, other, name=f"部屋 {number}", kind="open" if number % 2 else "closed")
        say(other, open_direct(me, other.user_id), "おはようございます")
    large = room(me, *others)
    first = say(me, large, f"<@{others[0].user_id}> はじめに")
    for number, other in enumerate(others):
        _talk(me, other, large, number)
        answer(other, first)
    helper_works()
    return Town(browser(house, me), {"room": large, "message": first.id, "person": others[-1].user_id})


def _talk(me: Actor, other: Actor, room_id: int, number: int) -> None:
    said = say(other, room_id, f"<@{me.user_id}> {number}番目の話です")
    press_stamp(me, said.id, "了解")
    file = send(other, f"資料{number}.txt", iter(["本文".encode()]))
    post_message(other, room_id, MessageDraft.parse({"text": "資料です", "key": uuid4().hex, "files": [file.id]}))
    answer(me, said, "承知しました")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """By page: the questions in a small city, and in one three times as large. Both are built once."""
    with contextmanager(build_house)(tmp_path_factory.mktemp("towns")) as house:
        small, large = built(house, 3), built(house, 9)
        return {path: (small.ask(path), large.ask(path)) for path in BUDGETS}


@pytest.mark.house
@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_keeps_its_budget_and_asks_no_more_in_a_larger_city(path: str, asked: dict[str, tuple[int, int]]) -> None:
    few, many = asked[path]
    assert many <= few
    assert many <= BUDGETS[path]


def test_a_full_room_is_under_a_hundred_kilobytes(house: InProcess) -> None:
    town = built(house, 40)
    page = town.client.get("/chat/rooms/{room}".format_map(town.names), headers={"Accept": "text/html"}).data
    assert len(gzip.compress(page)) < MOST_BYTES


def test_a_word_into_a_long_room_costs_what_it_costs_in_a_short_one(house: InProcess) -> None:
    me, other = person(), person("同僚 一")
    here = room(me, other)
    walked = []
    for more in (10, 400):
        for _ in range(more):
            last = say(me, here, "長くなる部屋")
        with steps() as each:
            last = say(me, here, "一言")
            edit_message(me, last.id, EditDraft.parse({"text": "直した一言", "revision": last.revision}))
            press_stamp(me, last.id, "了解")
            answer(other, last)
        walked.append(sum(each))
    assert walked[1] < walked[0] * 1.3, walked

"""The feed: for whom the key was made, as long as it holds, and no more than they may see."""
import re
from html import unescape

from boards.commands.feeds import close_feed, open_feed
from boards.commands.publishing import withdraw_notice
from groupware.directory.commands.people import disable_person
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from tests.boards.town import board, hall, notice, unit
from tests.conftest import InProcess
from tests.directory.town import adviser


def titles(house: InProcess, key: str) -> list[str] | int:
    db.forget_reading()
    response = house.app.test_client().get(f"/boards/feed.atom?key={key}")
    if response.status_code != 200:
        return response.status_code
    return [unescape(title) for title in re.findall(r"<entry>.*?<title>(.*?)</title>", response.text, re.DOTALL)]


def test_the_feed_holds_what_its_holder_may_see_now_and_nothing_else(house: InProcess) -> None:
    people = hall()
    shown = notice(people["sender"], board(), title="<b>様式</b>が & 変わります")
    notice(people["sender"], board(("post", f"below:{unit('0320')}"), name="ほか"), title="税務課だけに", to_below=None,
           to_person=[str(people["tax"].user_id)])
    clerk, stranger = open_feed(people["clerk"]), open_feed(adviser())
    assert titles(house, clerk) == ["【要確認】<b>様式</b>が & 変わります"]
    assert titles(house, stranger) == []
    withdraw_notice(people["sender"], shown, "誤り")
    assert titles(house, clerk) == []


def test_a_key_ends_when_another_is_made_when_it_is_closed_and_with_its_holder(house: InProcess) -> None:
    people = hall()
    first = open_feed(people["clerk"])
    second = open_feed(people["clerk"])
    assert (titles(house, first), titles(house, second), titles(house, ""), titles(house, "x")) == (404, [], 404, 404)
    close_feed(people["clerk"])
    assert titles(house, second) == 404
    third = open_feed(people["other"])
    disable_person(SYSTEM, people["other"].user_id)
    assert titles(house, third) == 404


def test_a_reader_that_asks_again_is_told_that_nothing_is_new(house: InProcess) -> None:
    people = hall()
    notice(people["sender"], board())
    client, path = house.app.test_client(), f"/boards/feed.atom?key={open_feed(people['clerk'])}"
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert "no-cache" in first.headers["Cache-Control"]

"""Comings and goings on the fast path, by real connections."""
import time

import pytest

from groupware.live.driver import frames
from tests.live.driver.conftest import Demo, StartDemo
from tests.live.driver.wire import Browser, Poller
from tests.support.waiting import until

pytestmark = pytest.mark.real
SMALL = 64 * 1024


def test_who_answers_pings_stays(demo: StartDemo) -> None:
    with demo(ping_interval=0.3).browser() as anna:
        anna.enter()
        for _ in range(4):
            assert anna.hear_frame() == (frames.TEXT, b"2")
            anna.text("3")
        anna.emit("post", {"n": 1})
        assert anna.hear_event() == ["posted", {"n": 1}]


def test_pings_that_nobody_asked_for_and_answers_to_none_change_nothing(demo: StartDemo) -> None:
    with demo(ping_interval=0.5).browser() as anna:
        anna.enter()
        for _ in range(20):
            anna.text("3")
        began = time.monotonic()
        assert anna.hear_frame() == (frames.TEXT, b"2")
        anna.text("3")
        assert anna.hear_frame() == (frames.TEXT, b"2")
        assert time.monotonic() - began > 0.5, "one ping at a time"


def test_who_never_comes_in_is_put_out_at_the_first_ping(demo: StartDemo) -> None:
    house = demo(ping_interval=0.5)
    with house.browser() as stranger, house.browser() as refused:
        refused.text('40{"name":"eve"}')
        assert stranger.is_over()
        assert refused.is_over()


def test_who_was_shown_out_does_not_stay_at_the_door(demo: StartDemo) -> None:
    with demo(ping_interval=0.5).browser() as anna:
        anna.enter()
        anna.emit("quit")
        assert anna.hear() == "41"
        assert anna.is_over()


def test_who_polls_hears_too_and_is_pinged(demo: StartDemo) -> None:
    house = demo(ping_interval=0.5)
    anna = Poller(house.port).enter()
    with house.browser() as other:
        other.enter()
        other.emit("post", {"text": "会議"})
        assert anna.poll() == ['42["posted",{"text":"会議"}]']
        assert anna.poll() == ["2"]


def test_who_polls_no_more_is_forgotten(demo: StartDemo) -> None:
    anna = Poller(demo(ping_interval=0.3).port).enter()
    assert anna.poll() == ["2"]
    until(lambda: _is_gone(anna), 20, "she is forgotten")


def test_who_never_fetches_what_waits_for_him_is_forgotten_too(demo: StartDemo) -> None:
    house = demo(pending=SMALL)
    anna = Poller(house.port).enter()
    with house.browser() as other:
        other.enter()
        other.emit("shout", 8000, 20, number=1)
        while not other.hear().startswith("431"):
            pass
    with pytest.raises(ConnectionAbortedError, match="400"):
        anna.poll()


@pytest.mark.parametrize("packets", [['42["post",{}]'] * 401, ["9"], ["b????"], ["4{}"], ['42["connect"]'], ["x" * 300_000], ["4"]])
def test_who_posts_what_nobody_may_say_is_put_out(demo_fast: Demo, packets: list[str]) -> None:
    anna = Poller(demo_fast.port).enter()
    anna.post(*packets)
    assert anna.post("3")[0] == 400
    assert "Traceback" not in demo_fast.program.said()


def test_a_stranger_who_polls_may_post_little(demo_fast: Demo) -> None:
    stranger = Poller(demo_fast.port)
    assert stranger.post("x" * 17_000)[0] == 400
    anna = Poller(demo_fast.port).enter("a room of her own")
    assert anna.post('42["post",{"text":"' + "x" * 200_000 + '"}]')[0] == 200


@pytest.mark.parametrize("text", ["9", "2", "0{}"])
def test_what_only_a_server_says_is_refused(demo_fast: Demo, text: str) -> None:
    with demo_fast.browser() as anna:
        anna.enter()
        anna.text(text)
        assert anna.is_over()


def test_the_place_of_who_polls_cannot_be_taken_twice(demo_fast: Demo) -> None:
    """Two WebSockets ask for it at once: one gets it."""
    anna = Poller(demo_fast.port).enter()
    sid = anna.where.rsplit("=", 1)[1]
    with SecondBrowser(demo_fast.port, sid) as first, SecondBrowser(demo_fast.port, sid) as second:
        for browser in (first, second):
            browser.text("2probe")
            assert browser.hear() == "3probe"
        first.text("5")
        first.emit("post", {"n": 1})
        assert first.hear_event() == ["posted", {"n": 1}]
        second.text("5")
        assert second.is_over()
        first.emit("post", {"n": 2})
        assert first.hear_event() == ["posted", {"n": 2}]


def test_who_begins_to_change_over_and_stops_may_go_on_polling(demo: StartDemo) -> None:
    house = demo(frame_seconds=0.3)
    anna = Poller(house.port).enter()
    with SecondBrowser(house.port, anna.where.rsplit("=", 1)[1]) as browser:
        browser.text("2probe")
        assert browser.hear() == "3probe"
        assert browser.is_over()
    assert anna.poll() == ["6"]
    assert anna.post('42["post",{"n":1}]')[0] == 200
    assert anna.poll() == ['42["posted",{"n":1}]']


def _is_gone(anna: Poller) -> bool:
    try:
        anna.poll()
    except ConnectionAbortedError:
        return True
    return False


class SecondBrowser(Browser):
    """A WebSocket for somebody who polls."""

    def __init__(self, port: int, sid: str) -> None:
        self.sid = sid
        super().__init__(port)

    def request(self, line: str, headers: dict[str, str] | None = None, body: bytes = b"") -> tuple[int, bytes]:
        return super().request(f"{line}&sid={self.sid}", headers, body)

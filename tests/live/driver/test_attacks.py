"""Attacks on the socket door, each against the running program: it grows by 10 MB at most, the attacker is cut within a second, others are served.

What memory it had at its highest is counted, not what it has when all is over.
"""
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from groupware.live.driver import frames
from tests.live.driver.conftest import Demo, StartDemo
from tests.live.driver.wire import HANDSHAKE, QUERY, Browser, Poller, frame_head
from tests.support.waiting import until

pytestmark = pytest.mark.real
MOST_KILOBYTES = 10 * 1024
CUT_WITHIN = 1.0
MANY = 100


@pytest.fixture
def attacked(demo_fast: Demo) -> Iterator[Demo]:
    """Warm, with a neighbour in another room who is served before and after."""
    with demo_fast.browser() as neighbour:
        neighbour.enter("a quiet room")
        served(neighbour, 50)
        with growing_little(demo_fast):
            yield demo_fast
            served(neighbour, 50)
    assert "Traceback" not in demo_fast.program.said()


@contextmanager
def growing_little(house: Demo) -> Iterator[None]:
    process = Path(f"/proc/{house.program.process.pid}")
    (process / "clear_refs").write_text("5")        # the highest so far is forgotten
    before = house.kilobytes
    yield
    print(f"grew by {highest(process) - before} kB")
    assert highest(process) - before <= MOST_KILOBYTES


def highest(process: Path) -> int:
    status = (process / "status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def served(person: Browser, times: int) -> None:
    """Slowly enough to stay within what anybody may say."""
    for number in range(times):
        person.emit("post", {"room": "a quiet room", "n": number}, number=number)
        assert person.hear_event() == ["posted", {"room": "a quiet room", "n": number}]
        assert person.hear().startswith(f"43{number}[")


def pushes_until_cut(browser: Browser, data: Callable[[], bytes]) -> float:
    """Seconds for which the server took more."""
    began = time.monotonic()
    with suppress(ConnectionError, TimeoutError):
        while time.monotonic() - began < 10:
            browser.say(data())
    return time.monotonic() - began


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("size", [300 << 20, (1 << 63) - 1, 1 << 32])
def test_a_frame_of_300_megabytes(attacked: Demo, inside: bool, size: int) -> None:
    for _ in range(10):
        with attacked.browser() as attacker:
            if inside:
                attacker.enter()
            attacker.say(frame_head(0x81, size) + b"mask")
            assert pushes_until_cut(attacker, lambda: b"x" * 65536) < CUT_WITHIN


def test_the_reason_for_the_cut_arrives(attacked: Demo) -> None:
    with attacked.browser() as attacker:
        attacker.say(frame_head(0x81, 300 << 20))
        assert attacker.hear_close() == frames.TOO_BIG


def test_an_attachment_bomb(attacked: Demo) -> None:
    with attacked.browser() as attacker:
        attacker.enter()
        attacker.text('45999999999-["post",{"_placeholder":true,"num":0}]')
        piece = frame_head(0x82, 90_000) + b"\0\0\0\0" + b"x" * 90_000
        assert pushes_until_cut(attacker, lambda: piece) < CUT_WITHIN


def test_an_attachment_bomb_by_polling(attacked: Demo) -> None:
    attacker = Poller(attacked.port).enter()
    attacker.post('45999999999-["post",{"_placeholder":true,"num":0}]')
    assert attacker.post("b" + "A" * 80_000)[0] == 400


def test_pages_of_strangers(attacked: Demo) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example") * 30:
        with attacked.wire() as wire:
            spoofed = {**HANDSHAKE, "Origin": origin, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
            assert wire.request(f"GET {QUERY}", spoofed)[0] == 400


FLOODS = {
    "events": lambda browser: browser.emit("post", {"room": "nobody"}),
    "events that want answers": lambda browser: browser.emit("post", {"room": "nobody"}, number=1),
    "unknown events": lambda browser: browser.emit("nothing"),
    "pings": lambda browser: browser.frame(frames.PING, b"x" * 125),
    "pongs": lambda browser: browser.frame(frames.PONG),
    "answers to pings": lambda browser: browser.text("3"),
    "empty fragments": lambda browser: browser.frame(frames.CONTINUATION, final=False),
    "new beginnings": lambda browser: browser.text("40"),
    "long events": lambda browser: browser.emit("post", {"room": "nobody", "text": "x" * 200_000}),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood(attacked: Demo, name: str) -> None:
    with attacked.browser() as attacker:
        attacker.enter()
        attacker.frame(frames.TEXT, b"42", final="fragments" not in name)
        began = time.monotonic()
        with suppress(ConnectionError, TimeoutError):
            for _ in range(200_000):
                FLOODS[name](attacker)
        itself = 0 if name in {"pings", "pongs"} else 2 * CUT_WITHIN        # what the client needs for the first 400
        assert time.monotonic() - began < CUT_WITHIN + itself


def test_a_flood_by_polling(attacked: Demo) -> None:
    attacker = Poller(attacked.port).enter()
    for _ in range(20):
        status, _ = attacker.post(*['42["post",{"room":"nobody"}]'] * 400)
    assert status == 400


def test_a_hundred_who_never_read_while_200_megabytes_are_broadcast(attacked: Demo) -> None:
    with ExitStack() as stack:
        silent = [stack.enter_context(attacked.browser()).enter() for _ in range(MANY)]
        caller = stack.enter_context(attacked.browser()).enter("a room of his own")
        caller.emit("shout", 10_000, 20_000, number=1)
        until(lambda: attacked.connections <= 2, 10, "all who do not read are cut off")
        assert caller.hear().startswith("431"), "he who called is answered"
        assert all(browser.is_over() for browser in silent)


def test_a_hundred_who_send_a_long_frame_byte_by_byte(demo: StartDemo) -> None:
    house = demo(frame_seconds=2)
    with ExitStack() as stack:
        neighbour = stack.enter_context(house.browser()).enter("a quiet room")
        slow = [stack.enter_context(house.browser()).enter() for _ in range(MANY)]
        served(neighbour, 50)
        with growing_little(house):
            for browser in slow:
                with suppress(ConnectionError):     # the first ones are cut off when many hold much
                    browser.say(frame_head(0x81, 260_000) + os.urandom(250_000))
            served(neighbour, 20)
            until(lambda: drip(slow) and house.connections == 1, house_seconds(2), "all are cut off")
            served(neighbour, 20)


def test_halves_of_two_hundred_that_are_there_at_the_same_moment(demo: StartDemo) -> None:
    """As after a moment in which the server was at something else: none of those who are cut off keeps what was read of his."""
    house = demo()
    with ExitStack() as stack:
        neighbour = stack.enter_context(house.browser()).enter("a quiet room")
        slow = [stack.enter_context(house.browser()).enter() for _ in range(2 * MANY)]
        served(neighbour, 50)
        with growing_little(house):
            house.program.process.send_signal(signal.SIGSTOP)
            for browser in slow:
                browser.say(frame_head(0x81, 260_000) + os.urandom(120_000))
            house.program.process.send_signal(signal.SIGCONT)
            served(neighbour, 20)
            until(lambda: house.connections < MANY, 5, "those who hold too much are cut off")
            served(neighbour, 20)


def drip(slow: list[Browser]) -> bool:
    for browser in slow:
        with suppress(OSError):
            browser.say(b"x")
    return True


def house_seconds(deadline: float) -> float:
    return deadline + CUT_WITHIN

"""WebSockets as the driver speaks them, to the real program."""
import json
import struct

import pytest

from groupware.live.driver import frames
from tests.live.driver.conftest import Demo, StartDemo
from tests.live.driver.wire import HANDSHAKE, KEY, QUERY, frame_head

pytestmark = pytest.mark.real
BOTH_PATHS = pytest.mark.parametrize("path", ["fast", "library"])


def test_what_one_posts_everybody_hears_and_the_answer_comes_after(house: Demo) -> None:
    with house.browser() as anna, house.browser() as other:
        anna.enter()
        other.enter()
        anna.emit("post", {"text": "会議は10時から"}, number=7)
        assert anna.hear_event() == ["posted", {"text": "会議は10時から"}]
        assert anna.hear() == '437[{"ok":true,"n":null}]'
        assert other.hear_event() == ["posted", {"text": "会議は10時から"}]


def test_a_handshake_is_answered_as_the_standard_says(house: Demo) -> None:
    with house.wire() as wire:
        origin = f"http://127.0.0.1:{house.port}"
        wire.say(f"GET {QUERY} HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                 f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\nOrigin: {origin}\r\n\r\n".encode())
        head = wire.until(b"\r\n\r\n").decode()
        assert head.startswith("HTTP/1.1 101 ")
        assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
        assert "Extensions" not in head


@pytest.mark.parametrize("wrong", [{"Sec-WebSocket-Version": "8"}, {"Sec-WebSocket-Key": "short"}, {"Sec-WebSocket-Key": KEY[:-4] + "!!!!"},
                                   {"Connection": "close"}, {"Upgrade": "h2c"}])
def test_a_bad_handshake_is_refused(house: Demo, wrong: dict[str, str]) -> None:
    with house.wire() as wire:
        headers = {**HANDSHAKE, "Origin": f"http://127.0.0.1:{house.port}", **wrong}
        assert wire.request(f"GET {QUERY}", headers)[0] == 400


def test_a_frame_sent_right_behind_the_handshake_is_not_lost(house: Demo) -> None:
    with house.wire() as wire:
        handshake = "".join(f"{name}: {value}\r\n" for name, value in {**HANDSHAKE, "Origin": f"http://127.0.0.1:{house.port}"}.items())
        wire.say(f"GET {QUERY} HTTP/1.1\r\nHost: x\r\n{handshake}\r\n".encode() + frame_head(0x80 | frames.PING, 2) + b"\0\0\0\0hi")
        wire.until(b"\r\n\r\n")
        wire.until(b"\x8a\x02hi")


def test_a_ping_is_answered_even_inside_a_fragmented_message(house: Demo) -> None:
    with house.browser() as anna:
        anna.enter()
        anna.frame(frames.TEXT, b'421["post",', final=False)
        anna.frame(frames.PING, b"there?")
        assert anna.hear_frame() == (frames.PONG, b"there?")
        anna.frame(frames.CONTINUATION, b'{"n":1}]')
        assert anna.hear_event() == ["posted", {"n": 1}]


def test_a_close_is_answered_with_its_code_and_then_the_connection_ends(house: Demo) -> None:
    with house.browser() as anna:
        anna.enter()
        anna.frame(frames.CLOSE, struct.pack("!H", 3000) + b"bye")
        assert anna.hear_close() == 3000
        assert anna.is_over()


@pytest.mark.parametrize(("data", "code"), [
    (b"\x81\x01x", 1002), (b"\xc1\x81\0\0\0\0x", 1002), (b"\x82\x81\0\0\0\0x", 1003), (b"\x81\x82\0\0\0\0\xff\xff", 1007),
    (frame_head(0x81, 300 << 20), 1009), (b"\x80\x81\0\0\0\0x", 1002)])
def test_who_breaks_the_protocol_is_told_why_and_left(house: Demo, data: bytes, code: int) -> None:
    with house.browser() as anna:
        anna.enter()
        anna.say(data)
        assert anna.hear_close() == code
        assert anna.is_over()


@pytest.mark.parametrize("text", [
    '451-["x",{"_placeholder":true,"num":0}]', "45999999999-[]", '461-1["x"]', "44{}", "49", "4", "4{}", '42{"a":1}', "42[]", "42[1]", '42["x"',
    '42["connect",{}]', '42["disconnect"]', "43{}", "41[1]", "bAAAA", "x", '4212-["x"]', "42[" + "[" * 5000 + "]" * 5000 + "]"])
def test_who_says_what_nobody_may_say_is_put_out(house: Demo, text: str) -> None:
    with house.browser() as anna, house.browser() as other:
        anna.enter()
        other.enter()
        anna.text(text)
        assert anna.is_over()
        other.emit("post", {"n": 1})
        assert other.hear_event() == ["posted", {"n": 1}]
    assert "Traceback" not in house.program.said()


def test_a_stranger_may_say_little_and_who_is_inside_much(house: Demo) -> None:
    with house.browser() as stranger, house.browser() as anna:
        stranger.say(frame_head(0x81, 17_000))
        assert stranger.hear_close() == 1009
        anna.enter()
        anna.emit("post", {"text": "長" * 80_000})
        assert len(anna.hear_event()[1]["text"]) == 80_000
        anna.say(frame_head(0x81, 262_145))
        assert anna.hear_close() == 1009


@BOTH_PATHS
def test_a_message_that_was_begun_must_be_completed_in_time(demo: StartDemo, path: str) -> None:
    with demo(path=path, frame_seconds=0.3).browser() as anna:
        anna.enter()
        anna.frame(frames.TEXT, b"42", final=False)
        assert anna.hear_close() == 1008
        assert anna.is_over()


@BOTH_PATHS
def test_a_message_in_time_is_followed_by_any_pause(demo: StartDemo, path: str) -> None:
    """And a ping between two fragments begins no new time."""
    with demo(path=path, frame_seconds=0.5, ping_interval=0.6).browser() as anna:
        anna.enter()
        assert anna.hear_frame() == (frames.TEXT, b"2")
        anna.text("3")
        anna.emit("post", {"n": 1})
        assert anna.hear_event() == ["posted", {"n": 1}]


@BOTH_PATHS
def test_who_does_not_answer_pings_is_left(demo: StartDemo, path: str) -> None:
    with demo(path=path, ping_interval=0.5).browser() as anna:
        anna.enter()
        assert anna.hear_frame() == (frames.TEXT, b"2")
        assert anna.is_over()


def test_who_leaves_the_house_keeps_what_was_said_before(house: Demo) -> None:
    with house.browser() as anna:
        anna.enter()
        for number in range(50):
            anna.emit("post", {"n": number})
        anna.emit("quit")
        heard = [anna.hear() for _ in range(51)]
        assert [json.loads(text[2:])[1]["n"] for text in heard[:-1]] == list(range(50))
        assert heard[-1] == "41"


@BOTH_PATHS
def test_the_program_ends_in_good_order(demo: StartDemo, path: str) -> None:
    house = demo(path=path)
    with house.browser() as anna:
        anna.enter()
        house.program.process.terminate()
        assert anna.hear_event() == ["come_back", {"seconds": 1}]
        assert anna.hear_close() == 1000
        assert anna.is_over()
    assert house.program.process.wait(10) == 0



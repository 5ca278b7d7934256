"""The HTTP side of the driver: what it serves, and whom it does not wait for."""
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.live.driver.conftest import Demo, StartDemo
from tests.support.waiting import until

pytestmark = pytest.mark.real
WELL = b"GET /healthz HTTP/1.1\r\nHost: house\r\n\r\n"


def test_one_connection_serves_many_requests_even_sent_together(demo_fast: Demo) -> None:
    with demo_fast.wire() as wire:
        assert wire.request("GET /healthz") == (200, b"ok")
        wire.say(WELL * 3)
        assert [wire.answer() for _ in range(3)] == [(200, b"ok")] * 3


def test_a_body_comes_back_whole_by_length_and_by_chunks(demo_fast: Demo) -> None:
    body = bytes(range(256)) * 2000
    with demo_fast.wire() as wire:
        assert wire.request("POST /echo", {"Content-Length": str(len(body))}, body) == (200, body)
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:7], body[7:70_000], body[70_000:])) + b"0\r\n\r\n"
        assert wire.request("POST /echo", {"Transfer-Encoding": "chunked"}, chunks) == (200, body)
        assert wire.request("GET /healthz") == (200, b"ok")


def test_a_browser_may_ask_before_it_sends_its_body(demo_fast: Demo) -> None:
    with demo_fast.wire() as wire:
        wire.say(b"POST /echo HTTP/1.1\r\nHost: house\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert wire.until(b"\r\n\r\n").endswith(b"100 Continue")
        wire.say(b"hi")
        assert wire.answer() == (200, b"hi")


SMUGGLED = {
    "two lengths": (b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n", 400),
    "a length and chunks": (b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "a signed length": (b"Content-Length: +2\r\n\r\nhi", 400),
    "a length in Python's spelling": (b"Content-Length: 1_0\r\n\r\n", 400),
    "a negative length": (b"Content-Length: -1\r\n\r\n", 400),
    "no such encoding": (b"Transfer-Encoding: gzip\r\n\r\n", 400),
    "an encoding in a row": (b"Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
    "a space before the colon": (b"Content-Length : 2\r\n\r\nhi", 400),
    "a folded line": (b"X-One: a\r\n b\r\n\r\n", 400),
    "a line without a colon": (b"nonsense\r\n\r\n", 400),
    "a zero byte": (b"X-One: a\0b\r\n\r\n", 400),
    "another host": (b"Host: evil.example\r\n\r\n", 400),
    "a hundred and one lines": (b"".join(b"X-%d: a\r\n" % i for i in range(101)) + b"\r\n", 431),
    "a long line": (b"X-One: " + b"a" * 40_000 + b"\r\n\r\n", 431),
    "more than anybody may send": (b"Content-Length: 99999999999\r\n\r\n", 413),
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_what_two_readers_could_understand_differently_is_refused(demo_fast: Demo, name: str) -> None:
    head, status = SMUGGLED[name]
    with demo_fast.wire() as wire:
        wire.say(b"POST /echo HTTP/1.1\r\nHost: house\r\n" + head)
        assert wire.answer()[0] == status
        assert wire.is_over()
    assert "Traceback" not in demo_fast.program.said()


@pytest.mark.parametrize("line", [b"GET /" + b"a" * 9000 + b" HTTP/1.1", b"GET /healthz", b"GET /healthz HTTP/3.0", b"nonsense", b"\x16\x03\x01\x02"])
def test_a_bad_request_line_ends_the_connection(demo_fast: Demo, line: bytes) -> None:
    with demo_fast.wire() as wire:
        wire.say(line + b"\r\nHost: house\r\n\r\n")
        assert wire.answer()[0] in {400, 414}
        assert wire.is_over()


def test_who_sends_a_head_byte_by_byte_is_left_in_time(demo: StartDemo) -> None:
    house = demo(head_seconds=0.5, idle_seconds=30)
    with house.wire() as slow, house.wire() as other:
        slow.say(WELL[:10])
        until(lambda: _drips(slow.sock), 20, "the slow one is left")
        assert other.request("GET /healthz") == (200, b"ok")


def test_who_says_nothing_is_left_in_time(demo: StartDemo) -> None:
    with demo(idle_seconds=0.3).wire() as silent:
        assert silent.is_over()


def test_who_sends_a_body_too_slowly_is_left_in_time(demo: StartDemo) -> None:
    house = demo(body_seconds=0.5, body_rate=1_000_000)
    with house.wire() as slow:
        slow.say(b"POST /echo HTTP/1.1\r\nHost: house\r\nContent-Length: 1000000\r\n\r\n")
        until(lambda: _drips(slow.sock), 20, "the slow one is left")
    assert "Traceback" not in house.program.said()


def test_what_follows_a_body_that_was_left_is_not_the_next_request(demo: StartDemo) -> None:
    """Or a slow sender could hide one in his body."""
    with demo(body_seconds=0.3).wire() as wire:
        wire.say(b"POST /echo HTTP/1.1\r\nHost: house\r\nContent-Length: 1000\r\n\r\n")
        wire.until(b"400 BAD REQUEST")
        with suppress(ConnectionError):
            wire.say(WELL)
            assert b"200 OK" not in wire.rest()


def test_who_does_not_take_the_answer_is_left_in_time(demo: StartDemo) -> None:
    house = demo(answer_seconds=0.5)
    with house.wire() as wire:
        wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.say(b"GET /long?bytes=50000000 HTTP/1.1\r\nHost: house\r\n\r\n")
        until(lambda: house.connections == 0, 10, "the server lets go")


def test_a_chunked_body_has_an_end_too(demo: StartDemo) -> None:
    with demo(body=10_000).wire() as wire:
        wire.say(b"POST /echo HTTP/1.1\r\nHost: house\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + b"x" * 0x1000 + b"\r\n") * 5)
        assert wire.is_over()


def test_at_the_end_requests_under_way_are_finished_and_nobody_is_let_in(demo: StartDemo) -> None:
    house = demo()
    with house.wire() as wire, house.wire() as idle:
        wire.say(b"GET /slow?seconds=1 HTTP/1.1\r\nHost: house\r\n\r\n")
        assert idle.request("GET /healthz") == (200, b"ok")
        house.program.process.terminate()
        until(lambda: _refuses(house.port), 20, "nobody is let in")
        assert wire.answer() == (200, b"done")
        assert wire.is_over()
        assert idle.is_over()
    assert house.program.process.wait(10) == 0


def test_a_request_that_never_ends_does_not_hold_up_the_end(demo: StartDemo) -> None:
    house = demo(farewell_seconds=0.5)
    with house.wire() as wire:
        wire.say(b"GET /slow?seconds=60 HTTP/1.1\r\nHost: house\r\n\r\n")
        until(lambda: house.connections == 1, what="it is under way")
        house.program.process.terminate()
        assert house.program.process.wait(10) == 0


def test_tls_works_for_pages_and_for_sockets_and_a_failed_handshake_is_forgotten(demo: StartDemo, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1",
                    "-subj", "/CN=house", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    house = demo(tls=[str(certificate), str(key)], head_seconds=1)
    with house.browser() as anna:
        anna.enter()
        anna.emit("post", {"text": "長" * 80_000}, number=1)
        assert len(anna.hear_event()[1]["text"]) == 80_000
        assert anna.hear() == '431[{"ok":true,"n":null}]'
    with house.wire() as plain:
        plain.say(WELL)
        assert plain.is_over()
    with house.wire() as silent:
        assert silent.is_over()
    assert "Traceback" not in house.program.said()


def _drips(sock: socket.socket) -> bool:
    """One byte more; True when nobody takes it any longer."""
    try:
        sock.sendall(b"a")
    except OSError:
        return True
    return False


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return True
    return False


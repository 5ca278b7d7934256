"""Who may shake hands with the socket server: only pages of our own."""
import json

import pytest

from groupware.live.driver.gate import NoOrigins, explicit
from tests.live.driver.conftest import Demo, StartDemo
from tests.live.driver.wire import HANDSHAKE, QUERY

POLLING = "/socket.io/?EIO=4&transport=polling"
STRANGE = ["https://evil.example", "null", "", "http://127.0.0.1", "HTTP://127.0.0.1:1", "http://127.0.0.1.evil.example"]


@pytest.mark.real
@pytest.mark.parametrize("origin", STRANGE)
def test_a_strange_page_is_refused_at_both_doors(demo_fast: Demo, origin: str) -> None:
    for line, headers in ((f"GET {POLLING}", {}), (f"GET {QUERY}", HANDSHAKE)):
        status, answer = ask(demo_fast, line, {**headers, "Origin": origin})
        assert (status, b"sid" in answer) == (400, False)


@pytest.mark.real
@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "Host"])
def test_forwarded_headers_make_no_origin_ours(demo_fast: Demo, name: str) -> None:
    value = "host=evil.example;proto=http" if name == "Forwarded" else "evil.example"
    spoofed = {"Origin": "http://evil.example", "X-Forwarded-Proto": "http", name: value}
    assert ask(demo_fast, f"GET {POLLING}", spoofed)[0] == 400
    assert ask(demo_fast, f"GET {QUERY}", {**HANDSHAKE, **spoofed})[0] == 400


@pytest.mark.real
def test_a_websocket_without_an_origin_is_refused(demo_fast: Demo) -> None:
    assert ask(demo_fast, f"GET {QUERY}", HANDSHAKE)[0] == 400


@pytest.mark.real
def test_polling_without_an_origin_is_our_own_page_unless_the_browser_says_otherwise(demo_fast: Demo) -> None:
    for site, status in (("same-origin", 200), ("none", 200), ("cross-site", 400), ("same-site", 400)):
        assert ask(demo_fast, f"GET {POLLING}", {"Sec-Fetch-Site": site})[0] == status


@pytest.mark.real
def test_a_script_tag_is_told_nothing(demo_fast: Demo) -> None:
    status, answer = ask(demo_fast, f"GET {POLLING}&j=0", {})
    assert (status, b"sid" in answer) == (400, False)


@pytest.mark.real
def test_what_a_strange_page_posts_is_refused(demo_fast: Demo) -> None:
    sid = json.loads(ask(demo_fast, f"GET {POLLING}", {})[1][1:])["sid"]
    with demo_fast.wire() as wire:
        assert wire.request(f"POST {POLLING}&sid={sid}", {"Origin": "https://evil.example", "Content-Length": "2"}, b"40")[0] == 400


@pytest.mark.parametrize("origins", [[], (), None, "*", ["*"], ["https://*.example.jp"], "", ["https://a.jp", "*"], ["a.jp"], ["https://a.jp/"],
                                     ["ftp://a.jp"], [""], ["null"], ["https://"]])
def test_the_program_does_not_start_with_a_list_that_lets_anybody_in(origins: object) -> None:
    with pytest.raises(NoOrigins):
        explicit(origins)


def test_origins_that_are_spelled_out_are_taken() -> None:
    assert explicit(["https://a.jp", "http://127.0.0.1:8000"]) == {"https://a.jp", "http://127.0.0.1:8000"}
    assert explicit("https://a.jp") == {"https://a.jp"}


@pytest.mark.real
def test_the_program_ends_at_once_without_origins(demo: StartDemo) -> None:
    with pytest.raises(AssertionError, match="must be spelled out"):
        demo(origins=[])


def ask(demo_fast: Demo, line: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """On a connection of its own: a refusal ends it."""
    with demo_fast.wire() as wire:
        return wire.request(line, headers)

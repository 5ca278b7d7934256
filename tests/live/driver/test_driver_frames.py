"""The frame reader by itself: bytes in, messages out."""
import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groupware.live.driver import frames
from groupware.live.driver.budget import CONTROL, Budget, TooMuch
from groupware.live.driver.frames import FrameReader, Message, Violation, unmask

MOST = 256 * 1024
MASK = b"\x37\xfa\x21\x3d"


def masked(opcode: int, payload: bytes = b"", *, final: bool = True, mask: bytes = MASK, rsv: int = 0) -> bytes:
    """A frame as a browser sends it."""
    first = (0x80 if final else 0) | rsv | opcode
    return head(first, len(payload)) + mask + unmask(payload, mask)


def head(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((first, 0x80 | length))
    if length < 1 << 16:
        return struct.pack("!BBH", first, 0xFE, length)
    return struct.pack("!BBQ", first, 0xFF, length)


def read(data: bytes, cuts: tuple[int, ...] = (), most: int = MOST) -> list[Message | int]:
    """All messages, and at the end the code of the violation if there was one."""
    reader = FrameReader(most, lambda length, opcode: None)
    found: list[Message | int] = []
    try:
        for start, end in pairwise((0, *sorted(cuts), len(data))):
            reader.feed(data[start:end])
            while message := reader.take():
                found.append(message)
    except Violation as violation:
        found.append(violation.code)
    return found


def texts_of(found: list[Message | int]) -> list[str]:
    return [message.text for message in found if isinstance(message, Message) and message.opcode == frames.TEXT]


@st.composite
def conversations(draw: st.DrawFn) -> bytes:
    """Messages in fragments, pings between them, perhaps a close, perhaps rubbish at the end."""
    data = b""
    for text in draw(st.lists(st.text(max_size=300), max_size=5)):
        payload = text.encode()
        cuts = sorted(draw(st.lists(st.integers(0, len(payload)), max_size=3)))
        pieces = [payload[a:b] for a, b in pairwise((0, *cuts, len(payload)))]
        for number, piece in enumerate(pieces):
            opcode, final = frames.CONTINUATION if number else frames.TEXT, number == len(pieces) - 1
            data += masked(opcode, piece, final=final, mask=draw(st.binary(min_size=4, max_size=4)))
            data += draw(st.sampled_from([b"", b"", masked(frames.PING, b"are you there"), masked(frames.PONG)]))
    return data + draw(st.sampled_from([b"", masked(frames.CLOSE, b"\x03\xe8bye") + b"what comes after"])) + draw(st.binary(max_size=20))


@given(data=conversations(), cuts=st.lists(st.integers(0, 4000), max_size=30))
def test_any_split_of_the_bytes_gives_the_same_messages(data: bytes, cuts: list[int]) -> None:
    assert read(data, tuple(min(cut, len(data)) for cut in cuts)) == read(data)


@given(data=conversations())
def test_byte_by_byte_is_a_split_too(data: bytes) -> None:
    assert read(data, tuple(range(len(data)))) == read(data)


@settings(max_examples=500)
@given(data=st.binary(max_size=300), cuts=st.lists(st.integers(0, 300), max_size=5))
def test_no_bytes_whatever_make_it_fail_otherwise_than_by_a_violation(data: bytes, cuts: list[int]) -> None:
    assert read(data, tuple(min(cut, len(data)) for cut in cuts)) == read(data)


@given(payload=st.binary(max_size=2000), mask=st.binary(min_size=4, max_size=4))
def test_unmasking_is_what_the_standard_says(payload: bytes, mask: bytes) -> None:
    assert unmask(payload, mask) == bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, MOST])
def test_every_length_comes_through(length: int) -> None:
    assert texts_of(read(masked(frames.TEXT, b"x" * length))) == ["x" * length]


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_what_we_send_is_as_long_as_it_says(length: int) -> None:
    sent = frames.text_frame(b"x" * length)
    extended = {126: 2, 127: 8}.get(sent[1], 0)
    said = int.from_bytes(sent[2:2 + extended], "big") if extended else sent[1]
    assert (sent[0], said, sent[2 + extended:]) == (0x81, length, b"x" * length)


def test_fragments_become_one_message_with_a_ping_in_their_midst() -> None:
    word = "会議".encode()
    data = masked(frames.TEXT, word[:2], final=False) + masked(frames.PING, b"?") + masked(frames.CONTINUATION, word[2:5], final=False) \
        + masked(frames.CONTINUATION, word[5:])
    assert read(data) == [Message(frames.PING, payload=b"?"), Message(frames.TEXT, "会議")]


def test_after_a_close_nothing_is_read() -> None:
    data = masked(frames.CLOSE, b"\x03\xe8bye") + masked(frames.TEXT, b"more")
    assert read(data) == [Message(frames.CLOSE, "bye", b"\x03\xe8")]


WRONG = {
    "a reserved bit": (masked(frames.TEXT, b"x", rsv=0x40), 1002),
    "another reserved bit": (masked(frames.TEXT, b"x", rsv=0x10), 1002),
    "a frame without a mask": (b"\x81\x01x", 1002),
    "a reserved opcode": (masked(0x3), 1002),
    "a reserved control opcode": (masked(0xB), 1002),
    "a long ping": (masked(frames.PING, b"x" * 126), 1002),
    "a ping in fragments": (masked(frames.PING, b"x", final=False), 1002),
    "a continuation of nothing": (masked(frames.CONTINUATION, b"x"), 1002),
    "a new message inside another": (masked(frames.TEXT, b"x", final=False) + masked(frames.TEXT, b"y"), 1002),
    "a length with its first bit set": (b"\x81\xff" + b"\xff" * 8, 1002),
    "a length longer than needed": (b"\x81\xfe\x00\x05" + MASK + b"12345", 1002),
    "a length much longer than needed": (b"\x81\xff" + (5).to_bytes(8, "big") + MASK + b"12345", 1002),
    "a close with half a code": (masked(frames.CLOSE, b"\x03"), 1002),
    "a close with a code that is never sent": (masked(frames.CLOSE, struct.pack("!H", 1005)), 1002),
    "a close with a code of nobody": (masked(frames.CLOSE, struct.pack("!H", 2999)), 1002),
    "a close with a reason that is no text": (masked(frames.CLOSE, b"\x03\xe8\xff"), 1007),
    "text that is no UTF-8": (masked(frames.TEXT, b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80"), 1007),
    "text cut inside a character": (masked(frames.TEXT, "会".encode()[:2]), 1007),
    "a fragment that can never become UTF-8": (masked(frames.TEXT, b"\xf4\x90", final=False), 1007),
    "a fragment too many for the character before": (masked(frames.TEXT, b"\xe4", final=False) + masked(frames.CONTINUATION, b"a"), 1007),
    "binary data": (masked(frames.BINARY, b"x"), 1003),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_peer_is_told_what_it_did_wrong(name: str) -> None:
    data, code = WRONG[name]
    assert read(data)[-1] == code


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1011, 3000, 4999])
def test_a_close_code_that_may_be_sent_is_taken(code: int) -> None:
    assert read(masked(frames.CLOSE, struct.pack("!H", code))) == [Message(frames.CLOSE, "", struct.pack("!H", code))]


def test_a_close_may_say_nothing() -> None:
    assert read(masked(frames.CLOSE)) == [Message(frames.CLOSE)]


@pytest.mark.parametrize("length", [MOST + 1, 300 * 1024 * 1024, (1 << 63) - 1])
def test_a_header_alone_is_enough_to_refuse_a_long_message(length: int) -> None:
    assert read(head(0x81, length)) == [1009]


def test_fragments_are_added_up_by_their_headers() -> None:
    half = masked(frames.TEXT, b"x" * (MOST // 2), final=False)
    assert read(half + head(0x80, MOST // 2 + 1)) == [1009]
    assert texts_of(read(half + masked(frames.CONTINUATION, b"x" * (MOST // 2)))) == ["x" * MOST]


def test_a_stranger_may_say_less() -> None:
    assert read(head(0x81, 16_385), most=16_384) == [1009]


def test_every_frame_is_paid_for_before_it_is_read() -> None:
    budget = Budget(rate=0, burst=CONTROL + 3)
    reader = FrameReader(MOST, budget.charge)
    reader.feed(masked(frames.TEXT, b"x", final=False) + masked(frames.PING) + masked(frames.CONTINUATION, final=False) + head(0x80, 10))
    assert reader.take() == Message(frames.PING)
    with pytest.raises(Violation, match="1008"):
        reader.take()


def test_long_messages_cost_more_than_short_ones() -> None:
    budget = Budget(rate=0, burst=40)
    budget.charge(MOST)
    with pytest.raises(Violation):
        budget.charge(MOST)


def test_what_no_page_sends_costs_more_than_what_people_say() -> None:
    budget = Budget(rate=0, burst=3 * CONTROL - 1)
    budget.charge(0, frames.PING)
    budget.charge(0, frames.PONG)
    with pytest.raises(TooMuch):
        budget.charge(0, frames.PING)

"""The outbox by itself, over a pair of sockets."""
import os
from collections.abc import Iterator

import gevent
import pytest
from gevent import socket
from hypothesis import given, settings
from hypothesis import strategies as st

from groupware.live.driver.outbox import Outbox

Pair = tuple[socket.socket, socket.socket]
SMALL = 16 * 1024


def small_pair() -> Pair:
    """The system holds little for who does not read."""
    here, there = socket.socketpair()
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    return here, there


@pytest.fixture
def pair() -> Iterator[Pair]:
    here, there = small_pair()
    with here, there:
        yield here, there


def read_all(sock: socket.socket, piece: int = 1 << 16) -> bytes:
    with gevent.Timeout(10):
        return b"".join(iter(lambda: sock.recv(piece), b""))


@settings(deadline=None, max_examples=40)
@given(frames=st.lists(st.binary(min_size=1, max_size=9000), max_size=40), piece=st.integers(100, 20_000), joins=st.sets(st.integers(0, 40)))
def test_all_arrives_in_order_whatever_the_readers_pace(frames: list[bytes], piece: int, joins: set[int]) -> None:
    here, there = small_pair()
    with here, there:
        outbox = Outbox(here, most=10_000_000)
        reader = gevent.spawn(read_all, there, piece)
        for number, frame in enumerate(frames):
            outbox.add(frame)
            if number not in joins:
                outbox.flush()
        outbox.end(b"last", seconds=5)
        assert reader.get() == b"".join(frames) + b"last"
        assert (outbox.size, len(outbox.frames), outbox.watcher) == (0, 0, None)


def test_several_frames_leave_in_one_send(pair: Pair) -> None:
    outbox = Outbox(pair[0], most=SMALL)
    sent: list[bytes] = []
    outbox.send = lambda data: sent.append(data) or len(data)       # type: ignore[func-returns-value]
    for number in range(5):
        outbox.add(b"frame %d " % number)
    outbox.flush()
    assert sent == [b"frame 0 frame 1 frame 2 frame 3 frame 4 "]


def test_who_does_not_read_is_cut_off_at_the_bound_and_nothing_is_kept(pair: Pair) -> None:
    here, there = pair
    outbox = Outbox(here, most=SMALL)
    for _ in range(100):
        outbox.add(os.urandom(1024))
        outbox.flush()
    assert outbox.dead
    assert (outbox.size, len(outbox.frames), outbox.watcher) == (0, 0, None)
    assert len(read_all(there)) < SMALL
    assert read_all(here) == b""        # its reader wakes


def test_a_burst_beyond_the_bound_is_no_fault_of_who_reads() -> None:
    here, there = socket.socketpair()
    with here, there:
        outbox = Outbox(here, most=SMALL)
        for number in range(60):
            outbox.add(b"%01000d" % number)         # nobody flushes
        assert not outbox.dead
        outbox.end(b"", seconds=5)
        assert len(read_all(there)) == 60_000


def test_one_frame_for_many_is_kept_once(pair: Pair) -> None:
    """A hundred who do not read hold one and the same object, and of what was half sent no copy."""
    here, _ = pair
    frame, filler = b"x" * 9000, b"y" * 4000
    outbox = Outbox(here, most=1_000_000)
    for piece in (filler, frame, frame, frame):
        outbox.add(piece)
        outbox.flush()
    assert outbox.watcher
    assert all(kept is frame or kept is filler for kept in outbox.frames)


def test_who_takes_the_last_words_too_slowly_is_cut_off(pair: Pair) -> None:
    here, _ = pair
    outbox = Outbox(here, most=1_000_000)
    outbox.add(b"x" * 500_000)
    outbox.end(b"last", seconds=0.1)
    assert not outbox.dead
    assert read_all(here) == b""
    assert outbox.dead


def test_after_the_last_word_nothing_is_added(pair: Pair) -> None:
    here, there = pair
    outbox = Outbox(here, most=SMALL)
    outbox.end(b"last", seconds=5)
    outbox.add(b"more")
    outbox.flush()
    assert read_all(there) == b"last"


def test_a_browser_that_is_gone_is_noticed_and_forgotten(pair: Pair) -> None:
    here, there = pair
    outbox = Outbox(here, most=SMALL)
    there.close()
    outbox.add(b"hello")
    outbox.flush()
    assert outbox.dead
    assert not outbox.frames

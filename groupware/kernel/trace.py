"""Where an act came from: carried beside it into the audit entry and the log."""
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex


@dataclass(frozen=True, slots=True)
class Trace:
    request_id: str
    door: str               # "http", "socket", "worker" or "console"
    address: str = ""


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace:
    return _current.get() or Trace("-", "console")


def begin(door: str, address: str = "") -> Trace:
    """For whoever opens a request and has no block to put around it."""
    trace = Trace(token_hex(8), door, address)
    _current.set(trace)
    return trace


@contextmanager
def through(door: str, address: str = "") -> Iterator[Trace]:
    token = _current.set(Trace(token_hex(8), door, address))
    try:
        yield _current.get() or current()
    finally:
        _current.reset(token)

"""Where an act came from: carried beside it into the audit entry and the log."""
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from random import getrandbits


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
    trace = Trace(_new_id(), door, address)
    _current.set(trace)
    return trace


@contextmanager
def through(door: str, address: str = "") -> Iterator[Trace]:
    token = _current.set(Trace(_new_id(), door, address))
    try:
        yield _current.get() or current()
    finally:
        _current.reset(token)


def _new_id() -> str:
    """A name to find things by, no secret: the system's own randomness would cost more than a query."""
    return f"{getrandbits(64):016x}"

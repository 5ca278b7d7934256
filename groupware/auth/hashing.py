"""argon2id, in one thread beside the loop: a burst of sign-ins queues there and nobody else waits.

Parameters as measured: 64 MiB would cost 163 ms of CPU a sign-in, and 1,500 people at 08:30 both cores for two minutes.
"""
import secrets
from collections.abc import Callable
from functools import cache
from typing import Any

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.hub import Hub
from gevent.threadpool import ThreadPool

from groupware.kernel.errors import Unavailable

LONGEST = 128           # characters of a password
MOST_WAITING = 256      # seven seconds of work; whoever comes then is told to come back
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_waiting: list[object] = []


def hash_of(password: str) -> str:
    return str(_beside_the_loop(_hasher.hash, _measured(password)))


def matches(kept: str | None, password: str) -> bool:
    """Exactly one verification, whether there is a hash or not: time does not tell who exists."""
    return bool(_beside_the_loop(_verify, kept or nobodys_hash(), _measured(password))) and kept is not None


def is_outdated(kept: str) -> bool:
    """The parameters have changed since."""
    return _hasher.check_needs_rehash(kept)


@cache
def nobodys_hash() -> str:
    """Of a password nobody knows, with the parameters of today. Made at the start, for the first stranger must not pay for it."""
    return _hasher.hash(secrets.token_urlsafe(32))


def _measured(password: str) -> str:
    """One character too many never matches a password that was accepted, and megabytes are not hashed."""
    return password[:LONGEST + 1]


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _beside_the_loop(work: Callable[..., Any], *args: Any) -> Any:
    if len(_waiting) >= MOST_WAITING:
        raise Unavailable
    ticket = object()
    _waiting.append(ticket)
    try:
        return _thread_of(gevent.get_hub()).apply(work, args)
    finally:
        _waiting.remove(ticket)


@cache
def _thread_of(hub: Hub) -> ThreadPool:
    """The web process has one loop, hence one thread."""
    return ThreadPool(1, hub)

"""The second kind of act: cursors, presence, typing. Permitted like commands, but merged, and with no entry in the audit."""
import logging
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

import gevent

from groupware.kernel.actor import Actor
from groupware.kernel.memory import remembered
from groupware.kernel.permissions import Permission, authorize

log = logging.getLogger(__name__)
EVERY = 0.5         # seconds: durable within one second, with room to spare


def signal(permission: Permission, on: Callable[[Actor, Any], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The decorated function gets its target found by ``on(actor, id)`` and permitted, as a command does; it records nothing."""
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def act(actor: Actor, target_id: Any, *args: Any) -> Any:
            target = on(actor, target_id)
            authorize(actor, permission, target)
            return function(actor, target, *args)
        act.permission = permission         # type: ignore[attr-defined]
        return act
    return decorate


class Merged:
    """Collects signals by key, keeps the merged value, and hands all over together at most twice a second.

    ``flush(values)`` gets a dict of key to value. What it could not take because it failed is offered again with the next round.
    """

    def __init__(self, flush: Callable[[dict[Any, Any]], None], merge: Callable[[Any, Any], Any] = max) -> None:
        self.flush, self.merge = flush, merge
        self.values: dict[Hashable, Any] = remembered({})
        self._running = False

    def put(self, key: Hashable, value: object) -> None:
        self.values[key] = self.merge(self.values[key], value) if key in self.values else value
        if not self._running:
            self._running = True
            gevent.spawn_later(EVERY, self._round)

    def now(self) -> None:
        """Hand over at once: at the end of the program, and in tests."""
        values = dict(self.values)
        self.values.clear()
        if values:
            self._hand_over(values)

    def _round(self) -> None:
        try:
            self.now()
        finally:
            self._running = False
            if self.values:
                first = next(iter(self.values))
                self.put(first, self.values[first])

    def _hand_over(self, values: dict[Hashable, Any]) -> None:
        try:
            self.flush(values)
        except Exception:
            log.exception("%d signals could not be kept, they wait for the next round", len(values))
            for key, value in values.items():
                self.values[key] = self.merge(self.values[key], value) if key in self.values else value

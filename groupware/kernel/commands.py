"""A command is one deed: allowed or refused, whole or not at all, written down, then told."""
from collections.abc import Callable
from functools import wraps
from typing import Any

from sqlalchemy.exc import IntegrityError

from groupware.kernel import db, trace
from groupware.kernel.actor import Actor, in_person
from groupware.kernel.errors import Conflict
from groupware.kernel.events import Event, Fact
from groupware.kernel.permissions import Permission, authorize
from groupware.kernel.reactions import react_within

Finder = Callable[[Actor, Any], Any]


class Already(Exception):
    """Raised by a command that finds its work done before (a client's retry): nothing changes, ``result`` is the answer."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result = result


def command(permission: Permission, on: Finder | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The decorated function runs inside the one transaction, with its target found by ``on(actor, id)`` and permitted.

    A unique constraint judges who was first: after a collision the whole command is run once more.
    """
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def deed(actor: Actor, *args: Any, **more: Any) -> Any:
            who = in_person(actor)

            def work() -> Any:
                return _perform(function, permission, on, who, args, more)
            if db.current.get():
                return work()
            return _run(work)
        deed.permission = permission        # type: ignore[attr-defined]
        return deed
    return decorate


def record(actor: Actor, event: Event) -> None:
    """The one line by which a command becomes true for audit, reactions and the outbox."""
    db.unit().facts.append(Fact(actor, event, trace.current()))
    react_within(event)


def _run(work: Callable[[], Any]) -> Any:
    try:
        return _first_or_again(work)
    except Already as already:
        return already.result


def _first_or_again(work: Callable[[], Any]) -> Any:
    try:
        return db.write(work)
    except IntegrityError:
        try:
            return db.write(work)
        except IntegrityError as still:
            raise Conflict from still


def _perform(function: Callable[..., Any], permission: Permission, on: Finder | None,
             actor: Actor, args: tuple[Any, ...], more: dict[str, Any]) -> Any:
    target = None
    if on:
        target = on(actor, args[0])
        args = (target, *args[1:])
    authorize(actor, permission, target)
    before = len(db.unit().facts)
    result = function(actor, *args, **more)
    if len(db.unit().facts) == before:
        raise EventMissing(function.__qualname__)
    return result


class EventMissing(AssertionError):
    """No event, no command: what is not recorded did not happen."""

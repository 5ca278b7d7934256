"""May this person do that? Every permission has exactly one rule, and every door stands in the access table."""
import logging
from collections.abc import Callable
from enum import Enum
from typing import Any

from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden
from groupware.kernel.house import house

log = logging.getLogger(__name__)


class Permission(Enum):
    """Features subclass it: a verb, and a sentence which says what it allows."""


class Door(Enum):
    """For doors that no single permission guards."""

    PUBLIC = "だれでも"
    SIGNED_IN = "サインインした人"


PUBLIC, SIGNED_IN = Door.PUBLIC, Door.SIGNED_IN
Rule = Callable[[Actor, Any], bool]


def may(actor: Actor, permission: Permission, target: object = None) -> bool:
    """The one place where a rule is asked."""
    return bool(house.rules[permission](actor, target))


def authorize(actor: Actor, permission: Permission, target: object = None) -> None:
    """Raises Forbidden."""
    if not may(actor, permission, target):
        raise Forbidden


def note_refusal(actor: Actor, door: str, about: str) -> None:
    """Said by the doors themselves, outside of any transaction: what was refused has been undone by then."""
    for hook in house.on_refusal:
        try:
            hook(actor, door, about)
        except Exception:
            log.exception("a refusal could not be noted")

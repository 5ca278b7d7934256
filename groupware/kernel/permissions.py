"""May this person do that? Every permission has exactly one rule, and every door stands in the access table."""
from collections.abc import Callable
from enum import Enum
from typing import Any

from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden
from groupware.kernel.house import house


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

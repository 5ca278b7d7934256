"""Who looks after the work of the helper."""
from collections.abc import Callable, Mapping
from typing import Any

from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission


class Running(Permission):
    KEEP = "仕事のようすを見て、止まったものを動かす・やめる"


def can_keep(actor: Actor, _: object) -> bool:
    return actor.has("administrator")


RULES: Mapping[Permission, Callable[[Actor, Any], bool]] = {Running.KEEP: can_keep}

"""Only from the console of the machine."""
from collections.abc import Callable, Mapping
from typing import Any

from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission


class Keeping(Permission):
    BACK_UP = "控えをとる"
    RESTORE = "控えから戻す"


def is_console(actor: Actor, _: object) -> bool:
    return actor.has("system")


RULES: Mapping[Permission, Callable[[Actor, Any], bool]] = {Keeping.BACK_UP: is_console, Keeping.RESTORE: is_console}

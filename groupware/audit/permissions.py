"""Who reads the entries."""
from collections.abc import Callable, Mapping
from typing import Any

from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission


class Audit(Permission):
    READ = "監査の記録を見る"


def can_read(actor: Actor, _: object) -> bool:
    """One's own are seen by everybody, at another door."""
    return actor.has("administrator")


RULES: Mapping[Permission, Callable[[Actor, Any], bool]] = {Audit.READ: can_read}

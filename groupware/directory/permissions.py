"""Who may look into the directory, who keeps it, who makes groups."""
from collections.abc import Callable, Mapping
from typing import Any

from groupware.directory.models import ADMINISTRATOR
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission


class Directory(Permission):
    LOOK = "職員名簿を見る"
    KEEP = "職員と組織を登録・変更する"
    GROUP = "職員の集まり（チームなど）をつくる"


def can_look(actor: Actor, _: object) -> bool:
    """Outsiders see the people of their rooms there, not the whole list."""
    return not actor.outside


def can_keep(actor: Actor, _: object) -> bool:
    return actor.has(ADMINISTRATOR) or actor.has("system")


def can_group(actor: Actor, _: object) -> bool:
    return actor.has("steering") or can_keep(actor, None)


RULES: Mapping[Permission, Callable[[Actor, Any], bool]] = {Directory.LOOK: can_look, Directory.KEEP: can_keep, Directory.GROUP: can_group}

"""Who may look into the directory, and who keeps it."""
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission


class Directory(Permission):
    LOOK = "職員名簿を見る"
    KEEP = "職員と組織を登録・変更する"


def can_look(actor: Actor, _: object) -> bool:
    """Advisers see the people of their rooms there, not the whole list."""
    return not actor.outside


def can_keep(actor: Actor, _: object) -> bool:
    return actor.has("administrator") or actor.has("system")


RULES = {Directory.LOOK: can_look, Directory.KEEP: can_keep}

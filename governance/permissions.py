"""Who may do what with the plan. Everybody in the house reads it: the city has published it."""
from governance.flows import EDITION
from governance.models.plan import Edition
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule

STEERING, CIO, SYSTEM = "steering", "cio", "system"


class Governance(Permission):
    ADOPT = "市が定めた計画を、はじめの版として入れる"
    DRAFT = "計画の改訂案をつくる"
    MOVE_EDITION = "計画の改訂を進める"


def edition_parts(actor: Actor, edition: Edition) -> set[str]:
    """Nobody decides on a draft of their own."""
    parts = {role for role in (STEERING, CIO, SYSTEM) if actor.has(role)}
    return parts - {CIO} if edition.author_id == actor.user_id else parts


def can_adopt(actor: Actor, _: object) -> bool:
    return actor.has(SYSTEM) or actor.has("administrator")


def can_draft(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) or can_adopt(actor, None)


def can_move_edition(actor: Actor, edition: Edition) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(EDITION.players & edition_parts(actor, edition))


RULES: dict[Permission, Rule] = {Governance.ADOPT: can_adopt, Governance.DRAFT: can_draft, Governance.MOVE_EDITION: can_move_edition}

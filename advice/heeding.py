"""What the desk has decided about a commission, carried out in the same transaction."""
from dataclasses import dataclass

from advice.commands.commissions import heed_desk
from advice.models import ASKING, RENEWING, Commission
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM


@dataclass(frozen=True, slots=True)
class CommissionDecided:
    """Effect, within: the desk has answered."""

    commission_id: int
    granted: bool


def heed(effect: CommissionDecided) -> None:
    """What has ended in the meantime was taken back from the desk by ourselves."""
    found = db.session.get(Commission, effect.commission_id)
    if found and found.state in {ASKING, RENEWING}:
        heed_desk(SYSTEM, found.id, granted=effect.granted)

"""Years that are over close what is still open; who came to a new gap by a transfer is proposed for a talk."""
from groupware.kernel.actor import SYSTEM
from training.commands.plans import move_plan, propose_talks
from training.commands.skills import follow_holders
from training.queries.plans import overdue_plans


def keep_plans() -> None:
    for plan_id in overdue_plans():
        move_plan(SYSTEM, plan_id, "close")
    follow_holders(SYSTEM)
    propose_talks(SYSTEM)

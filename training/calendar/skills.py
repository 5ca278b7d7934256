"""Where holders sit is followed; who holds something that ends soon is told."""
from groupware.kernel.actor import SYSTEM
from training.commands.skills import follow_holders, tell_expiries


def keep_holders() -> None:
    follow_holders(SYSTEM)
    tell_expiries(SYSTEM)

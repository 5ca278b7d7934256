"""Questions the directory asks of rooms it does not know."""
from collections.abc import Callable

from sqlalchemy import Select

from groupware.kernel.actor import Actor

SharesRoom = Callable[[Actor], Select[int]]
companions: set[SharesRoom] = set()


def shares_room(ask: SharesRoom) -> SharesRoom:
    """A feature's answer, put above a function: ids of the people this outsider meets there, and so may find in the directory."""
    companions.add(ask)
    return ask

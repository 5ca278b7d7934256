"""How a thing looks to somebody: the only view one feature has of another's things."""
from dataclasses import dataclass

from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.house import house
from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Card:
    """``where`` says in what place the thing stands (a room, a board); ``excerpt`` is plain text."""

    ref: Ref
    title: str
    url: str
    icon: str
    where: str = ""
    excerpt: str = ""


def card_for(actor: Actor, ref: Ref) -> Card:
    """The owner of the thing authorises; raises NotFound for what is not there or may not be seen."""
    if ref.kind not in house.cards:
        raise NotFound
    return house.cards[ref.kind](actor, ref.id)


def may_see(actor: Actor, ref: Ref) -> bool:
    try:
        card_for(actor, ref)
    except NotFound:
        return False
    return True

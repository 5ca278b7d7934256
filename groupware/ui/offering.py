"""What other features offer on a thing, what they have put on it, where colleagues are: for templates."""
from collections.abc import Collection

from flask import url_for
from flask_login import current_user

from groupware.kernel.house import house
from groupware.kernel.ports import Whereabout, whereabouts
from groupware.kernel.ref import Ref
from groupware.kernel.things import Chip, chips_for, offers_on
from groupware.kernel.widget import Widget


def offers(kind: str, number: int | None = None) -> list[tuple[str, str, str]]:
    """(label, icon, url); without a number the url ends where the number belongs."""
    about = f"{kind}:{'' if number is None else number}"
    return [(offer.label, offer.icon, url_for(offer.endpoint, about=about)) for offer in offers_on(current_user, kind)]


def chips(kind: str, numbers: Collection[int]) -> dict[int, list[Chip]]:
    found = chips_for([Ref(kind, number) for number in numbers])
    return {ref.id: put for ref, put in found.items()}


def places_now(user_ids: Collection[int]) -> dict[int, Whereabout]:
    """Where colleagues have said they are, in one question; of no business to people from outside."""
    return whereabouts().of(list(user_ids)) if user_ids and not current_user.outside else {}


def sections(kind: str, number: int) -> list[Widget]:
    """What other features show on the page of a thing, for whoever looks at it."""
    asked = (ask(current_user, Ref(kind, number)) for ask in house.sections.get(kind, ()))
    return sorted(filter(None, asked), key=lambda each: each.order)

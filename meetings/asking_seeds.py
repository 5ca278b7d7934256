"""Units of the demo city are asked what they bring; some answer, by the commands."""
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from groupware.directory.queries import ids_by_unit_code
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from meetings.commands.inquiries import ask_units, bring_nothing, offer_item
from meetings.inquiry_drafts import InquiryDraft, OfferDraft


def ask_around(secretary: Actor, sitting_id: int, starts: datetime, told: dict[str, Any], find: Callable[[str], Actor]) -> None:
    """``find`` gives somebody by staff number; ``days`` before the sitting answers are due."""
    units, due = ids_by_unit_code(), starts.astimezone(clock.JST).date() - timedelta(days=told["days"])
    inquiry_id: int = ask_units(secretary, sitting_id, InquiryDraft(tuple(units[code] for code in told["units"]), due, due, told["note"]))
    for code, who in told["none"].items():
        bring_nothing(find(who), (inquiry_id, units[code]))
    for offer in told["offers"]:
        form = MultiDict({key: str(value) for key, value in offer.items()})
        offer_item(find(offer["by"]), (inquiry_id, units[offer["unit"]]), OfferDraft.parse(form))

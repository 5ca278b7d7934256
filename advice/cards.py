"""How advice looks from elsewhere; whoever may not see it gets nothing."""
from collections.abc import Collection

from advice.models import SORTS, STATES, Advice
from advice.queries.pieces import advice_by_ids
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.text import fold
from groupware.kernel.things import Card
from groupware.ui.paths import path_for

PLACES = (("助言・提言の事例集", "advice.index"), ("助言・提言の年度の集計", "advice.years"))


def advice_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    return [card_of(each) for each in advice_by_ids(actor, ids)]


def card_of(advice: Advice) -> Card:
    """For whom it may be shown to."""
    return Card(advice.ref, advice.title, path_for("advice.piece", advice_id=advice.id), "advice",
                f"{SORTS[advice.sort]}・{advice.author_name}・{STATES[advice.state]}", (advice.body or advice.question)[:200])


def jumps(_: Actor, text: str) -> list[Jump]:
    wanted = fold(text)
    return [Jump(label, "DX推進", path_for(endpoint), "advice") for label, endpoint in PLACES if wanted and wanted in fold(label)]

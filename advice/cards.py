"""How advice looks from elsewhere; whoever may not see it gets nothing."""
from collections.abc import Collection

from advice.models import COMMISSIONS, SORTS, STATES, Advice, Commission
from advice.permissions import can_read_register
from advice.queries.commissions import commissions_by_ids
from advice.queries.pieces import advice_by_ids
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.text import fold
from groupware.kernel.things import Card
from groupware.ui.paths import path_for

PLACES = (("助言・提言の事例集", "advice.index"), ("助言・提言の年度の集計", "advice.years"))
OFFICE = ("DXアドバイザーの委嘱", "advice.commissions")


def advice_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    return [card_of(each) for each in advice_by_ids(actor, ids)]


def card_of(advice: Advice) -> Card:
    """For whom it may be shown to."""
    return Card(advice.ref, advice.title, path_for("advice.piece", advice_id=advice.id), "advice",
                f"{SORTS[advice.sort]}・{advice.author_name}・{STATES[advice.state]}", (advice.body or advice.question)[:200])


def commission_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    return [office_card(each) for each in commissions_by_ids(actor, ids)]


def office_card(found: Commission) -> Card:
    """For whom it may be shown to."""
    return Card(found.ref, f"{found.name} さんの委嘱", path_for("advice.commission", commission_id=found.id), "guest",
                f"DXアドバイザー・{COMMISSIONS[found.state]}", f"{found.affiliation}　{found.field}".strip())


def jumps(actor: Actor, text: str) -> list[Jump]:
    wanted, places = fold(text), (*PLACES, OFFICE) if can_read_register(actor, None) else PLACES
    return [Jump(label, "DX推進", path_for(endpoint), "advice") for label, endpoint in places if wanted and wanted in fold(label)]

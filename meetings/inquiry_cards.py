"""How an inquiry and what a unit offers look from elsewhere; the owner authorises."""
from collections.abc import Collection

from flask import url_for

from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card
from meetings.cards import name_of
from meetings.models.inquiries import Inquiry
from meetings.queries.inquiries import asks_for, bids_for


def inquiry_cards(actor: Actor, inquiry_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.inquiry", ask.inquiry.id), f"{name_of(ask.table)} に出す議題の照会", address_of(ask.inquiry.id), "meet", "会議")
            for ask in asks_for(actor, Inquiry.id.in_(inquiry_ids))]


def offer_cards(actor: Actor, offer_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.offer", bid.offer.id), bid.offer.title, address_of(bid.offer.inquiry_id), "meet",
                 f"申し出のあった議題・{name_of(bid.reply.ask.table)}") for bid in bids_for(actor, offer_ids)]


def address_of(inquiry_id: int) -> str:
    return url_for("meetings.inquiry", inquiry_id=inquiry_id)

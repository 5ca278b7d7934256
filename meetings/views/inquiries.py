"""Pages on which units are asked for items and answer; the place of a paper that is still to come."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards, unit_tree
from groupware.kernel.errors import Forbidden
from meetings.cards import name_of
from meetings.commands import awaiting, inquiries
from meetings.inquiring import can_answer_for, can_ask, can_take
from meetings.inquiry_drafts import AwaitedDraft, InquiryDraft, OfferDraft, chosen_offers
from meetings.models.inquiries import REPLIES
from meetings.pace import days_before
from meetings.permissions import can_edit_item
from meetings.queries.inquiries import ask_for, bid_for, files_offered, gap_for, inquiry_of, offers_of, reply_for
from meetings.queries.items import topic_for
from meetings.queries.sittings import table_for
from meetings.views.reading import blueprint


@blueprint.get("/<int:sitting_id>/inquiry/new")
def new_inquiry(sitting_id: int) -> str:
    table = table_for(current_user, sitting_id)
    if not can_ask(current_user, table):
        raise Forbidden
    sitting, body = table.sitting, table.seat.body
    return render_template("meetings/asking.html", title="所属に議題を照会する", table=table, tree=unit_tree(), inquiry=inquiry_of(sitting),
                           answer_by=days_before(sitting.starts_at, body.answer_days), papers_by=days_before(sitting.starts_at, body.papers_days))


@blueprint.post("/<int:sitting_id>/inquiry")
def ask_units(sitting_id: int) -> Response:
    return _to_inquiry(inquiries.ask_units(current_user, sitting_id, InquiryDraft.parse(request.form)))


@blueprint.get("/inquiries/<int:inquiry_id>")
def inquiry(inquiry_id: int) -> str:
    """Who asked sees all units, who answers their own."""
    ask = ask_for(current_user, inquiry_id)
    prepares, offers = can_take(current_user, ask), offers_of(ask)
    shown = [unit for unit in ask.units if prepares or unit.unit_id in ask.mine]
    every = [offer for unit in shown for offer in offers[unit.unit_id]]
    return render_template("meetings/inquiry.html", title=f"議題の照会・{name_of(ask.table)}", ask=ask, table=ask.table, units=shown, offers=offers,
                           files=files_offered(every), people=people_cards(offer.presenter_id for offer in every if offer.presenter_id),
                           prepares=prepares, replies=REPLIES, new=[offer for offer in every if offer.item_id is None])


@blueprint.post("/inquiries/<int:inquiry_id>/reminders")
def remind_units(inquiry_id: int) -> Response:
    inquiries.remind_units(current_user, inquiry_id)
    return _to_inquiry(inquiry_id)


@blueprint.post("/inquiries/<int:inquiry_id>/items")
def take_offers(inquiry_id: int) -> Response:
    inquiries.take_offers(current_user, inquiry_id, chosen_offers(request.form))
    return redirect(url_for("meetings.sitting", sitting_id=ask_for(current_user, inquiry_id).inquiry.sitting_id), 303)


@blueprint.get("/inquiries/<int:inquiry_id>/units/<int:unit_id>")
def replying(inquiry_id: int, unit_id: int) -> str:
    reply = reply_for(current_user, (inquiry_id, unit_id))
    if not can_answer_for(current_user, reply):
        raise Forbidden
    offers = offers_of(reply.ask)[unit_id]
    return render_template("meetings/replying.html", title=f"{reply.unit.name} の議題", reply=reply, ask=reply.ask, table=reply.ask.table,
                           offers=offers, files=files_offered(offers), me=list(people_cards([current_user.user_id]).values()),
                           people=people_cards(offer.presenter_id for offer in offers if offer.presenter_id))


@blueprint.post("/inquiries/<int:inquiry_id>/units/<int:unit_id>/none")
def bring_nothing(inquiry_id: int, unit_id: int) -> Response:
    inquiries.bring_nothing(current_user, (inquiry_id, unit_id))
    return _to_inquiry(inquiry_id)


@blueprint.post("/inquiries/<int:inquiry_id>/units/<int:unit_id>/offers")
def offer_item(inquiry_id: int, unit_id: int) -> Response:
    inquiries.offer_item(current_user, (inquiry_id, unit_id), OfferDraft.parse(request.form))
    return redirect(url_for("meetings.replying", inquiry_id=inquiry_id, unit_id=unit_id), 303)


@blueprint.post("/offers/<int:offer_id>/removal")
def withdraw_offer(offer_id: int) -> Response:
    offer = bid_for(current_user, offer_id).offer
    where = url_for("meetings.replying", inquiry_id=offer.inquiry_id, unit_id=offer.unit_id)
    inquiries.withdraw_offer(current_user, offer_id)
    return redirect(where, 303)


@blueprint.get("/items/<int:item_id>/awaited/new")
def new_awaited(item_id: int) -> str:
    topic = topic_for(current_user, item_id)
    if not can_edit_item(current_user, topic):
        raise Forbidden
    return render_template("meetings/awaiting.html", title="あとから届く資料", topic=topic, table=topic.table,
                           inquiry=inquiry_of(topic.table.sitting))


@blueprint.post("/items/<int:item_id>/awaited")
def await_paper(item_id: int) -> Response:
    awaiting.await_paper(current_user, item_id, AwaitedDraft.parse(request.form))
    return _to_item(topic_for(current_user, item_id).item.sitting_id, item_id)


@blueprint.post("/awaited/<int:awaited_id>/removal")
def await_no_more(awaited_id: int) -> Response:
    item = gap_for(current_user, awaited_id).topic.item
    awaiting.await_no_more(current_user, awaited_id)
    return _to_item(item.sitting_id, item.id)


def _to_inquiry(inquiry_id: int) -> Response:
    return redirect(url_for("meetings.inquiry", inquiry_id=inquiry_id), 303)


def _to_item(sitting_id: int, item_id: int) -> Response:
    return redirect(url_for("meetings.sitting", sitting_id=sitting_id, _anchor=f"i{item_id}"), 303)

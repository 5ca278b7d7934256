"""Units are asked what they bring, answer, are reminded; what they offer comes onto the agenda in one act."""
from collections.abc import Collection

from sqlalchemy import func, select

from groupware.directory.queries import people_cards
from groupware.files.commands import attach_files, detach_files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid, TooMany
from meetings.commands.items import add_item
from meetings.commands.papers import adopt_papers
from meetings.forms import ItemDraft, PapersDraft, title_of
from meetings.inquiring import Ask, Bid, Inquiries, Reply
from meetings.inquiry_drafts import InquiryDraft, OfferDraft
from meetings.inquiry_events import OffersTaken, UnitAnswered, UnitsAsked, UnitsReminded
from meetings.models.inquiries import ITEMS, NOTHING, AskedUnit, AwaitedPaper, Inquiry, Offer
from meetings.permissions import Table
from meetings.queries.inquiries import (
    ask_for,
    bid_for,
    files_offered,
    inquiry_for,
    inquiry_of,
    offer_ref,
    offers_of,
    reply_for,
    sections_below,
)
from meetings.queries.sittings import table_for

LATER = "資料"


@command(Inquiries.ASK, on=table_for)
def ask_units(actor: Actor, table: Table, draft: InquiryDraft) -> int:
    """Once more: other days, another word, further units. Who has answered is not asked again."""
    if draft.answer_by > table.sitting.starts_at.astimezone(clock.JST).date():
        raise Invalid(answer_by="答える期限は、会議の日までにしてください。")
    inquiry = inquiry_of(table.sitting) or _new_inquiry(table, draft)
    inquiry.note, inquiry.answer_by, inquiry.papers_by = draft.note, draft.answer_by, draft.papers_by
    record(actor, UnitsAsked(inquiry.id, table.sitting.id, _ask_further(inquiry, draft)))
    return inquiry.id


@command(Inquiries.ANSWER, on=reply_for)
def bring_nothing(actor: Actor, reply: Reply) -> None:
    if offers_of(reply.ask)[reply.unit.unit_id]:
        raise Invalid("申し出た議題があります。「なし」にするには、先に取り下げてください。")
    _answer(actor, reply, NOTHING)


@command(Inquiries.ANSWER, on=reply_for)
def offer_item(actor: Actor, reply: Reply, draft: OfferDraft) -> int:
    item = draft.item
    if item.presenter_id is not None and item.presenter_id not in people_cards([item.presenter_id]):
        raise Invalid(presenter_id="説明する人が名簿に見つかりません。選び直してください。")
    offer = Offer(inquiry_id=reply.ask.inquiry.id, unit_id=reply.unit.unit_id, title=item.title, kind=item.kind, minutes=item.minutes,
                  own_level=item.level, presenter_id=item.presenter_id, presenter=item.presenter, note=item.note, later=draft.later)
    db.session.add(offer)
    db.session.flush()
    if draft.files:
        attach_files(actor, draft.files, offer_ref(offer.id))
    _answer(actor, reply, ITEMS)
    return offer.id


@command(Inquiries.ANSWER, on=bid_for)
def withdraw_offer(actor: Actor, bid: Bid) -> None:
    """As long as it is not on the agenda. With the last one the unit has not answered any more."""
    offer, reply = bid.offer, bid.reply
    files = [file.id for file in files_offered([offer]).get(offer.id, [])]
    if files:
        detach_files(actor, files, offer_ref(offer.id))
    db.session.delete(offer)
    db.session.flush()
    _answer(actor, reply, ITEMS if offers_of(reply.ask)[reply.unit.unit_id] else "")


@command(Inquiries.TAKE, on=ask_for)
def take_offers(actor: Actor, ask: Ask, offer_ids: Collection[int]) -> list[int]:
    """The chosen ones in the order of the units, at the end of the agenda, with their papers or the place for them."""
    offered = offers_of(ask)
    chosen = [(unit, offer) for unit in ask.units for offer in offered[unit.unit_id] if offer.id in offer_ids and offer.item_id is None]
    if not chosen:
        raise Already([])
    files = files_offered(offer for _, offer in chosen)
    for unit, offer in chosen:
        offer.item_id = _take(actor, ask, unit, offer, [(file.id, title_of(file.name)) for file in files.get(offer.id, [])])
    made = [offer.item_id for _, offer in chosen if offer.item_id]
    record(actor, OffersTaken(ask.inquiry.id, ask.table.sitting.id, tuple(made)))
    return made


@command(Inquiries.REMIND, on=ask_for)
def remind_units(actor: Actor, ask: Ask) -> int:
    """Those that have not answered, each once a day at most; how many."""
    reminded = _remind(actor, ask.inquiry, ask.units)
    if not reminded:
        raise TooMany("知らせる所属がありません。すべて答えたか、今日もう知らせています。", after=3600)
    return reminded


@command(Inquiries.CHASE, on=inquiry_for)
def chase_units(actor: Actor, inquiry: Inquiry) -> None:
    """The house itself, as the day comes near and when it is over."""
    asked = db.session.scalars(select(AskedUnit).where(AskedUnit.inquiry_id == inquiry.id).order_by(AskedUnit.position)).all()
    if not _remind(actor, inquiry, asked):
        raise Already(None)


def _new_inquiry(table: Table, draft: InquiryDraft) -> Inquiry:
    inquiry = Inquiry(sitting_id=table.sitting.id, answer_by=draft.answer_by, note="", asked_at=clock.now())
    db.session.add(inquiry)
    db.session.flush()
    return inquiry


def _ask_further(inquiry: Inquiry, draft: InquiryDraft) -> tuple[int, ...]:
    known = set(db.session.scalars(select(AskedUnit.unit_id).where(AskedUnit.inquiry_id == inquiry.id)))
    found = sections_below(draft.units)
    if not found and not known:
        raise Invalid(units="照会する所属を選んでください。")
    further = [node for node in found if node.id not in known]
    last = db.session.scalar(select(func.max(AskedUnit.position)).where(AskedUnit.inquiry_id == inquiry.id)) or 0
    db.session.add_all(AskedUnit(inquiry_id=inquiry.id, unit_id=node.id, position=last + place, name=node.name, by_name="")
                       for place, node in enumerate(further, 1))
    return tuple(node.id for node in further)


def _answer(actor: Actor, reply: Reply, said: str) -> None:
    unit = reply.unit
    unit.reply, unit.by_name, unit.at = said or None, actor.name if said else "", clock.now() if said else None
    record(actor, UnitAnswered(reply.ask.inquiry.id, reply.ask.table.sitting.id, unit.unit_id, said))


def _take(actor: Actor, ask: Ask, unit: AskedUnit, offer: Offer, files: list[tuple[str, str]]) -> int:
    draft = ItemDraft(offer.title, offer.kind, offer.minutes, offer.own_level, None, offer.presenter_id, offer.presenter or unit.name, offer.note)
    item_id: int = add_item(actor, ask.table.sitting.id, draft)
    if files:
        adopt_papers(actor, item_id, PapersDraft(tuple(files)), offer_ref(offer.id))
    if offer.later:
        db.session.add(AwaitedPaper(item_id=item_id, title=LATER, who=unit.name, due_on=ask.inquiry.papers_by))
    return item_id


def _remind(actor: Actor, inquiry: Inquiry, asked: Collection[AskedUnit]) -> int:
    late = [unit for unit in asked if unit.reply is None and unit.reminded_on != clock.today()]
    for unit in late:
        unit.reminded_on = clock.today()
    if late:
        record(actor, UnitsReminded(inquiry.id, inquiry.sitting_id, tuple(unit.unit_id for unit in late)))
    return len(late)

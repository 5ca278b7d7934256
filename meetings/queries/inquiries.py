"""Inquiries in the hands of who asked and of who answers; a few questions, however many units."""
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from groupware.directory.queries import UnitNode, all_units, sections_of, standing_of, units_headed
from groupware.files.queries import files_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from meetings.inquiring import Ask, Bid, Gap, Reply, can_see_ask, can_see_bid
from meetings.models.bodies import Body
from meetings.models.inquiries import AskedUnit, AwaitedPaper, Inquiry, Offer
from meetings.models.sittings import CANCELLED, Item, Sitting
from meetings.permissions import Seat, Table
from meetings.queries.items import topic_for
from meetings.queries.sittings import every_table

OUTSIDE = "外部"        # a kind of unit that brings nothing of its own
GATHERING = ("市", "局", "部")     # kinds that are asked through the sections below them


def ask_for(actor: Actor, inquiry_id: int) -> Ask:
    """Raises NotFound for one that is not there, or that asks nothing of the actor. A command holds it."""
    db.hold(select(Inquiry.id).where(Inquiry.id == inquiry_id).with_for_update(), {})
    found = asks_for(actor, Inquiry.id == inquiry_id)
    if not found:
        raise NotFound
    return found[0]


def asks_for(actor: Actor, *where: Any) -> list[Ask]:
    inquiries = list(db.session.scalars(select(Inquiry).where(*where).order_by(Inquiry.answer_by, Inquiry.id)))
    if not inquiries:
        return []
    tables = {table.sitting.id: table for table in every_table(actor, Sitting.id.in_([each.sitting_id for each in inquiries]))}
    asked: dict[int, list[AskedUnit]] = defaultdict(list)
    rows = select(AskedUnit).where(AskedUnit.inquiry_id.in_([each.id for each in inquiries])).order_by(AskedUnit.position, AskedUnit.unit_id)
    for unit in db.session.scalars(rows):
        asked[unit.inquiry_id].append(unit)
    mine = answered_by(actor, {unit.unit_id for units in asked.values() for unit in units})
    asks = [Ask(each, tables[each.sitting_id], tuple(asked[each.id]), mine & {unit.unit_id for unit in asked[each.id]}) for each in inquiries]
    return [ask for ask in asks if can_see_ask(actor, ask)]


def reply_for(actor: Actor, where: tuple[int, int]) -> Reply:
    """``where``: the inquiry and the unit."""
    inquiry_id, unit_id = where
    ask = ask_for(actor, inquiry_id)
    for unit in ask.units:
        if unit.unit_id == unit_id:
            return Reply(unit, ask)
    raise NotFound


def bid_for(actor: Actor, offer_id: int) -> Bid:
    found = bids_for(actor, [offer_id])
    if not found:
        raise NotFound
    return found[0]


def bids_for(actor: Actor, offer_ids: Collection[int]) -> list[Bid]:
    offers = list(db.session.scalars(select(Offer).where(Offer.id.in_(offer_ids)).order_by(Offer.id)))
    asks = {ask.inquiry.id: ask for ask in asks_for(actor, Inquiry.id.in_({offer.inquiry_id for offer in offers}))} if offers else {}
    bids = [Bid(offer, Reply(unit, asks[offer.inquiry_id])) for offer in offers if offer.inquiry_id in asks
            for unit in asks[offer.inquiry_id].units if unit.unit_id == offer.unit_id]
    return [bid for bid in bids if can_see_bid(actor, bid)]


def gap_for(actor: Actor, awaited_id: int) -> Gap:
    awaited = db.session.get(AwaitedPaper, awaited_id)
    if awaited is None:
        raise NotFound
    return Gap(awaited, topic_for(actor, awaited.item_id))


def offers_of(ask: Ask) -> dict[int, list[Offer]]:
    """By unit."""
    found: dict[int, list[Offer]] = defaultdict(list)
    for offer in db.session.scalars(select(Offer).where(Offer.inquiry_id == ask.inquiry.id).order_by(Offer.id)):
        found[offer.unit_id].append(offer)
    return found


def files_offered(offers: Iterable[Offer]) -> dict[int, list[Any]]:
    return {ref.id: list(files) for ref, files in files_of([offer_ref(offer.id) for offer in offers]).items()}


def inquiry_of(sitting: Sitting) -> Inquiry | None:
    return db.session.scalar(select(Inquiry).where(Inquiry.sitting_id == sitting.id))


def awaited_of(sitting_id: int) -> dict[int, list[AwaitedPaper]]:
    """By item."""
    here, found = select(Item.id).where(Item.sitting_id == sitting_id), defaultdict(list)
    for awaited in db.session.scalars(select(AwaitedPaper).where(AwaitedPaper.item_id.in_(here)).order_by(AwaitedPaper.due_on, AwaitedPaper.id)):
        found[awaited.item_id].append(awaited)
    return found


def answered_by(actor: Actor, unit_ids: Collection[int]) -> frozenset[int]:
    """Whoever heads the unit or one above it answers for it; so does whoever heads one below (係長), who gets such things together."""
    heads = frozenset() if actor.outside else standing_of(actor).heads
    if not heads or not unit_ids:
        return frozenset()
    return frozenset(unit_ids) & (heads | set(sections_of(heads).values()))


def sections_below(unit_ids: Collection[int]) -> list[UnitNode]:
    """Of each unit the sections at or below it: of a 部 its 課, of a 課 itself with its 出張所, of a 係 just that."""
    nodes = [node for node in all_units() if node.kind != OUTSIDE]
    section, wanted = sections_of([node.id for node in nodes]), set(unit_ids)
    chosen = {below.id for node in nodes if node.id in wanted for below in node.walk()}
    above = {node.parent_id for node in nodes if section[node.id] == node.id}
    return [node for node in nodes if node.id in chosen and not (node.kind in GATHERING and node.id in above)
            and (section[node.id] == node.id or node.id in wanted)]


def waiting_for(actor: Actor) -> list[tuple[AskedUnit, Inquiry, Table]]:
    """What one's own unit has not answered yet; of those below and above it others think first. One question."""
    if actor.outside:
        return []
    rows = db.session.execute(select(AskedUnit, Inquiry, Sitting, Body).join(Inquiry, Inquiry.id == AskedUnit.inquiry_id)
                              .join(Sitting, Sitting.id == Inquiry.sitting_id).join(Body, Body.id == Sitting.body_id)
                              .where(AskedUnit.unit_id.in_(units_headed(actor.user_id)), AskedUnit.reply.is_(None), Sitting.starts_at > clock.now(),
                                     Sitting.state != CANCELLED).order_by(Inquiry.answer_by, Inquiry.id))
    return [(row.AskedUnit, row.Inquiry, Table(row.Sitting, Seat(row.Body, ""))) for row in rows]


def papers_awaited_of(actor: Actor) -> list[tuple[AwaitedPaper, Item, Table]]:
    """What one is still to bring as who presents."""
    rows = db.session.execute(select(AwaitedPaper, Item).join(Item, Item.id == AwaitedPaper.item_id).join(Sitting, Sitting.id == Item.sitting_id)
                              .where(Item.presenter_id == actor.user_id, Sitting.starts_at > clock.now(), Sitting.state != CANCELLED)).all()
    tables = {table.sitting.id: table for table in every_table(actor, Sitting.id.in_({row.Item.sitting_id for row in rows}))} if rows else {}
    return [(row.AwaitedPaper, row.Item, tables[row.Item.sitting_id]) for row in rows]


def inquiries_to_chase() -> list[int]:
    """The day is tomorrow or over, somebody has not answered, and was not told today."""
    today = clock.today()
    asked = (select(Inquiry.id).join(AskedUnit, AskedUnit.inquiry_id == Inquiry.id).join(Sitting, Sitting.id == Inquiry.sitting_id)
             .where(AskedUnit.reply.is_(None), or_(AskedUnit.reminded_on.is_(None), AskedUnit.reminded_on < today),
                    Inquiry.answer_by <= today + timedelta(days=1), Sitting.starts_at > clock.now(), Sitting.state != CANCELLED))
    return list(db.session.scalars(asked.distinct().order_by(Inquiry.id)))


def inquiry_for(_: Actor, inquiry_id: int) -> Inquiry:
    """For the house itself, which reminds."""
    found = db.session.get(Inquiry, inquiry_id)
    if found is None:
        raise NotFound
    return found


def offer_ref(offer_id: int) -> Ref:
    return Ref("meetings.offer", offer_id)

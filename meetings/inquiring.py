"""Who may ask units for items, answer for a unit, take what was offered onto the agenda."""
from dataclasses import dataclass

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from meetings.models.inquiries import AskedUnit, AwaitedPaper, Inquiry, Offer
from meetings.models.sittings import CANCELLED
from meetings.permissions import Table, Topic, can_edit_item, can_prepare


class Inquiries(Permission):
    ASK = "所属に議題を照会する"
    SEE = "議題の照会を見る"
    ANSWER = "議題の照会に、所属を代表して答える"
    TAKE = "申し出のあった議題を次第に加える"
    REMIND = "まだ答えのない所属に知らせる"
    CHASE = "議題の照会の期限を知らせる"
    AWAIT = "これから届く資料の場所をとる"


@dataclass(frozen=True, slots=True)
class Ask:
    """An inquiry in one's hands; ``mine``: ids of the asked units that one answers for."""

    inquiry: Inquiry
    table: Table
    units: tuple[AskedUnit, ...]
    mine: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reply:
    """What one unit answers."""

    unit: AskedUnit
    ask: Ask


@dataclass(frozen=True, slots=True)
class Bid:
    offer: Offer
    reply: Reply


@dataclass(frozen=True, slots=True)
class Gap:
    awaited: AwaitedPaper
    topic: Topic


def can_ask(actor: Actor, table: Table) -> bool:
    """Until it begins."""
    return can_prepare(actor, table) and clock.now() < table.sitting.starts_at


def can_see_ask(actor: Actor, ask: Ask) -> bool:
    """Whoever was asked learns of this one sitting, also before it is called; the body itself stays as closed as it is."""
    return bool(ask.mine) or can_prepare(actor, ask.table)


def can_answer_for(_: Actor, reply: Reply) -> bool:
    """Also after the day that was named, until the sitting begins: a late answer is better than none."""
    sitting = reply.ask.table.sitting
    return reply.unit.unit_id in reply.ask.mine and sitting.state != CANCELLED and clock.now() < sitting.starts_at


def can_see_bid(actor: Actor, bid: Bid) -> bool:
    """The unit that offers, and who prepares."""
    return bid.reply.unit.unit_id in bid.reply.ask.mine or can_prepare(actor, bid.reply.ask.table)


def can_withdraw(actor: Actor, bid: Bid) -> bool:
    return bid.offer.item_id is None and can_answer_for(actor, bid.reply)


def can_take(actor: Actor, ask: Ask) -> bool:
    return can_prepare(actor, ask.table)


def can_chase(actor: Actor, _: object) -> bool:
    return actor.has("system")


def _answers(actor: Actor, target: Reply | Bid) -> bool:
    return can_withdraw(actor, target) if isinstance(target, Bid) else can_answer_for(actor, target)


def _awaits(actor: Actor, target: Topic | Gap) -> bool:
    return can_edit_item(actor, target.topic if isinstance(target, Gap) else target)


RULES: dict[Permission, Rule] = {
    Inquiries.ASK: can_ask, Inquiries.SEE: can_see_ask, Inquiries.ANSWER: _answers, Inquiries.TAKE: can_take, Inquiries.REMIND: can_take,
    Inquiries.CHASE: can_chase, Inquiries.AWAIT: _awaits}

"""Commissions of advisers in somebody's hands, and the register."""
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select

from advice.models import COMMISSION_WAY, COMMISSIONS, GRANTED, RENEWING, REVIEW, SERVES, SERVING, Commission, CommissionStep
from advice.permissions import ADVISER, HeldCommission, can_read_register, can_see_commission, commission_parts, visible_commissions
from advice.queries.pieces import rules_in_force
from advice.rules import Rules
from groupware.directory.queries import PersonCard, holders_of_role, outsiders, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

ORDER = tuple(dict.fromkeys((REVIEW, RENEWING, SERVING, GRANTED, *COMMISSIONS)))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register. ``card``: the account, where there is one."""

    commission: Commission
    card: PersonCard | None


def commission_for(actor: Actor, commission_id: int) -> HeldCommission:
    """Raises NotFound, also for whom it does not concern."""
    row = db.session.get(Commission, commission_id)
    found = HeldCommission(row, commission_parts(actor, row)) if row else None
    if found is None or not can_see_commission(actor, found):
        raise NotFound
    return found


def commissions_by_ids(actor: Actor, ids: Collection[int]) -> list[Commission]:
    asked = select(Commission).where(Commission.id.in_(ids), Commission.id.in_(visible_commissions(actor)))
    return list(db.session.scalars(asked.order_by(Commission.id)))


def register(actor: Actor) -> list[Row]:
    """Of what one may see: who serves first, those whose end is near before the others; then who is to come; then who was."""
    found = list(db.session.scalars(select(Commission).where(Commission.id.in_(visible_commissions(actor)))))
    cards = people_cards(each.user_id for each in found if each.user_id)
    found.sort(key=lambda each: (ORDER.index(each.state), each.ends_on or clock.today(), -each.id))
    return [Row(each, cards.get(each.user_id or 0)) for each in found]


def may_look(actor: Actor) -> bool:
    """At the register, or at one's own commission."""
    own = actor.outside and db.session.scalar(visible_commissions(actor).limit(1)) is not None
    return can_read_register(actor, None) or own


def steps_of(commission_id: int) -> list[CommissionStep]:
    return list(db.session.scalars(select(CommissionStep).where(CommissionStep.commission_id == commission_id).order_by(CommissionStep.id)))


def open_of(user_id: int) -> Commission | None:
    """On the way, or serving: there is one at most."""
    return db.session.scalar(_of(user_id).where(Commission.state.in_(COMMISSION_WAY)))


def serving_of(user_id: int) -> Commission | None:
    """Today."""
    found = db.session.scalars(_of(user_id).where(Commission.state.in_(SERVES)))
    return next((each for each in found if each.serves(clock.today())), None)


def others_of(commission: Commission) -> list[Commission]:
    """Earlier ones, and later, of the same person."""
    return list(db.session.scalars(_of(commission.user_id).where(Commission.id != commission.id))) if commission.user_id else []


def accounts_free(commission: Commission | None = None) -> list[PersonCard]:
    """From outside, and without a commission that is on its way or serves."""
    taken = set(db.session.scalars(select(Commission.user_id).where(Commission.state.in_(COMMISSION_WAY), Commission.user_id.is_not(None))))
    free = [user_id for user_id in outsiders() if user_id not in taken or (commission and user_id == commission.user_id)]
    cards = people_cards(free)
    return [cards[user_id] for user_id in free]


def commissions_waiting(actor: Actor) -> list[Commission]:
    """What 行政管理課 has to go on with."""
    if actor.outside or not actor.has("steering"):
        return []
    return list(db.session.scalars(select(Commission).where(Commission.state.in_((GRANTED, REVIEW))).order_by(Commission.ends_on, Commission.id)))


def commissions_due() -> list[tuple[Commission, str]]:
    """What happens because a day has come, and which act it is."""
    rules, without = rules_in_force(), set(outsiders()) - set(holders_of_role(ADVISER))
    begun = select(Commission).where(Commission.state.in_(SERVES), Commission.starts_on <= clock.today())
    acts = [(each, _due(each, rules, without)) for each in db.session.scalars(begun.order_by(Commission.id))]
    return [(each, act) for each, act in acts if act]


def _due(each: Commission, rules: Rules, without: set[int]) -> str:
    """``without``: who could have the role and has not."""
    today = clock.today()
    if each.ends_on and today > each.ends_on:
        return "expire"
    if each.state == SERVING and each.ends_on and rules.reviewed_from(each.ends_on) <= today:
        return "review"
    return "begin" if (each.state, each.starts_on) == (SERVING, today) and each.user_id in without else ""


def _of(user_id: int | None) -> Select[Commission]:
    return select(Commission).where(Commission.user_id == user_id).order_by(Commission.id.desc())

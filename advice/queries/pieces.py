"""One piece of advice in somebody's hands, and what is needed to lead it on."""
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache

from sqlalchemy import or_, select

from advice.flows import advice_flow
from advice.models import GIVEN, HELD, Advice, Ruling, Step
from advice.permissions import Held, can_see, in_team, parts_of, visible_advice
from advice.rules import Rules
from groupware.directory.queries import PersonCard, all_units, heads_of_units, holders_of_role, people_cards, sections_of, standing_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.flow import Flow
from groupware.kernel.ports import Crew, team_roll
from groupware.kernel.ref import Ref

flow_of = cache(advice_flow)


def advice_for(actor: Actor, advice_id: int) -> Held:
    """Raises NotFound, also for whom it does not concern."""
    row = db.session.execute(select(Advice, in_team(actor)).where(Advice.id == advice_id)).first()
    found = Held(row[0], parts_of(actor, row[0]), bool(row[1])) if row else None
    if found is None or not can_see(actor, found):
        raise NotFound
    return found


def advice_by_ids(actor: Actor, ids: Collection[int]) -> list[Advice]:
    return list(db.session.scalars(select(Advice).where(Advice.id.in_(ids), Advice.id.in_(visible_advice(actor))).order_by(Advice.id)))


def steps_of(advice: Advice) -> list[Step]:
    return list(db.session.scalars(select(Step).where(Step.advice_id == advice.id).order_by(Step.id)))


def rules_in_force() -> Rules:
    content = db.session.scalar(select(Ruling.content).order_by(Ruling.id.desc()).limit(1))
    return Rules.of(content) if content else Rules()


def flow_in_force() -> Flow:
    return flow_of(by_head=rules_in_force().by_head)


def givers() -> list[PersonCard]:
    """Whom one may ask: digital leaders and advisers, those from outside first."""
    people = {*holders_of_role("leader"), *holders_of_role("adviser")}
    return sorted((card for card in people_cards(people).values() if card.state == "active"), key=lambda card: (not card.outside, card.kana))


def crews_for(actor: Actor) -> list[Crew]:
    """Teams to which somebody may tie advice: their own; 行政管理課 all at work."""
    mine = list(team_roll().mine(actor))
    others = team_roll().running() if actor.has("steering") and not actor.outside else ()
    return mine + [crew for crew in others if crew.ref not in {each.ref for each in mine}]


def crew_named(actor: Actor, ref: Ref) -> Crew:
    """Raises NotFound for a team that the actor may tie nothing to."""
    found = next((crew for crew in crews_for(actor) if crew.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def unit_names() -> dict[int, str]:
    return {node.id: node.name for node in all_units()}


def section_of(actor: Actor) -> int | None:
    """The 課 that one sits in."""
    seats = [int(each.partition(":")[2]) for each in standing_of(actor).circles if each.startswith("unit:")]
    return next(iter(sections_of(seats).values()), None) if seats and not actor.outside else None


def deciders(advice: Advice) -> list[int]:
    """Who heads the section; where nobody does, 行政管理課, so that it does not lie about."""
    return heads_of_units([advice.unit_id]).get(advice.unit_id) or holders_of_role("steering")


def hold_is_over() -> list[Advice]:
    """Held until a day that has come, and not yet said so."""
    unsaid = or_(Advice.reminded_on.is_(None), Advice.reminded_on < Advice.until)
    asked = select(Advice).where(Advice.state == HELD, Advice.until <= clock.today(), unsaid)
    return list(db.session.scalars(asked.order_by(Advice.id)))


def decided_since(actor: Actor, day: date, states: Iterable[str]) -> list[Advice]:
    asked = select(Advice).where(Advice.decided_on >= day, Advice.state.in_(states), Advice.id.in_(visible_advice(actor)))
    return list(db.session.scalars(asked.order_by(Advice.decided_on, Advice.id)))


def of_team(actor: Actor, team: Ref) -> list[Advice]:
    """The newest first; of a team of whose advice one may see little, that little."""
    asked = select(Advice).where(Advice.team == str(team), Advice.id.in_(visible_advice(actor)))
    return list(db.session.scalars(asked.order_by(Advice.changed_at.desc(), Advice.id.desc())))


def is_waiting(advice: Advice) -> bool:
    """Said, and the section has not begun to answer."""
    return advice.state == GIVEN or bool(advice.state == HELD and advice.until and advice.until <= clock.today())

"""Plans and talks in somebody's hands: one's own, those of one's people, and how many there are."""
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select

from groupware.directory.queries import PersonCard, circle, main_unit, people_cards, people_in, sections_of, units_by_id
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, NotFound
from training.models.courses import OFFERED, Completion, Course
from training.models.plans import COMPLETE, PROPOSED, Plan, PlanItem, PlanSkill, PlanStep, Talk
from training.models.skills import Holding, Skill
from training.permissions.courses import heads_of
from training.permissions.plans import HeldPlan, HeldTalk, can_lead, can_see_plan, plan_parts
from training.queries.courses import heads_above
from training.queries.gaps import Need, needs
from training.queries.skills import counts, skills_in_force

AHEAD = timedelta(days=60)      # before a fiscal year begins its plans may be written
APRIL = 4                       # of the year after: until its end a head may complete what is still open; then it is complete by itself


@dataclass(frozen=True, slots=True)
class Aim:
    """A row of a plan as it is read. ``reached``: today, or as it was when the plan was complete."""

    item: PlanItem
    name: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One of a head's people: this year's plan, or the one of last year that is still open, and what the section wants of them."""

    card: PersonCard
    plan: Plan | None
    talk: Talk | None
    needs: list[Need]

    @property
    def short(self) -> list[Need]:
        return [each for each in self.needs if each.short]


def plan_for(actor: Actor, plan_id: int) -> HeldPlan:
    """Raises NotFound, also for whom it does not concern."""
    plan = db.session.get(Plan, plan_id)
    card = people_cards([plan.user_id]).get(plan.user_id) if plan else None
    held = held_plan(actor, plan, card) if plan and card else None
    if held is None or not can_see_plan(actor, held):
        raise NotFound
    return held


def held_plan(actor: Actor, plan: Plan, card: PersonCard) -> HeldPlan:
    section = card.unit_id or 0
    headed = actor.user_id != plan.user_id or bool(heads_above(plan.user_id, section))
    return HeldPlan(plan, section, plan_parts(actor, plan.user_id, section, headed=headed))


def talk_for(actor: Actor, talk_id: int) -> HeldTalk:
    """For whoever answers for that person now. Raises NotFound."""
    talk = db.session.get(Talk, talk_id)
    card = people_cards([talk.user_id]).get(talk.user_id) if talk else None
    parts = plan_parts(actor, talk.user_id, card.unit_id or 0, headed=True) - {"self"} if talk and card else frozenset()
    if talk is None or not parts:
        raise NotFound
    return HeldTalk(talk, parts)


def plans_of(user_id: int) -> list[Plan]:
    """The newest first."""
    return list(db.session.scalars(select(Plan).where(Plan.user_id == user_id).order_by(Plan.year.desc())))


def years_open() -> list[int]:
    """Of which a plan may be written today."""
    return sorted({clock.fiscal_year(clock.today()), clock.fiscal_year(clock.today() + AHEAD)})


def renews_now(plan: Plan) -> bool:
    """Whether the next plan may be made of it today, and is not there."""
    newest = db.session.scalar(select(func.max(Plan.year)).where(Plan.user_id == plan.user_id))
    return newest == plan.year and max(plan.year + 1, clock.fiscal_year(clock.today())) in years_open()


def aims_of(plan: Plan) -> list[Aim]:
    """Three questions."""
    asked = (select(PlanItem, func.coalesce(Skill.name, Course.title)).outerjoin(Skill, Skill.id == PlanItem.skill_id)
             .outerjoin(Course, Course.id == PlanItem.course_id).where(PlanItem.plan_id == plan.id).order_by(PlanItem.position))
    rows = [(item, name) for item, name in db.session.execute(asked)]
    held = {each.skill_id: each.level for each in db.session.scalars(select(Holding).where(Holding.user_id == plan.user_id)) if counts(each)}
    since = (Completion.user_id == plan.user_id, Completion.done_on >= date(plan.year, 4, 1))
    done = set(db.session.scalars(select(Completion.course_id).where(*since)))
    return [Aim(item, name, _reached(item, held, done)) for item, name in rows]


def steps_of_plan(plan_id: int) -> list[PlanStep]:
    return list(db.session.scalars(select(PlanStep).where(PlanStep.plan_id == plan_id).order_by(PlanStep.id)))


def frozen_skills(plan_id: int) -> list[PlanSkill]:
    return list(db.session.scalars(select(PlanSkill).where(PlanSkill.plan_id == plan_id).order_by(PlanSkill.id)))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be learned, as a form offers it."""
    courses = db.session.execute(select(Course.id, Course.title).where(Course.state == OFFERED).order_by(Course.title))
    return [("スキル", [(f"skill:{each.id}", each.name) for each in skills_in_force()]),
            ("研修", [(f"course:{number}", title) for number, title in courses])]


def overdue_plans() -> list[int]:
    """Of years that are over, and whose time to be completed is over too."""
    last = clock.fiscal_year(clock.today()) - (2 if clock.today().month == APRIL else 1)
    return list(db.session.scalars(select(Plan.id).where(Plan.state != COMPLETE, Plan.year <= last).order_by(Plan.id)))


def units_answered_for(actor: Actor) -> frozenset[int]:
    """Of those in whose section somebody heads: also the 係 of a 課, but not a 係 alone."""
    heads = heads_of(actor)
    return frozenset(unit for unit, section in sections_of(heads).items() if section in heads)


def people_of_head(actor: Actor) -> dict[int, PersonCard]:
    """Raises Forbidden for whoever heads nobody."""
    if not can_lead(actor, None):
        raise Forbidden("この頁は、所属長のためのものです。")
    found = db.session.scalars(people_in({circle("unit", unit) for unit in units_answered_for(actor)})).all()
    heads, cards = heads_of(actor), people_cards(found)
    return {card.id: card for card in cards.values() if card.unit_id in heads and card.id != actor.user_id and not card.outside}


def members(actor: Actor) -> list[Member]:
    """By section and かな; a constant number of questions. Raises Forbidden."""
    cards = people_of_head(actor)
    plans, talks = _latest(cards), {each.user_id: each for each in _proposed(cards)}
    wanted = needs({each.id: each.unit_id for each in cards.values() if each.unit_id})
    found = [Member(card, plans.get(card.id), talks.get(card.id), wanted.get(card.id, [])) for card in cards.values()]
    return sorted(found, key=lambda each: (each.card.unit_name, each.card.kana))


def plan_counts(year: int) -> list[tuple[str, Counter[str]]]:
    """(課, how many by state), in the order of their names; nobody is seen in them."""
    asked = select(main_unit(Plan.user_id), Plan.state, func.count()).where(Plan.year == year).group_by(main_unit(Plan.user_id), Plan.state)
    rows = db.session.execute(asked).all()
    own, nodes, found = sections_of({unit for unit, _, _ in rows}), units_by_id(), defaultdict[int, Counter[str]](Counter)
    for unit, state, many in rows:
        found[own[unit]][state] += many
    return sorted((nodes[unit].name if unit in nodes else "所属なし", each) for unit, each in found.items())


def open_talks() -> list[Talk]:
    return list(db.session.scalars(select(Talk).where(Talk.state == PROPOSED).order_by(Talk.id)))


def known_talks() -> set[tuple[int, date]]:
    """(person, since) of every one there ever was."""
    return {(user_id, since) for user_id, since in db.session.execute(select(Talk.user_id, Talk.since))}


def _proposed(user_ids: Collection[int]) -> list[Talk]:
    return list(db.session.scalars(select(Talk).where(Talk.state == PROPOSED, Talk.user_id.in_(user_ids)).order_by(Talk.id)))


def _latest(user_ids: Collection[int]) -> dict[int, Plan]:
    """This year's comes before last year's."""
    year = clock.fiscal_year(clock.today())
    asked = select(Plan).where(Plan.user_id.in_(user_ids), or_(Plan.year == year, and_(Plan.year == year - 1, Plan.state != COMPLETE)))
    return {each.user_id: each for each in db.session.scalars(asked.order_by(Plan.year))}


def _reached(item: PlanItem, held: dict[int, int], done: Collection[int | None]) -> bool:
    if item.reached is not None:
        return item.reached
    return item.course_id in done if item.course_id else held.get(item.skill_id or 0, 0) >= (item.level or 0)

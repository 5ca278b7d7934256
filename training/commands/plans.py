"""Deeds about plans: written, led on step by step, renewed; talks proposed as people move, and settled."""
from sqlalchemy import delete, select

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from training.events import plans as events
from training.flows.plans import PLAN, TALK
from training.forms.plans import COURSE, SKILL, ItemDraft, PlanDraft
from training.models.plans import COMPLETE, DRAFT, Plan, PlanItem, PlanSkill, PlanStep, Talk
from training.permissions.plans import HeldPlan, HeldTalk, Plans
from training.queries.courses import course_for
from training.queries.gaps import Mover, movers, needs
from training.queries.leaders import MAY_ACT
from training.queries.plans import aims_of, known_talks, open_talks, plan_for, talk_for, years_open
from training.queries.skills import known_by, skill_in_force


@command(Plans.WRITE)
def write_plan(actor: Actor, year: int, draft: PlanDraft) -> int:
    if year not in years_open():
        raise Invalid(year="育成計画を書けるのは、今年度のものと、始まる2か月前からの次の年度のものです。")
    _one_a_year(actor.user_id, year)
    plan = _new(actor.user_id, year, draft.aim)
    _fill(actor, plan, draft.items)
    record(actor, events.PlanWritten(plan.id))
    return plan.id


@command(Plans.MOVE, on=plan_for)
def rewrite_plan(actor: Actor, held: HeldPlan, draft: PlanDraft) -> None:
    """While it is a draft."""
    if "self" not in held.parts or held.plan.state != DRAFT:
        raise Conflict("所属長に出した後は直せません。手もとに戻すか、「見直して書き直す」を選んでください。")
    held.plan.aim, held.plan.changed_at = draft.aim, clock.now()
    db.session.execute(delete(PlanItem).where(PlanItem.plan_id == held.plan.id))
    _fill(actor, held.plan, draft.items)
    record(actor, events.PlanWritten(held.plan.id))


@command(Plans.MOVE, on=plan_for)
def move_plan(actor: Actor, held: HeldPlan, act: str, reason: str = "") -> None:
    plan, step = held.plan, PLAN.step(held.plan.state, act, held.parts)
    if act == "renew":
        raise Conflict("次の年度の計画は、「次の年度の計画をつくる」からつくってください。")
    step.want(reason, "言葉を添えてください。")
    if plan.state == DRAFT and step.after != COMPLETE:
        _want_items(plan)
    if step.after == COMPLETE:
        _freeze(held)
    plan.state, plan.changed_at = step.after, clock.now()
    db.session.add(PlanStep.by(actor, step, reason, plan_id=plan.id))
    record(actor, events.PlanMoved(plan.id, act, step.after, plan.user_id, actor.user_id))


@command(Plans.MOVE, on=plan_for)
def renew_plan(actor: Actor, held: HeldPlan) -> int:
    """年度更新: a draft of the next year with what was not reached; each of its days is to be set anew."""
    before, step = held.plan, PLAN.step(held.plan.state, "renew", held.parts)
    year = max(before.year + 1, clock.fiscal_year(clock.today()))
    if year not in years_open():
        raise Conflict("次の年度の計画は、年度の始まる2か月前からつくれます。")
    _one_a_year(before.user_id, year)
    plan = _new(before.user_id, year, before.aim, before.id)
    left = [each.item for each in aims_of(before) if not each.reached]
    db.session.add_all(PlanItem(plan_id=plan.id, position=place, skill_id=each.skill_id, level=each.level, course_id=each.course_id, until=None,
                                how=each.how) for place, each in enumerate(left))
    db.session.add(PlanStep.by(actor, step, plan_id=before.id))
    record(actor, events.PlanMoved(before.id, "renew", before.state, before.user_id, actor.user_id))
    record(actor, events.PlanWritten(plan.id))
    return plan.id


@command(Plans.FOLLOW)
def propose_talks(actor: Actor) -> None:
    """Once for each transfer that brought a new gap; who has moved on, or is gone, is no longer proposed."""
    known, gone = known_talks(), _gone(open_talks())
    new = [each for each in movers() if (each.user_id, each.since) not in known]
    if not (new or gone):
        raise Already(None)
    for talk in gone:
        _settle(actor, talk, TALK.step(talk.state, "lapse", {"system"}).after, "")
    for mover in new:
        talk = _proposed(mover)
        record(actor, events.TalkProposed(talk.id, talk.user_id))


@command(Plans.TALK, on=talk_for)
def settle_talk(actor: Actor, held: HeldTalk, act: str, reason: str = "") -> None:
    step = TALK.step(held.talk.state, act, held.parts)
    step.want(reason)
    _settle(actor, held.talk, step.after, reason)


def _one_a_year(user_id: int, year: int) -> None:
    if db.session.scalar(select(Plan.id).where(Plan.user_id == user_id, Plan.year == year)):
        raise Conflict("その年度の育成計画は、もうあります。「育成計画」から開いてください。")


def _new(user_id: int, year: int, aim: str, before_id: int | None = None) -> Plan:
    plan = Plan(user_id=user_id, year=year, state=DRAFT, aim=aim, before_id=before_id, changed_at=clock.now())
    db.session.add(plan)
    db.session.flush()
    return plan


def _fill(actor: Actor, plan: Plan, items: tuple[ItemDraft, ...]) -> None:
    db.session.add_all(PlanItem(plan_id=plan.id, position=place, until=each.until, how=each.how, **_thing(actor, each))
                       for place, each in enumerate(items))


def _thing(actor: Actor, item: ItemDraft) -> dict[str, int]:
    """Raises NotFound where it is not, or not any more."""
    if item.what == SKILL:
        return {"skill_id": skill_in_force(item.number).id, "level": item.level}
    return {f"{COURSE}_id": course_for(actor, item.number).id}


def _want_items(plan: Plan) -> None:
    items = db.session.scalars(select(PlanItem).where(PlanItem.plan_id == plan.id)).all()
    if not items:
        raise Invalid("学ぶことを、一つ以上書いてください。")
    if not all(each.until for each in items):
        raise Invalid("「いつまでに」の空いている行があります。日を入れて残してから出してください。")


def _freeze(held: HeldPlan) -> None:
    """What the skills are at this moment, and what of the plan is reached."""
    plan = held.plan
    for aim in aims_of(plan):
        aim.item.reached = aim.reached
    wanted = {each.skill_id: each.wanted for each in needs({plan.user_id: held.section_id}).get(plan.user_id, ())}
    for each in known_by(plan.user_id):
        said = each.rating.level if each.rating else 0
        if each.level or said or each.skill.id in wanted:
            db.session.add(PlanSkill(plan_id=plan.id, skill_id=each.skill.id, name=each.skill.name, level=each.level, said=said,
                                     wanted=wanted.get(each.skill.id, 0)))


def _gone(talks: list[Talk]) -> list[Talk]:
    cards = people_cards(each.user_id for each in talks)
    return [each for each in talks if each.user_id not in cards or cards[each.user_id].unit_id != each.unit_id
            or cards[each.user_id].state != MAY_ACT]


def _proposed(mover: Mover) -> Talk:
    talk = Talk(user_id=mover.user_id, unit_id=mover.section_id, since=mover.since, at=clock.now(),
                lacks=[[each.name, each.wanted, each.own] for each in mover.lacks])
    db.session.add(talk)
    db.session.flush()
    return talk


def _settle(actor: Actor, talk: Talk, state: str, reason: str) -> None:
    talk.state, talk.reason, talk.by_name, talk.at = state, reason, actor.name, clock.now()
    record(actor, events.TalkSettled(talk.id, talk.user_id, state))

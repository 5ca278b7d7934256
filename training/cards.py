"""How a term looks from elsewhere, and where Ctrl+K leads."""
from collections.abc import Collection

from sqlalchemy import select

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold
from groupware.kernel.things import Card
from groupware.ui.paths import path_for
from training.models.courses import PLANNED, SITTINGS, WAYS, Completion, Course, Sitting
from training.models.leaders import STATES, Term
from training.models.plans import PLANS, TALKS, Plan, Talk
from training.models.skills import CLAIMS, DRAFT, Claim, Framework, Skill
from training.permissions.courses import can_certify, keeps
from training.permissions.leaders import can_look, parts_of
from training.permissions.plans import HeldPlan, can_see_plan, plan_parts
from training.permissions.skills import claim_parts
from training.queries.leaders import MAY_ACT, with_cards

PLACES = (("デジタルリーダー", "training.leaders"), ("私の学び", "training.index"), ("研修", "training.all_courses"), ("スキル", "training.skills"),
          ("育成計画", "training.plans"))
COVERAGE = Ref("training.coverage", 1)        # one for the city: which sections have a leader


def coverage_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    seen = can_look(actor, None) and COVERAGE.id in ids
    return [Card(COVERAGE, "デジタルリーダーの充足", path_for("training.leaders"), "train", "デジタルリーダー")] if seen else []


def term_cards(actor: Actor, term_ids: Collection[int]) -> list[Card]:
    found = with_cards(db.session.scalars(select(Term).where(Term.id.in_(term_ids))))
    return [Card(each.term.ref, f"デジタルリーダー {each.card.name} さん", path_for("training.term", term_id=each.term.id), "train",
                 f"任期・{STATES[each.term.state]}") for each in found
            if parts_of(actor, each.term.user_id, each.card.unit_id or each.term.unit_id)]


def leader_cards(actor: Actor, term_ids: Collection[int]) -> list[Card]:
    """Who serves, all staff may know."""
    if not can_look(actor, None):
        return []
    found = with_cards(db.session.scalars(select(Term).where(Term.id.in_(term_ids))))
    return [Card(Ref("training.leader", each.term.id), f"デジタルリーダー {each.card.name} さん", path_for("directory.person", user_id=each.card.id),
                 "train", each.card.label) for each in found if each.term.serves(clock.today()) and each.card.state == MAY_ACT]


def course_cards(actor: Actor, course_ids: Collection[int]) -> list[Card]:
    if not can_look(actor, None):
        return []
    return [Card(each.ref, each.title, path_for("training.course", course_id=each.id), "train", f"研修・{WAYS[each.way]}", each.about)
            for each in db.session.scalars(select(Course).where(Course.id.in_(course_ids)))]


def sitting_cards(actor: Actor, sitting_ids: Collection[int]) -> list[Card]:
    """What is only being planned, its keepers alone."""
    if not can_look(actor, None):
        return []
    asked = select(Sitting, Course).join(Course, Course.id == Sitting.course_id).where(Sitting.id.in_(sitting_ids))
    return [Card(sitting.ref, course.title, path_for("training.sitting", sitting_id=sitting.id), "train",
                 f"研修の開催・{SITTINGS[sitting.state]}", f"{clock.wareki(sitting.starts_at.astimezone(clock.JST).date())} {sitting.place}")
            for sitting, course in db.session.execute(asked) if sitting.state != PLANNED or keeps(actor, course)]


def completion_cards(actor: Actor, completion_ids: Collection[int]) -> list[Card]:
    return [Card(each.ref, each.title, path_for("training.completion", completion_id=each.id), "train", "修了")
            for each in db.session.scalars(select(Completion).where(Completion.id.in_(completion_ids))) if can_certify(actor, each)]


def claim_cards(actor: Actor, claim_ids: Collection[int]) -> list[Card]:
    rows = db.session.execute(select(Claim, Skill).join(Skill, Skill.id == Claim.skill_id).where(Claim.id.in_(claim_ids))).all()
    people = people_cards(claim.user_id for claim, _ in rows)
    return [Card(claim.ref, skill.name, path_for("training.claim", claim_id=claim.id), "train", f"スキルの証拠・{CLAIMS[claim.state]}")
            for claim, skill in rows if claim.user_id in people and claim_parts(actor, claim.user_id, people[claim.user_id].unit_id or 0)]


def skill_cards(actor: Actor, skill_ids: Collection[int]) -> list[Card]:
    if not can_look(actor, None):
        return []
    asked = select(Skill, Framework).join(Framework, Framework.id == Skill.framework_id).where(Skill.id.in_(skill_ids), Framework.state != DRAFT)
    return [Card(skill.ref, skill.name, path_for("training.framework", framework_id=framework.id), "train", f"スキル・{framework.name}", skill.about)
            for skill, framework in db.session.execute(asked)]


def plan_cards(actor: Actor, plan_ids: Collection[int]) -> list[Card]:
    found = db.session.scalars(select(Plan).where(Plan.id.in_(plan_ids))).all()
    people = people_cards(each.user_id for each in found)
    held = [HeldPlan(each, people[each.user_id].unit_id or 0, plan_parts(actor, each.user_id, people[each.user_id].unit_id or 0, headed=True))
            for each in found]
    return [Card(each.plan.ref, f"{each.plan.title} {people[each.plan.user_id].name} さん", path_for("training.plan", plan_id=each.plan.id),
                 "train", f"育成計画・{PLANS[each.plan.state]}") for each in held if can_see_plan(actor, each)]


def talk_cards(actor: Actor, talk_ids: Collection[int]) -> list[Card]:
    """It leads the person to their plans, and whoever heads their section to their people."""
    found = db.session.scalars(select(Talk).where(Talk.id.in_(talk_ids))).all()
    people = people_cards(each.user_id for each in found)
    parts = {each.id: plan_parts(actor, each.user_id, people[each.user_id].unit_id or 0, headed=True) for each in found}
    leads = {number: path_for("training.plans" if "self" in played else "training.led_plans") for number, played in parts.items()}
    return [Card(each.ref, f"{people[each.user_id].name} さんとの面談", leads[each.id], "train", TALKS[each.state])
            for each in found if parts[each.id]]


def jumps(actor: Actor, text: str) -> list[Jump]:
    wanted = fold(text)
    if not (wanted and can_look(actor, None)):
        return []
    return [Jump(label, "研修", path_for(endpoint), "train") for label, endpoint in PLACES if wanted in fold(label)]

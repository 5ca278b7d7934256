"""What is searched: courses, leaders and skills by all staff, a plan by the person and whoever heads their section."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from groupware.directory.queries import main_unit, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref
from training.models.courses import OFFERED, WAYS, Course
from training.models.leaders import SERVING, Term
from training.models.plans import DRAFT, PLANS, Plan, PlanItem
from training.models.skills import IN_FORCE, Framework, Skill
from training.permissions.courses import can_look
from training.queries.leaders import MAY_ACT, with_cards
from training.queries.plans import units_answered_for

STAFF = "training.staff:1"


def course_documents(course_ids: Collection[int]) -> Iterator[Document]:
    for each in db.session.scalars(select(Course).where(Course.id.in_(course_ids), Course.state == OFFERED)):
        yield Document(each.ref, STAFF, each.changed_at, f"{each.about}\n{WAYS[each.way]}", each.title)


def leader_documents(term_ids: Collection[int]) -> Iterator[Document]:
    """Who serves: how they came to it is found by nobody."""
    terms = [term for term in db.session.scalars(select(Term).where(Term.id.in_(term_ids), Term.state.in_(SERVING))) if term.serves(clock.today())]
    for each in with_cards(terms):
        if each.card.state == MAY_ACT:
            yield Document(Ref("training.leader", each.term.id), STAFF, each.term.changed_at, f"{each.card.label}\n{each.card.kana}",
                           f"デジタルリーダー {each.card.name} さん")


def skill_documents(skill_ids: Collection[int]) -> Iterator[Document]:
    """What there is to know, never who knows it."""
    asked = select(Skill, Framework).join(Framework, Framework.id == Skill.framework_id).where(Skill.id.in_(skill_ids), Framework.state == IN_FORCE)
    for skill, framework in db.session.execute(asked):
        yield Document(skill.ref, STAFF, framework.at, f"{skill.area}\n{skill.about}\n{framework.name}", skill.name)


def plan_documents(plan_ids: Collection[int]) -> Iterator[Document]:
    """What is only being written its author finds alone."""
    plans = db.session.scalars(select(Plan).where(Plan.id.in_(plan_ids))).all()
    asked = (select(PlanItem.plan_id, Skill.name, Course.title, PlanItem.how).outerjoin(Skill, Skill.id == PlanItem.skill_id)
             .outerjoin(Course, Course.id == PlanItem.course_id).where(PlanItem.plan_id.in_(plan_ids)).order_by(PlanItem.plan_id, PlanItem.position))
    rows, cards = db.session.execute(asked).all(), people_cards(each.user_id for each in plans)
    for each in plans:
        said = "\n".join(" ".join(filter(None, row[1:])) for row in rows if row.plan_id == each.id)
        yield Document(each.ref, _own(each.user_id) if each.state == DRAFT else _led(each.user_id), each.changed_at,
                       f"{each.aim}\n{said}\n{PLANS[each.state]}", f"{each.title} {cards[each.user_id].name} さん", each.user_id)


def audiences(actor: Actor) -> list[str]:
    """One question more for whoever heads a section."""
    if actor.user_id <= 0 or not can_look(actor, None):
        return []
    units = units_answered_for(actor)
    people = db.session.scalars(select(Plan.user_id).where(main_unit(Plan.user_id).in_(units)).distinct()) if units else ()
    return [STAFF, _own(actor.user_id), _led(actor.user_id), *map(_led, people)]


def _own(user_id: int) -> str:
    return f"training.plan-of:{user_id}"


def _led(user_id: int) -> str:
    return f"training.plan-led:{user_id}"


def _course_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Course.id).where(Course.id > after, Course.state == OFFERED).order_by(Course.id).limit(limit)))


def _term_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Term.id).where(Term.id > after, Term.state.in_(SERVING)).order_by(Term.id).limit(limit)))


def _skill_ids(after: int, limit: int) -> list[int]:
    asked = select(Skill.id).join(Framework, Framework.id == Skill.framework_id).where(Skill.id > after, Framework.state == IN_FORCE)
    return list(db.session.scalars(asked.order_by(Skill.id).limit(limit)))


def _plan_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Plan.id).where(Plan.id > after).order_by(Plan.id).limit(limit)))


COURSES = Findable(("研修", "course"), "train", course_documents, _course_ids)
LEADERS = Findable(("リーダー", "leader"), "train", leader_documents, _term_ids, lasting=True)
SKILLS = Findable(("スキル", "skill"), "train", skill_documents, _skill_ids, lasting=True)
PLANS_FOUND = Findable(("育成計画", "plan"), "train", plan_documents, _plan_ids)

"""What of plans, talks and seats waits for somebody: one question, and two more where something of their people does."""
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, case, exists, literal, null, select, union_all
from sqlalchemy.orm import aliased

from groupware.directory.queries import main_unit, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from training.models.courses import APPLIED, Course, Seat, Sitting
from training.models.plans import ACTIVE, COMPLETE, DRAFT, PROPOSED, REVIEWING, WAITING, Plan, PlanStep, Talk
from training.permissions.courses import heads_of

PERMIT, MEND, RENEW, LOOK, FINISH, SPEAK = "permit", "mend", "renew", "look", "finish", "speak"
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Turn:
    """``id``: of the sitting, the plan, the talk. ``title`` and ``at`` are of a sitting. ``name``: of whom, where it is not one's own."""

    what: str
    id: int
    user_id: int
    title: str
    at: datetime | None
    name: str = ""


def turns_of(actor: Actor) -> list[Turn]:
    """Of one's people only those whose section one heads: a 係長 heads none."""
    rows = sorted((Turn(*row) for row in db.session.execute(_asked(actor))), key=lambda each: (each.at or LAST, each.id))
    cards, heads = people_cards(each.user_id for each in rows if each.user_id != actor.user_id), heads_of(actor)
    return [replace(each, name=cards[each.user_id].name) if each.user_id in cards else each for each in rows
            if each.user_id == actor.user_id or cards[each.user_id].unit_id in heads]


def _asked(actor: Actor) -> CompoundSelect[Any]:
    heads, me, nothing = heads_of(actor), actor.user_id, (literal(""), null())
    seats = (select(literal(PERMIT), Seat.sitting_id, Seat.user_id, Course.title, Sitting.starts_at).select_from(Seat)
             .join(Sitting, Sitting.id == Seat.sitting_id).join(Course, Course.id == Sitting.course_id)
             .where(Seat.state == APPLIED, main_unit(Seat.user_id).in_(heads), Seat.user_id != me, Sitting.starts_at > clock.now()))
    talks = select(literal(SPEAK), Talk.id, Talk.user_id, *nothing).where(
        Talk.state == PROPOSED, main_unit(Talk.user_id).in_(heads), Talk.user_id != me)
    return union_all(seats, *_plans(heads, me), talks)


def _plans(heads: frozenset[int], me: int) -> tuple[Select[Any], Select[Any]]:
    """One's own that came back, or is to be renewed since April; of one's people what was handed in, or is left from last year."""
    year, newer, nothing = clock.fiscal_year(clock.today()), aliased(Plan), (literal(""), null())
    last = select(PlanStep.act).where(PlanStep.plan_id == Plan.id).order_by(PlanStep.id.desc()).limit(1).scalar_subquery()
    newest = ~exists().where(newer.user_id == Plan.user_id, newer.year > Plan.year)
    own = case((and_(Plan.state == DRAFT, last == "return"), MEND), (and_(Plan.state == COMPLETE, Plan.year == year - 1, newest), RENEW), else_="")
    led = case((Plan.state.in_((WAITING, REVIEWING)), LOOK), (and_(Plan.state == ACTIVE, Plan.year < year), FINISH), else_="")
    of_people = (Plan.state.in_((WAITING, REVIEWING, ACTIVE)), main_unit(Plan.user_id).in_(heads), Plan.user_id != me)
    return (select(own, Plan.id, Plan.user_id, *nothing).where(Plan.user_id == me, own != ""),
            select(led, Plan.id, Plan.user_id, *nothing).where(*of_people, led != ""))

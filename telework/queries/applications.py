"""Applications in somebody's hands, and those that wait for them."""
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import func, or_, select

from groupware.directory.queries import posts_of, standing_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from telework.models.applications import ASKED, COUNTING, REPORTED, Application, RulesRow, Step
from telework.permissions import Held, parts_of
from telework.rules import Rules, week_of

SHOWN, LOOKED_AT = 60, 400
HEAD = "長"


def rules_in_force() -> Rules:
    content = db.session.scalar(select(RulesRow.content).order_by(RulesRow.id.desc()).limit(1))
    return Rules.of(content) if content else Rules()


def rules_before() -> list[RulesRow]:
    """All that were ever decided, the last first."""
    return list(db.session.scalars(select(RulesRow).order_by(RulesRow.id.desc()).limit(SHOWN)))


def standing(user_id: int, first: date, last: date) -> list[Application]:
    """Of somebody's, what is asked for or had from the first to the last of these days."""
    asked = select(Application).where(Application.user_id == user_id, Application.on_date >= first, Application.on_date <= last)
    return list(db.session.scalars(asked.where(Application.state.in_(COUNTING)).order_by(Application.on_date, Application.id)))


def of_week(actor: Actor, application: Application) -> list[Application]:
    """What its owner has asked for in the same week, itself among it: as far as one may see it."""
    asked = select(Application).where(Application.user_id == application.user_id, Application.on_date.between(*week_of(application.on_date)))
    return [each for each in db.session.scalars(asked.order_by(Application.on_date, Application.id)) if parts_of(actor, each)]


def in_weeks(waiting: Iterable[Application]) -> list[list[Application]]:
    """What waits in the same state, of one person in one week, together; in the order of the first of each."""
    found: dict[tuple[int, date, str], list[Application]] = {}
    for each in waiting:
        found.setdefault((each.user_id, week_of(each.on_date)[0], each.state), []).append(each)
    return list(found.values())


def application_for(actor: Actor, application_id: int) -> Held:
    """Raises NotFound, also for whom it does not concern."""
    found = db.session.get(Application, application_id)
    held = Held(found, parts_of(actor, found)) if found else None
    if held is None or not held.parts:
        raise NotFound
    return held


def mine(actor: Actor) -> list[Application]:
    asked = select(Application).where(Application.user_id == actor.user_id).order_by(Application.on_date.desc(), Application.id.desc())
    return list(db.session.scalars(asked.limit(SHOWN)))


def waiting_for(actor: Actor) -> list[Application]:
    """Those of the units that one heads, to be permitted or confirmed."""
    heads = standing_of(actor).heads
    if not heads or actor.outside:
        return []
    asked = select(Application).where(Application.unit_id.in_(heads), Application.user_id != actor.user_id, Application.state.in_((ASKED, REPORTED)))
    return list(db.session.scalars(asked.order_by(Application.on_date, Application.id).limit(SHOWN)))


def seen_among(actor: Actor, application_ids: Collection[int]) -> list[Application]:
    found = db.session.scalars(select(Application).where(Application.id.in_(application_ids)))
    return [each for each in found if parts_of(actor, each)]


def today_of(actor: Actor, day: date) -> list[Application]:
    asked = select(Application).where(Application.user_id == actor.user_id, Application.on_date == day)
    return list(db.session.scalars(asked.where(or_(Application.state == "granted", Application.state.in_(("working", "paused"))))))


def days_in_week(user_id: int, day: date) -> float:
    """Asked for or had, half a day counting a half, hours their share."""
    monday, sunday = week_of(day)
    asked = select(func.sum(Application.share)).where(Application.user_id == user_id, Application.on_date >= monday, Application.on_date <= sunday,
                                                      Application.state.in_(COUNTING))
    return db.session.scalar(asked) or 0


def steps_of(application_id: int) -> list[Step]:
    return list(db.session.scalars(select(Step).where(Step.application_id == application_id).order_by(Step.id).limit(LOOKED_AT)))


def main_place(user_id: int) -> int | None:
    """The section of one's 主務: its head decides."""
    places = posts_of(user_id)
    return places[0].section_id if places else None

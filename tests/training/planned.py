"""Plans of people in any state, and whom their sections lack, for the tests of both."""
from datetime import date
from typing import Any

from groupware.kernel import db
from groupware.kernel.actor import Actor
from tests.directory.town import unit
from training.commands.plans import move_plan, write_plan
from training.commands.skills import set_wanted
from training.forms.plans import ItemDraft, PlanDraft
from training.forms.skills import WantedDraft
from training.models.plans import Plan, Talk
from training.queries.skills import skills_in_force

OPEN = ("draft", "waiting", "reviewing", "active")
YEAR = 2026


def written(actor: Actor, year: int = YEAR, **more: Any) -> int:
    number: int = write_plan(actor, year, draft(year, **more))
    db.end_reading()
    return number


def draft(year: int = YEAR, places: tuple[int, ...] = (0,), aim: str = "集計を楽にしたい") -> PlanDraft:
    return PlanDraft(aim, tuple(ItemDraft("skill", skills_in_force()[each].id, 3, date(year, 12, 25), "試す") for each in places))


def active(people: dict[str, Actor], who: str = "self", **more: Any) -> int:
    number = written(people[who], **more)
    for actor, act in ((people[who], "submit"), (people["head"], "take"), (people["head"], "agree")):
        move_plan(actor, number, act)
    db.end_reading()
    return number


def now(number: int) -> Plan:
    db.end_reading()
    return db.session.get_one(Plan, number)


def put(number: int, state: str) -> None:
    def change() -> None:
        db.session.get_one(Plan, number).state = state
    db.write(change)
    db.end_reading()


def wanting(people: dict[str, Actor], code: str, place: int, level: int = 3, many: int = 1) -> None:
    set_wanted(people["steering"], WantedDraft(unit(code), "staff", skills_in_force()[place].id, level, many))
    db.end_reading()


def talks() -> list[Talk]:
    db.end_reading()
    return db.session.query(Talk).order_by(Talk.id).all()

"""A small city hall with everybody who plays a part for a digital leader, and some who play none."""
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from groupware.directory.queries import actor_for
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound, Refusal
from tests.directory.town import actor, adviser, build_town
from tests.directory.town import person as citizen
from tests.support.prepared import prepared
from training.commands.leaders import move_term, name_candidate
from training.forms.leaders import REQUIREMENTS, MoveDraft
from training.models.leaders import Term
from training.queries.leaders import survey

MADE = {"self": ("柏木 真帆", "0311", "主事", ()), "colleague": ("大沢 健", "0311", "主事", ()), "head": ("藤倉 美咲", "0310", "課長", ()),
        "above": ("相馬 典子", "0300", "部長", ()), "stranger": ("倉持 浩明", "0321", "主事", ()), "other_head": ("土屋 修", "0320", "課長", ()),
        "steering": ("井上 慎一", "0321", "主査", ("steering",)), "cio": ("諏訪 康之", "0000", "副市長", ("cio",)),
        "director": ("石動 和志", "0000", "総務部長付", ("director",)), "mayor": ("安曇 恒一", "0000", "理事者", ("mayor",)),
        "administrator": ("蓮見 亮介", "0321", "主事", ("administrator",))}


@prepared
def town() -> dict[str, Actor]:
    build_town()
    people = {key: actor(citizen(name, at=at, post=post, roles=roles)) for key, (name, at, post, roles) in MADE.items()}
    people["adviser"] = adviser()
    db.end_reading()
    return people


def candidate(people: dict[str, Actor], who: str = "self") -> int:
    return int(name_candidate(people["steering"], people[who].user_id, "よく知っている"))


def appointed(people: dict[str, Actor], who: str = "self", day: date | None = None) -> int:
    """By 行政管理課, step by step."""
    number = candidate(people, who)
    for act in ("check", "select", "finish"):
        move(people["steering"], number, act)
    move_term(people["steering"], number, MoveDraft("appoint", starts_on=day, order_number="行管第1号"))
    db.end_reading()
    return number


def move(actor: Actor, number: int, act: str) -> None:
    move_term(actor, number, MoveDraft(act, "わけ", tuple(REQUIREMENTS), order_number="行管第1号"))


def put(number: int, **values: Any) -> None:
    """As if it had come so far."""
    def change() -> None:
        row = db.session.get_one(Term, number)
        for name, value in values.items():
            setattr(row, name, value)
    db.write(change)
    db.end_reading()


def now(number: int) -> Term:
    db.end_reading()
    return db.session.get_one(Term, number)


def stands() -> dict[str, str]:
    db.end_reading()
    return {section.unit.code: section.state for section in survey().sections}


def again(actor: Actor) -> Actor:
    """With the roles of now."""
    db.end_reading()
    found = actor_for(actor.user_id)
    assert found is not None
    return found


def done(deed: Callable[[], object]) -> bool:
    with suppress(Refusal, NotFound):
        deed()
        return True
    db.end_reading()
    return False

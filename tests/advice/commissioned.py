"""Advisers from outside on their way to a commission, for the tests of it."""
from collections.abc import Iterator
from datetime import timedelta

import pytest

from advice.commands.commissions import (
    ask_commission,
    move_commission,
    name_adviser,
)
from advice.forms import CandidateDraft, CommissionMove, TermDraft
from advice.models import Commission
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ref import Ref
from tests.advice.hall import people_and_team, put
from tests.approvals.desk import settle
from tests.conftest import InProcess, build_house
from tests.directory.town import actor, person

Hall = tuple[InProcess, dict[str, Actor], Ref]
SERVES = ("serving", "review", "renewing")


def with_commissions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    for made in build_house(tmp_path_factory.mktemp("hall")):
        people, team = people_and_team()
        yield made, people | {"system": SYSTEM}, team


def people_of(hall: Hall) -> dict[str, Actor]:
    return hall[1]


def account(name: str) -> Actor:
    return actor(person(name, at="9000", post="", kind="外部"))


def draft(who: Actor | None = None) -> CandidateDraft:
    return CandidateDraft(who.name if who else "白鳥 由紀", "北の丘大学", "窓口の改革", "窓口の見直しに要るため", who.user_id if who else 0)


def term(days: int = 300, begins: int = 0) -> TermDraft:
    return TermDraft(clock.today() + timedelta(days=days), "cio", "rule", clock.today() + timedelta(days=begins))


def named(people: dict[str, Actor], who: Actor | None = None) -> int:
    number: int = name_adviser(people["steering"], draft(who))
    db.end_reading()
    return number


def decide(people: dict[str, Actor], number: int, *, grant: bool = True) -> None:
    settle(people["cio"], Ref(Commission.kind, number), "" if grant else "期間を短く")


def serving(people: dict[str, Actor], who: Actor | None = None, wanted: TermDraft | None = None) -> int:
    number = named(people, who)
    ask_commission(people["steering"], number, wanted or term())
    decide(people, number)
    move(people["steering"], number, "commission", secrecy_on=clock.today(), order_number="行委第3号")
    return number


def move(by: Actor, number: int, act: str, reason: str = "わけ", **more: object) -> None:
    move_commission(by, number, CommissionMove(act, reason, **more))      # type: ignore[arg-type]
    db.end_reading()


def now(number: int) -> Commission:
    db.end_reading()
    return db.session.get_one(Commission, number)


def at(number: int, state: str) -> None:
    """As if it had come so far."""
    late = state not in {"candidate", "dropped"}
    put(Commission, number, state=state, user_id=None, starts_on=clock.today() if late else None, ends_on=clock.today() if late else None,
        renewed_to=clock.today() + timedelta(days=9) if state == "renewing" else None)

"""B-6, 委嘱 of an adviser from outside: over all states, actors and acts; its period, its renewal, its account."""
from contextlib import suppress
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from advice.commands.commissions import (
    ask_commission,
    ask_renewal,
    heed_desk,
    move_commission,
    rewrite_adviser,
    tie_account,
)
from advice.commands.pieces import change_rules
from advice.flows import COMMISSION
from advice.forms import CandidateDraft, CommissionMove
from advice.models import COMMISSIONS, Commission
from advice.permissions import can_move_commission
from advice.queries.commissions import commission_for, steps_of
from advice.rules import Rules
from groupware.directory.commands.people import grant_role
from groupware.directory.queries import actor_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Invalid, NotFound, Refusal
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from tests.advice.commissioned import SERVES, Hall, account, at, decide, draft, move, named, now, people_of, serving, term, with_commissions
from tests.directory.town import actor
from tests.support.flows import strays

hall = pytest.fixture(with_commissions, scope="module")
people = pytest.fixture(people_of)

# (state, act): (who, next state), as facts 3.3 has it.
WAY = {
    ("candidate", "write"): (("steering",), "candidate"), ("candidate", "ask"): (("steering",), "asking"),
    ("asking", "grant"): (("system",), "granted"), ("asking", "refuse"): (("system",), "candidate"),
    ("candidate", "drop"): (("steering",), "dropped"), ("granted", "drop"): (("steering",), "dropped"),
    ("granted", "commission"): (("steering",), "serving"),
    ("serving", "begin"): (("system",), "serving"), ("serving", "review"): (("system",), "review"),
    ("serving", "renew"): (("steering",), "renewing"), ("review", "renew"): (("steering",), "renewing"),
    ("renewing", "extend"): (("system",), "serving"), ("renewing", "keep"): (("system",), "review"),
    **{(state, "tie"): (("steering",), state) for state in ("candidate", "granted", *SERVES)},
    **{(state, "expire"): (("system",), "expired") for state in SERVES}, **{(state, "dismiss"): (("steering",), "dismissed") for state in SERVES}}
ACTS = (*dict.fromkeys(act for _, act in WAY), "steal")


def parts(by: Actor, number: int) -> frozenset[str]:
    with suppress(NotFound):
        held = commission_for(by, number)
        return held.parts if can_move_commission(by, held) else frozenset()
    return frozenset()


def test_a_commission_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    """Over all states, acts and people, as the flow answers."""
    number, hands = named(people), {}
    for state, who in product(COMMISSIONS, people):
        at(number, state)
        hands[state, who] = parts(people[who], number)
    assert not list(strays(COMMISSION, WAY, COMMISSIONS, ACTS, people, lambda state, who: hands[state, who]))


def act_on(by: Actor, number: int, act: str) -> None:
    """With everything that the act could want."""
    if act == "write":
        rewrite_adviser(by, number, draft())
    elif act in {"ask", "renew"}:
        (ask_commission if act == "ask" else ask_renewal)(by, number, term())
    elif act in {"grant", "refuse", "extend", "keep"}:
        heed_desk(by, number, granted=act in {"grant", "extend"})
    elif act == "tie":
        tie_account(by, number, account(f"客 {number}-{db.session.scalar(select(Commission.version).where(Commission.id == number))}").user_id)
    else:
        move_commission(by, number, CommissionMove(act, "わけ", clock.today(), "1"))


def test_the_commands_do_what_the_table_allows_and_nothing_else(people: dict[str, Actor]) -> None:
    for (state, act), (by, after) in WAY.items():
        for who in dict.fromkeys((*by, "steering", "system", "cio", "adviser", "head", "stranger")):
            number = named(people)
            at(number, state)
            with suppress(Refusal):
                act_on(people[who], number, act)
            assert now(number).state == (after if who in by else state), (state, act, who)


def test_the_desk_decides_and_secrecy_comes_before_the_commission(people: dict[str, Actor]) -> None:
    number = named(people)
    ask_commission(people["steering"], number, term())
    decide(people, number, grant=False)
    assert now(number).state == "candidate"
    ask_commission(people["steering"], number, term())
    decide(people, number)
    for missing in ({"order_number": "1"}, {"secrecy_on": clock.today()}):
        with pytest.raises(Invalid):
            move(people["steering"], number, "commission", **missing)
    assert now(number).state == "granted"
    move(people["steering"], number, "commission", secrecy_on=clock.today(), order_number="行委第1号")
    found = now(number)
    assert (found.state, found.travel, found.secrecy_on, found.order_number) == ("serving", "rule", clock.today(), "行委第1号")
    assert [step.act for step in steps_of(number)] == ["name", "ask", "refuse", "ask", "grant", "commission"]


@pytest.mark.parametrize(("begins", "ends"), [(10, 9), (0, 366 * 4), (-400, -1)])
def test_a_period_the_rules_do_not_allow_is_refused_and_nothing_is_asked(people: dict[str, Actor], begins: int, ends: int) -> None:
    number = named(people)
    with pytest.raises(Invalid):
        ask_commission(people["steering"], number, term(ends, begins))
    assert now(number).state == "candidate"
    assert approval_desk().standing(Ref(Commission.kind, number)) is None


def test_the_last_day_that_a_period_may_have() -> None:
    rules = Rules(years=3)
    assert rules.latest(date(2026, 4, 1)) == date(2029, 3, 31)
    assert rules.latest(date(2028, 2, 29)) == date(2031, 2, 28)
    assert rules.reviewed_from(date(2027, 3, 31)) == date(2026, 12, 31)


def test_a_renewal_goes_on_from_the_last_day_and_what_ends_meanwhile_leaves_nothing_on_the_desk(hall: Hall) -> None:
    _, people, _ = hall
    guest = account("青木 望")
    number = serving(people, guest, term(30))
    with pytest.raises(Invalid):
        ask_renewal(people["steering"], number, term(20))
    ask_renewal(people["steering"], number, term(200))
    decide(people, number, grant=False)
    assert (now(number).state, now(number).ends_on) == ("review", clock.today() + timedelta(days=30))
    ask_renewal(people["steering"], number, term(200))
    decide(people, number)
    assert (now(number).state, now(number).ends_on) == ("serving", clock.today() + timedelta(days=200))
    ask_renewal(people["steering"], number, term(400))
    db.end_reading()
    with pytest.raises(Invalid):
        move(people["steering"], number, "dismiss", "")
    move(people["steering"], number, "dismiss", "本人の申し出")
    asked = approval_desk().standing(Ref(Commission.kind, number))
    assert asked
    assert asked.state == "withdrawn"
    assert (now(number).state, now(number).ended_on, now(number).reason) == ("dismissed", clock.today(), "本人の申し出")
    assert actor_for(guest.user_id) is None


def test_an_account_that_comes_later_is_tied_and_one_that_serves_something_else_stays(people: dict[str, Actor]) -> None:
    number, guest = serving(people), account("水野 梓")
    tie_account(people["steering"], number, guest.user_id)
    db.end_reading()
    grant_role(SYSTEM, guest.user_id, "emergency")
    assert actor(guest.user_id).roles == {"adviser", "emergency"}
    with pytest.raises(Conflict):
        tie_account(people["steering"], number, account("水野 楓").user_id)
    with pytest.raises(Invalid):
        named(people, guest)
    with pytest.raises(Invalid):
        named(people, people["clerk"])
    move(people["steering"], number, "dismiss")
    assert actor(guest.user_id).roles == {"emergency"}


def test_a_city_may_leave_the_accounts_open(people: dict[str, Actor]) -> None:
    change_rules(people["steering"], Rules(closes=False))
    guest = account("川瀬 実")
    number = serving(people, guest)
    move(people["steering"], number, "dismiss")
    change_rules(people["steering"], Rules())
    db.end_reading()
    assert actor(guest.user_id).roles == frozenset()


def test_whoever_writes_over_what_another_has_written_is_told(people: dict[str, Actor]) -> None:
    number = named(people)
    seen = now(number).version
    rewrite_adviser(people["steering"], number, CandidateDraft("白鳥 由紀", "", "データの活用", version=seen))
    db.end_reading()
    with pytest.raises(Conflict):
        rewrite_adviser(people["steering"], number, CandidateDraft("白鳥 由紀", "", "窓口", version=seen))
    assert now(number).field == "データの活用"

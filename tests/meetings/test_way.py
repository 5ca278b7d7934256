"""A-5 over all states, actors and acts: a sitting from the call to minutes that stand, against a table written apart from the code."""
from contextlib import suppress
from itertools import product

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound, Refusal
from meetings.commands.minutes import write_entry
from meetings.commands.reviewing import move_minutes
from meetings.commands.sittings import call_sitting, cancel_sitting
from meetings.drafts import EntryDraft
from meetings.models.minutes import DRAFT, LOCKED, REVIEW, Record
from meetings.models.sittings import CALLED, CANCELLED, PLANNED, Sitting
from meetings.queries.minutes import desk_for
from meetings.rights import FLOW, can_move, parts_of
from tests.conftest import InProcess
from tests.governance.hall import put
from tests.meetings.town import TUESDAY, body, called, hall, item, sitting
from tests.support.flows import expected, strays

STATES = (DRAFT, REVIEW, LOCKED)
# (state, act): (who, next state)
MINUTES = {(DRAFT, "ask"): (("secretary",), REVIEW), (REVIEW, "return"): (("secretary", "chair"), DRAFT), (REVIEW, "lock"): (("chair",), LOCKED)}
SITTINGS = {(PLANNED, "call"): (("secretary",), CALLED), (PLANNED, "cancel"): (("secretary",), CANCELLED),
            (CALLED, "cancel"): (("secretary",), CANCELLED)}
ACTS = ("ask", "return", "lock", "steal")


@pytest.fixture
def people(house: InProcess) -> dict[str, Actor]:
    return hall()


def hand(actor: Actor, number: int) -> frozenset[str]:
    with suppress(NotFound):
        found = desk_for(actor, number)
        return frozenset(parts_of(found)) if can_move(actor, found) else frozenset()
    return frozenset()


def test_minutes_go_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    with clock.at(TUESDAY):
        number = sitting(people, body(people))
        about = item(people["secretary"], number)
        called(people, number)
        write_entry(people["secretary"], about, EntryDraft("decision", "十二月から始める"))
        db.end_reading()
        hands = {}
        for state, who in product(STATES, people):
            put(Record, number, state=state)
            hands[state, who] = hand(people[who], number)
        assert not list(strays(FLOW, MINUTES, STATES, ACTS, people, lambda state, who: hands[state, who]))
        for state, act, who in product(STATES, ACTS, people):
            put(Record, number, state=state)
            with suppress(Refusal):
                move_minutes(people[who], number, act, "わけ")
            db.end_reading()
            assert db.session.get_one(Record, number).state == (expected(MINUTES, state, act, who) or state), (state, act, who)


def test_a_sitting_is_called_and_cancelled_by_whom_the_table_names_and_by_nobody_else(people: dict[str, Actor]) -> None:
    with clock.at(TUESDAY):
        number = sitting(people, body(people))
        item(people["secretary"], number)
        for state, act, who in product((PLANNED, CALLED, CANCELLED), ("call", "cancel"), people):
            put(Sitting, number, state=state)
            with suppress(Refusal):
                call_sitting(people[who], number) if act == "call" else cancel_sitting(people[who], number, "わけ")
            db.end_reading()
            assert db.session.get_one(Sitting, number).state == (expected(SITTINGS, state, act, who) or state), (state, act, who)

"""Plans of people: over all states, acts and people against a table; the year renewed, the skills frozen."""
from datetime import UTC, date, datetime
from functools import partial
from itertools import product
from random import Random

import pytest

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from tests.support.flows import expected, permitted, strays
from tests.training.hall import done
from tests.training.planned import OPEN, active, draft, now, put, wanting, written
from tests.training.skilled import certified, framework, skilled_town
from training.calendar.plans import keep_plans
from training.commands.plans import move_plan, renew_plan, rewrite_plan
from training.commands.skills import rate_oneself
from training.documents import audiences, plan_documents
from training.flows.plans import PLAN
from training.models.plans import PLANS, Plan
from training.permissions.plans import can_see_plan
from training.queries.plans import aims_of, frozen_skills, held_plan, plans_of, years_open
from training.queries.skills import skills_in_force
from training.widgets import turns_to_do

people = pytest.fixture(skilled_town)


def oracle(me: str, heads: tuple[str, ...]) -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """(state, act): (who, next state). Facts, B-4. Whom nobody heads begins and completes alone; what is only being written is its author's."""
    mine, leading = (me,), heads or (me,)
    return {("draft", "submit"): (mine, "waiting"), ("draft", "begin"): (() if heads else mine, "active"), ("waiting", "recall"): (mine, "draft"),
            ("waiting", "take"): (heads, "reviewing"), ("reviewing", "return"): (heads, "draft"), ("reviewing", "agree"): (heads, "active"),
            ("active", "note"): ((*mine, *heads), "active"), ("active", "revise"): (mine, "draft"), ("active", "complete"): (leading, "complete"),
            ("complete", "renew"): (mine, "complete"), **{(state, "close"): (("system",), "complete") for state in OPEN}}


@pytest.mark.parametrize(("me", "heads"), [("self", ("head", "above")), ("head", ("above",)), ("above", ())])
def test_a_plan_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor], me: str, heads: tuple[str, ...]) -> None:
    """Over all states, acts and people the rule and the flow are asked; the command does what is allowed, and is tried on much of what is not."""
    actors, table = {**people, "system": SYSTEM}, oracle(me, heads)
    card = people_cards([people[me].user_id])[people[me].user_id]

    def parts(state: str, who: str) -> frozenset[str]:
        held = held_plan(actors[who], Plan(user_id=card.id, state=state), card)
        return held.parts if can_see_plan(actors[who], held) else frozenset()
    known = {(state, who): parts(state, who) for state, who in product(PLANS, actors)}
    acts = (*PLAN.acts, "steal")
    assert list(strays(PLAN, table, tuple(PLANS), acts, tuple(actors), lambda state, who: known[state, who])) == []
    number = written(people[me])
    for state, act, who in [*permitted(table), *Random(4).sample(list(product(PLANS, acts, actors)), 25)]:
        put(number, state)
        done(partial(move_plan, actors[who], number, act, "わけ"))
        assert now(number).state == (expected(table, state, act, who) or state), (state, act, who)


def test_a_plan_is_found_by_those_who_may_read_it_and_a_draft_by_its_author(people: dict[str, Actor]) -> None:
    number = written(people["self"], aim="ひみつのねらい")
    for act, seen in (("", {"self"}), ("submit", {"self", "head", "above"})):
        if act:
            move_plan(people["self"], number, act)
        db.end_reading()
        (found,) = plan_documents([number])
        assert "ひみつのねらい" in found.body
        assert {who for who, actor in people.items() if found.audience in audiences(actor)} == seen


def test_the_year_is_renewed_with_what_was_not_reached_and_the_skills_stay_as_they_were(people: dict[str, Actor]) -> None:
    skills = skills_in_force()
    wanting(people, "0310", 2, level=4)
    certified(people, "self", 0, 3)
    rate_oneself(people["self"], skills[1].id, 2)
    number = active(people, places=(0, 1))
    with clock.at(datetime(2027, 3, 20, 1, tzinfo=UTC)):
        assert years_open() == [2026, 2027]
        move_plan(people["head"], number, "complete")
        frozen = [(each.name, each.level, each.said, each.wanted) for each in frozen_skills(number)]
        assert frozen == [("スキルA", 3, 0, 0), ("スキルB", 0, 2, 0), ("スキルC", 0, 0, 4)]
        certified(people, "self", 1, 4)
        assert [each.reached for each in aims_of(now(number))] == [True, False]
        assert [(each.name, each.level, each.said, each.wanted) for each in frozen_skills(number)] == frozen
    for who in ("head", "above"):
        with pytest.raises(Forbidden):
            renew_plan(people[who], number)
    with pytest.raises(Conflict, match="2か月前"):      # in June the year after is far
        renew_plan(people["self"], number)
    with clock.at(datetime(2027, 4, 1, 1, tzinfo=UTC)):
        assert [each.act for each in turns_to_do(people["self"])] == ["つくる"]
        after = renew_plan(people["self"], number)
        assert [(each.year, each.state, each.before_id) for each in plans_of(people["self"].user_id)] == [(2027, "draft", number),
                                                                                                          (2026, "complete", None)]
        assert [(each.name, each.item.until) for each in aims_of(now(after))] == [("スキルB", None)]
        with pytest.raises(Invalid, match="いつまでに"):
            move_plan(people["self"], after, "submit")
        rewrite_plan(people["self"], after, draft(2027, (2,)))
        move_plan(people["self"], after, "submit")
        with pytest.raises(Conflict):
            renew_plan(people["self"], number)
        assert not list(turns_to_do(people["self"]))


@pytest.mark.parametrize("state", OPEN)
def test_what_is_left_open_is_complete_when_april_is_over(people: dict[str, Actor], state: str) -> None:
    number = written(people["self"])
    put(number, state)
    for day, said in ((date(2027, 3, 31), state), (date(2027, 4, 30), state), (date(2027, 5, 1), "complete")):
        with clock.at(datetime(day.year, day.month, day.day, 1, tzinfo=UTC)):
            keep_plans()
            assert now(number).state == said


def test_a_new_edition_takes_open_plans_along_and_leaves_those_that_are_complete(people: dict[str, Actor]) -> None:
    with clock.at(datetime(2025, 6, 18, 1, tzinfo=UTC)):
        old = active(people, year=2025)
        move_plan(people["head"], old, "complete")
    new = written(people["self"])
    before = skills_in_force()[0].id
    framework(people["steering"], "令和9年度", ("A", "D"))
    after = skills_in_force()[0].id
    assert [aims_of(now(number))[0].item.skill_id for number in (old, new)] == [before, after]

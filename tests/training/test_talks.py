"""Whoever came into a section that lacks what they lack is talked with: over all states, acts and people, and against an oracle."""
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from random import Random

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.jobs import drain
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import move as transfer
from tests.directory.town import unit
from tests.support.flows import expected, permitted, strays
from tests.training.hall import done
from tests.training.planned import talks, wanting
from tests.training.school import leave
from tests.training.skilled import THIS, certified, skilled_town
from training.calendar.plans import keep_plans
from training.commands.plans import settle_talk
from training.flows.plans import TALK
from training.models.plans import TALKS, Talk
from training.permissions.plans import plan_parts
from training.queries.gaps import needs
from training.widgets import turns_to_do

people = pytest.fixture(skilled_town)

TALKED = {("proposed", "hold"): (("head", "above"), "held"), ("proposed", "spare"): (("head", "above"), "spared"),
          ("proposed", "lapse"): (("system",), "lapsed")}


def test_a_talk_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    wanting(people, "0320", 0)
    transfer(people["self"].user_id, "0320", clock.today())
    keep_plans()
    number, actors = talks()[0].id, {**people, "system": SYSTEM}
    table = {key: (("other_head", "above") if "head" in who else who, after) for key, (who, after) in TALKED.items()}
    parts = {who: plan_parts(actor, people["self"].user_id, unit("0320"), headed=True) - {"self"} for who, actor in actors.items()}
    acts = (*TALK.acts, "steal")
    assert list(strays(TALK, table, tuple(TALKS), acts, tuple(actors), lambda _, who: parts[who])) == []
    for state, act, who in [*permitted(table), *Random(5).sample(list(product(TALKS, acts, actors)), 25)]:
        put_talk(number, state)
        done(partial(settle_talk, actors[who], number, act, "わけ"))
        assert talks()[0].state == (expected(table, state, act, who) or state), (state, act, who)


def test_a_transfer_into_a_section_that_lacks_what_one_lacks_is_talked_about(house: InProcess, people: dict[str, Actor]) -> None:
    """Proposed once, by day and section; not for what was lacking before, not for what the section has enough of."""
    for code, place, level in (("0310", 0, 3), ("0320", 0, 3), ("0320", 1, 2), ("0320", 2, 3)):
        wanting(people, code, place, level)
    certified(people, "stranger", 2, 3)
    keep_plans()
    assert talks() == []
    with clock.at(datetime(2027, 4, 1, 1, tzinfo=UTC)):
        transfer(people["self"].user_id, "0320", clock.today())
        keep_plans()
        keep_plans()
        (talk,) = talks()
        number = talk.id
        assert (talk.user_id, talk.unit_id, talk.since, talk.lacks) == (people["self"].user_id, unit("0320"), date(2027, 4, 1), [["スキルB", 2, 0]])
        while drain():
            pass
        me, head, before = (signed_in(house, people[who]) for who in ("self", "other_head", "head"))
        assert "面談の候補" in me.get("/notifications").text
        assert "異動してきた人との面談" in head.get("/notifications").text
        assert "異動してきた人との面談" not in before.get("/notifications").text
        with house.app.test_request_context():
            assert [each.act for each in turns_to_do(people["other_head"])] == ["面談する"]
            assert [list(turns_to_do(people[who])) for who in ("self", "head", "steering", "adviser")] == [[]] * 4
        assert "スキルB（課は「教わればできる」）" in head.get("/training/section/plans").text
        assert head.post(f"/training/talks/{number}/steps", data={"act": "spare"}).status_code == 422
        assert before.post(f"/training/talks/{number}/steps", data={"act": "hold"}).status_code == 404
        assert head.post(f"/training/talks/{number}/steps", data={"act": "hold"}).status_code == 303
        keep_plans()
        assert [each.state for each in talks()] == ["held"]


def test_who_moves_on_or_is_gone_is_proposed_no_more(people: dict[str, Actor]) -> None:
    wanting(people, "0320", 0)
    for who in ("self", "colleague"):
        transfer(people[who].user_id, "0320", clock.today())
    keep_plans()
    with clock.at(THIS + timedelta(days=1)):
        transfer(people["self"].user_id, "0310", clock.today())
        leave(people["colleague"].user_id)
        keep_plans()
        assert [each.state for each in talks()] == ["lapsed", "lapsed"]


def test_gaps_and_talks_are_those_of_an_oracle_that_thinks_of_one_after_the_other(
        people: dict[str, Actor], trials: Callable[[int, int], int]) -> None:
    """Transfers, certifications and wants in any order, over the turn of years; the oracle keeps lists of its own."""
    chance, crowd, names = Random(44), ("self", "colleague", "stranger"), "ABC"
    seats, held = {"self": "0310", "colleague": "0310", "stranger": "0320"}, dict.fromkeys(product(crowd, range(3)), 0)
    wants = {(code, place): (1 + (place + int(code)) % 4, 1 + place % 2) for code in ("0310", "0320") for place in range(3)}
    for (code, place), (level, many) in wants.items():
        wanting(people, code, place, level, many)
    moment, said = THIS, []

    def short(who: str, code: str, place: int) -> bool:
        level, many = wants[code, place]
        return held[who, place] < level and sum(held[one, place] >= level for one in crowd if seats[one] == code) < many
    for _ in range(trials(12, 600)):
        moment += timedelta(days=chance.randint(1, 90))
        with clock.at(moment):
            who, place = chance.choice(crowd), chance.randrange(3)
            if chance.random() < 0.4 and held[who, place] < 4:
                held[who, place] += 1
                certified(people, who, place, held[who, place])
            else:
                old, seats[who] = seats[who], {"0310": "0320", "0320": "0310"}[seats[who]]
                transfer(people[who].user_id, seats[who], clock.today())
                lacks = [f"スキル{names[place]}" for place in range(3) if short(who, seats[who], place) and not (
                    held[who, place] < wants[old, place][0] >= wants[seats[who], place][0])]
                said += [(who, clock.today(), lacks)] if lacks else []
                keep_plans()
                assert [(each.user_id, each.since, [name for name, _, _ in each.lacks]) for each in talks()] == [
                    (people[who].user_id, since, lacks) for who, since, lacks in said]
            found = needs({people[one].user_id: unit(seats[one]) for one in crowd})
            assert {(one, each.name[-1]) for one in crowd for each in found[people[one].user_id] if each.short} == {
                (one, names[place]) for one in crowd for place in range(3) if short(one, seats[one], place)}


def put_talk(number: int, state: str) -> None:
    def change() -> None:
        db.session.get_one(Talk, number).state = state
    db.write(change)
    db.end_reading()

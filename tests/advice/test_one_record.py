"""One piece of advice stands in team, measure's story, leader's practice, casebook and year, once in each; the sums by an oracle."""
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from advice import candidates, documents, widgets
from advice.commands.pieces import change_rules, move_advice, remind_held, rewrite_advice
from advice.forms import MoveDraft
from advice.models import USED, Advice
from advice.queries.book import Sought, Year, found, summed, year_of
from advice.rules import Rules
from governance.queries.papers import ruling_in_force
from governance.queries.plan import measure_coded
from governance.queries.story import story_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict
from groupware.kernel.jobs import drain
from groupware.kernel.ref import Ref
from groupware.notifications.models import Notification
from tests.advice.hall import asked, at, given, people_and_team, put, said
from tests.advice.test_way import WAY
from tests.conftest import InProcess, build_house
from tests.training.hall import appointed
from training.commands.leaders import take_practice
from training.models.leaders import Practice

Hall = tuple[InProcess, dict[str, Actor], Ref]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The leader serves, as appointed."""
    for made in build_house(tmp_path_factory.mktemp("hall")):
        people, team = people_and_team()
        appointed(people, "leader")
        yield made, people, team


def work_off(house: InProcess) -> None:
    with house.app.test_request_context():
        while drain():
            db.end_reading()


def move(actor: Actor, number: int, act: str, **more: object) -> None:
    move_advice(actor, number, MoveDraft(act, "わけ", **more))      # type: ignore[arg-type]
    db.end_reading()


def places_of(hall: Hall, who: str, number: int) -> dict[str, int]:
    """How often it stands where somebody looks; nothing where it does not."""
    house, people, team = hall
    actor, about = people[who], Ref("advice.advice", number)
    with house.app.test_request_context():
        stories = {code: story_of(actor, measure_coded(code), ruling_in_force()).happenings for code in ("M03", "M07")}
        team_page, everything = widgets.advice_of_team(actor, team), found(actor, Sought(show="all"))[0]
        return dict(+Counter({
            **{code: sum(each.card.ref == about for each in story) for code, story in stories.items()},
            "team": sum(each.id == number for each in team_page.rows) if team_page else 0,     # type: ignore[attr-defined]
            "book": sum(each.id == number for each in everything),
            "found": documents.audiences(actor).count(str(about)),
            "council": sum(each.about == about for each in candidates.adopted_advice(actor))}))


def test_one_record_stands_everywhere_and_is_counted_once(hall: Hall) -> None:
    house, people, team = hall
    before = year_of(people["steering"], clock.fiscal_year(clock.today()))
    number = given(people, "leader", team)
    work_off(house)
    assert places_of(hall, "clerk", number) == {"M03": 1, "M07": 1, "team": 1, "book": 1, "found": 1}
    assert not places_of(hall, "stranger", number)
    move(people["head"], number, "adopt")
    work_off(house)
    for who in ("clerk", "stranger", "steering", "mayor"):
        assert places_of(hall, who, number) == {"M03": 1, "M07": 1, "team": 1, "book": 1, "found": 1, "council": 1}, who
    assert not places_of(hall, "guest", number)
    rewritten_and_run_again(hall, number)
    after = year_of(people["steering"], clock.fiscal_year(clock.today()))
    assert (after.whole.total - before.whole.total, after.whole.used - before.whole.used) == (1, 1)
    assert after.whole.minutes - before.whole.minutes == 30
    assert after.measures["M03"].total == after.measures["M07"].total


def rewritten_and_run_again(hall: Hall, number: int) -> None:
    """The leader's practice: one line, as the record stands, however often it is told; taken away only there."""
    house, people, _ = hall
    other = given(people, "leader")
    work_off(house)
    rewrite_advice(people["leader"], other, said(minutes=75))
    db.end_reading()
    work_off(house)
    lines = {line.about: line for line in db.session.scalars(select(Practice).where(Practice.about.is_not(None)))}
    assert {about: (line.minutes, line.user_id) for about, line in lines.items()} == {
        f"advice.advice:{number}": (30, people["leader"].user_id), f"advice.advice:{other}": (75, people["leader"].user_id)}
    with pytest.raises(Conflict):
        take_practice(people["leader"], lines[f"advice.advice:{other}"].id)
    put(Advice, other, given_on=clock.today() - timedelta(days=4_000))       # out of this year's sum


def test_what_somebody_from_outside_said_is_nobodys_practice(hall: Hall) -> None:
    house, people, team = hall
    number = given(people, "adviser", team, by="steering")
    work_off(house)
    assert not db.session.scalars(select(Practice).where(Practice.about == f"advice.advice:{number}")).all()


def told(about: int, actor: Actor) -> list[str]:
    db.end_reading()
    asked_for = select(Notification).where(Notification.user_id == actor.user_id, Notification.about == f"advice.advice:{about}")
    return [each.reason for each in db.session.scalars(asked_for.order_by(Notification.id))]


def test_whose_turn_it_is_is_told_and_nobody_else(hall: Hall) -> None:
    house, people, team = hall
    number = asked(people, "adviser", team)
    work_off(house)
    assert told(number, people["adviser"])
    assert told(number, people["steering"]), "who is asked from outside may have no terminal"
    number = given(people, "leader", team)
    work_off(house)
    move(people["clerk"], number, "answer", decision="adopted")
    work_off(house)
    move(people["head"], number, "adopt")
    work_off(house)
    assert told(number, people["head"])
    assert any("採用" in each for each in told(number, people["leader"]))
    assert not any(told(number, people[who]) for who in ("stranger", "guest", "mayor", "adviser"))


def test_a_hold_that_is_over_is_told_once_for_each_day_that_was_set(hall: Hall) -> None:
    house, people, _ = hall
    number = asked(people)
    at(number, "given")
    move(people["head"], number, "hold", until=clock.today() + timedelta(days=3))
    remind_held()
    work_off(house)
    assert not any("期限" in each for each in told(number, people["head"]))
    for _ in range(2):
        with clock.at(clock.now() + timedelta(days=4)), house.app.test_request_context():
            remind_held()
            assert any(todo.url.endswith(f"/{number}") for todo in widgets.advice_to_decide(people["head"]))
            db.end_reading()
            work_off(house)
    assert sum("期限" in each for each in told(number, people["head"])) == 1
    assert any("期限" in each for each in told(number, people["clerk"]))


def test_the_first_page_shows_a_decision_to_whom_it_waits_for(hall: Hall) -> None:
    house, people, team = hall
    number = asked(people, "leader", team)
    turns = {"asked": {"leader"}, "accepted": {"leader"}, "given": {"head"}, "answered": {"head"}, "held": set(), "adopted": set(), "closed": set()}
    for now, whose in turns.items():
        at(number, now)
        with house.app.test_request_context():
            waits = {who for who in people if any(todo.url.endswith(f"/{number}") for todo in widgets.advice_to_decide(people[who]))}
        assert waits == whose, now


def test_a_section_decides_alone_where_the_city_says_so(hall: Hall) -> None:
    _, people, _ = hall
    number = given(people, "leader")
    change_rules(people["steering"], Rules(by_head=False))
    db.end_reading()
    move(people["clerk"], number, "adopt")
    assert db.session.get_one(Advice, number).state == "adopted"
    change_rules(people["steering"], Rules())
    db.end_reading()


@dataclass
class Life:
    """A row as the sums read it, and all that was done to it."""

    state: str
    decision: str
    sort: str
    measures: str
    unit_id: int
    minutes: int
    acts: list[str]


def lived(chance: random.Random) -> Life:
    """Led on at random by the table of the tests; a proposal to the head is any of the four."""
    codes = " ".join(sorted(chance.sample(["M01", "M03", "M07"], chance.randrange(3))))
    made = Life("given", "", chance.choice(["advice", "proposal"]), codes, chance.randrange(1, 4), 15 * chance.randrange(9), [])
    decided = {"adopt": "adopted", "partly": "partly", "reject": "rejected", "hold": "held"}
    for _ in range(chance.randrange(9)):
        acts = [act for state, act in WAY if state == made.state]
        if not acts:
            break
        act = chance.choice(acts)
        made.state, made.acts = WAY[made.state, act][1], [*made.acts, act]
        made.decision = "" if act == "return" else chance.choice(list(decided.values())) if act == "answer" else decided.get(act, made.decision)
    return made


def column(life: Life) -> str:
    """From what was done alone: the last word of the section or its head."""
    said_last = [act for act in life.acts if act in {"adopt", "partly", "reject", "hold", "answer", "return"}]
    return {"adopt": "adopted", "partly": "partly", "reject": "rejected", "hold": "held"}.get(said_last[-1] if said_last else "", "waiting")


def test_the_sums_are_those_of_an_oracle_over_random_histories(trials: Callable[[int, int], int]) -> None:
    for seed in range(trials(300, 10_000)):
        chance = random.Random(seed)
        lives = [lived(chance) for _ in range(chance.randrange(12))]
        year = summed(lives)
        assert counts(year) == by_oracle(lives), seed
        assert year.whole.minutes == sum(each.minutes for each in lives)
        assert year.whole.used == sum(each.state in USED for each in lives)


def by_oracle(lives: list[Life]) -> dict[object, Counter[str]]:
    codes = {code for each in lives for code in each.measures.split()}
    made: dict[object, Counter[str]] = {code: Counter(column(each) for each in lives if code in each.measures) for code in codes}
    made |= {unit_id: Counter(column(each) for each in lives if each.unit_id == unit_id) for unit_id in {each.unit_id for each in lives}}
    return {"whole": Counter(map(column, lives)), **made}


def counts(year: Year) -> dict[object, Counter[str]]:
    return {"whole": year.whole.counts, **{code: line.counts for code, line in year.measures.items()},
            **{unit: line.counts for unit, line in year.units.items()}}

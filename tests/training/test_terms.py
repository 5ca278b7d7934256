"""Terms of digital leaders as time goes by: ends, renewals, transfers, and how every section is covered; against an oracle that counts by hand."""
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from random import Random

import pytest

from groupware.directory.commands.units import create_unit
from groupware.directory.forms import UnitDraft
from groupware.directory.models import Assignment, Mark
from groupware.directory.queries import holders_of_role
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Forbidden
from groupware.kernel.ports import leader_coverage
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import move as transfer
from tests.directory.town import unit
from tests.training.hall import again, appointed, move, now, stands, town
from training.calendar.leaders import keep_terms
from training.candidates import without_leader
from training.commands.leaders import (
    change_rules,
    excuse_section,
    recommend_person,
)
from training.forms.leaders import ExcuseDraft
from training.models.leaders import Exemption, Term
from training.queries.leaders import survey
from training.queries.vacancies import vacancies
from training.rules import Rules, cover, lacking_since, term_end

DAY = timedelta(days=1)
THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


@pytest.mark.parametrize(("day", "years", "end"), [
    ("2026-06-18", 3, "2029-03-31"), ("2026-04-01", 3, "2029-03-31"), ("2027-03-31", 3, "2029-03-31"), ("2027-04-01", 3, "2030-03-31")])
def test_a_term_ends_as_the_facts_say(day: str, years: int, end: str) -> None:
    assert term_end(date.fromisoformat(day), years) == date.fromisoformat(end)


def test_a_term_ends_on_the_nth_last_of_march(request: pytest.FixtureRequest) -> None:
    """The oracle goes on day by day and counts the 31sts of March."""
    chance = Random(18)
    for _ in range(10_000 if request.config.getoption("--long") else 200):
        day, years = date(2020, 1, 1) + timedelta(days=chance.randrange(8_000)), chance.randint(1, 6)
        seen, step = 0, day
        while True:
            seen += (step.month, step.day) == (3, 31)
            if seen == years:
                break
            step += timedelta(days=1) if step.month == 3 else timedelta(days=1 if step.month in {2, 1} else 20)
        assert term_end(day, years) == step


def test_how_a_section_stands_over_all_numbers() -> None:
    for serving, coming, least, exempt in product(range(4), range(3), range(1, 4), (False, True)):
        missing = least - serving
        said = {True: "surplus"}.get(missing < 0) or ("filled" if missing == 0 else "exempt" if exempt else "arranging" if coming else "vacant")
        assert cover(serving, coming, least, exempt=exempt) == said


def test_random_histories_keep_sections_and_role_as_counted_by_hand(people: dict[str, Actor], request: pytest.FixtureRequest) -> None:
    """Appointments, transfers and ends in any order; the oracle keeps a list of its own of who sits where and serves until when."""
    chance, seats = Random(3), {"self": "0310", "colleague": "0310", "stranger": "0320"}
    until: dict[str, date] = {}
    terms: dict[str, int] = {}
    moment = THIS
    for _ in range(400 if request.config.getoption("--long") else 24):
        moment += timedelta(days=chance.randint(1, 120))
        with clock.at(moment):
            keep_terms()
            today = clock.today()
            until = {who: end for who, end in until.items() if end >= today}
            who, deed = chance.choice(list(seats)), chance.choice(("appoint", "transfer", "resign"))
            if deed == "appoint" and who not in until:
                terms[who] = appointed(people, who, today)
                until[who] = date(today.year + (3 if today.month > 3 else 2), 3, 31)
            elif deed == "transfer":
                seats[who] = {"0310": "0320", "0320": "0310"}[seats[who]]
                transfer(people[who].user_id, seats[who], today)
            elif deed == "resign" and who in until:
                move(again(people[who]), terms[who], "resign")
                del until[who]
            db.end_reading()
            stands = {section.unit.id: len(section.leaders) for section in survey().sections}
            assert stands == {unit(code): sum(seats[one] == code for one in until) for code in ("0310", "0320")}
            assert set(holders_of_role("leader")) == {people[one].user_id for one in until}


def test_a_renewed_leader_serves_on_without_a_day_between(people: dict[str, Actor]) -> None:
    number = appointed(people)
    with clock.at(datetime(2029, 1, 10, 1, 0, tzinfo=UTC)):
        keep_terms()
        assert now(number).state == "review"
        move(again(people["self"]), number, "stay")
        move(people["steering"], number, "renew")
        after = db.session.query(Term).filter_by(before_id=number).one()
        assert (now(number).state, after.starts_on, after.ends_on) == ("renewed", date(2029, 4, 1), date(2032, 3, 31))
    for day in (date(2029, 3, 31), date(2029, 4, 1)):
        with clock.at(datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)):
            keep_terms()
            db.end_reading()
            assert len(survey().leaders) == 1
            assert holders_of_role("leader") == [people["self"].user_id]


def test_who_does_not_go_on_is_no_leader_on_the_next_day(people: dict[str, Actor]) -> None:
    number = appointed(people)
    with clock.at(datetime(2029, 3, 31, 3, 0, tzinfo=UTC)):
        keep_terms()
        assert holders_of_role("leader") == [people["self"].user_id]
    with clock.at(datetime(2029, 3, 31, 15, 1, tzinfo=UTC)):
        keep_terms()
        assert (now(number).state, now(number).ended_on, holders_of_role("leader")) == ("expired", date(2029, 3, 31), [])


def test_a_transfer_leaves_a_vacancy_and_makes_a_surplus_at_once(people: dict[str, Actor]) -> None:
    appointed(people)
    appointed(people, "stranger")
    assert stands() == {"0310": "filled", "0320": "filled"}
    transfer(people["self"].user_id, "0320", clock.today())
    assert stands() == {"0310": "vacant", "0320": "surplus"}
    recommend_person(people["head"], people["colleague"].user_id, "よい")
    assert stands()["0310"] == "arranging"
    coverage = leader_coverage().covered(people["stranger"])
    assert coverage is not None
    assert (coverage.filled, coverage.sections, leader_coverage().covered(people["adviser"])) == (1, 2, None)
    keep_terms()
    assert {term.state for term in db.session.query(Term)} == {"active", "candidate"}


def test_a_section_with_a_branch_office_is_still_one(people: dict[str, Actor]) -> None:
    create_unit(SYSTEM, UnitDraft("0319", "東部出張所", "出張所", "0310"))
    appointed(people)
    assert stands() == {"0310": "filled", "0319": "vacant", "0320": "vacant"}


def test_where_the_city_says_so_a_transfer_is_looked_at(people: dict[str, Actor]) -> None:
    number = appointed(people)
    change_rules(people["steering"], Rules(keeps=False))
    keep_terms()
    assert now(number).state == "active"
    transfer(people["self"].user_id, "0320", clock.today())
    keep_terms()
    assert now(number).state == "review"
    for who, act in (("self", "stay"), ("steering", "renew")):
        move(again(people[who]), number, act)
    with clock.at(datetime(2029, 4, 1, 3, 0, tzinfo=UTC)):
        keep_terms()
    assert (now(number + 1).state, now(number + 1).unit_id) == ("active", unit("0320"))       # looked at once, not for ever


def test_an_excused_section_is_no_vacancy_until_its_day(people: dict[str, Actor]) -> None:
    excuse_section(people["steering"], unit("0310"), ExcuseDraft(clock.today() + timedelta(days=9), "統合の前"))
    assert stands() == {"0310": "exempt", "0320": "vacant"}
    assert survey().needed == 1
    with clock.at(THIS + timedelta(days=10)):
        assert stands()["0310"] == "vacant"
    for who in set(people) - {"steering"}:
        with pytest.raises(Forbidden):
            excuse_section(people[who], unit("0310"), ExcuseDraft(None, ""))


def test_a_gap_begins_where_the_oracle_finds_it_going_back_day_by_day(trials: Callable[[int, int], int]) -> None:
    chance, today = Random(7), date(2026, 6, 18)
    for _ in range(trials(100, 10_000)):
        begins = [today - timedelta(days=chance.randint(0, 90)) for _ in range(chance.randint(0, 4))]
        spans = [(each, each + timedelta(days=chance.randint(0, 40))) for each in begins]
        least = {False: 1, True: 2}[chance.random() < 0.3]
        filled = [sum(first <= today - timedelta(days=back) <= last for first, last in spans) >= least for back in range(200)]
        wanted = None if filled[0] or True not in filled else today - timedelta(days=filled.index(True) - 1)

        def enough(day: date, filled: list[bool] = filled) -> bool:
            return filled[(today - day).days] if (today - day).days < len(filled) else False
        assert lacking_since(today, [last + timedelta(days=1) for _, last in spans], enough) == wanted


def test_the_days_of_a_vacancy_are_counted_from_the_day_it_began(house: InProcess, people: dict[str, Actor]) -> None:
    """A transfer, a resignation, the end of an exemption and a stricter rule each begin one; of who never had a leader nothing is said."""
    number = appointed(people)
    assert gaps() == {"0320": None}
    with clock.at(THIS + timedelta(days=10)):
        transfer(people["self"].user_id, "0320", clock.today())
        assert gaps() == {"0310": clock.today()}
    with clock.at(THIS + timedelta(days=54)):
        assert "欠員 45日・令和8年6月28日（日）から" in signed_in(house, people["stranger"]).get("/training/leaders").text
        assert [(each.title, each.parts, each.since) for each in without_leader(people["steering"])] == [
            ("欠員 1", (("市民課", "欠員 45日・候補はまだいません"),), date(2026, 6, 28))]
        assert not list(without_leader(people["adviser"]))
        excuse_section(people["steering"], unit("0310"), ExcuseDraft(clock.today() + timedelta(days=5), "統合の前"))
        move(again(people["self"]), number, "resign")
        assert gaps() == {"0320": clock.today()}
    with clock.at(THIS + timedelta(days=61)):
        assert gaps() == {"0320": date(2026, 8, 11), "0310": date(2026, 8, 17)}
        appointed(people, "colleague", clock.today())
        assert list(gaps()) == ["0320"]
    with clock.at(THIS + timedelta(days=70)):
        change_rules(people["steering"], Rules(least=2))
        assert gaps() == {"0320": date(2026, 8, 11), "0310": clock.today()}
    with clock.at(THIS + timedelta(days=80)):
        excuse_section(people["steering"], unit("0320"), ExcuseDraft(clock.today() + timedelta(days=9), "統合の前"))
    with clock.at(THIS + timedelta(days=85)):
        excuse_section(people["steering"], unit("0320"), ExcuseDraft(None, ""))
        assert gaps()["0320"] == clock.today()


def test_over_random_histories_sections_stand_and_lack_leaders_as_counted_day_by_day(people: dict[str, Actor],
                                                                                     trials: Callable[[int, int], int]) -> None:
    """Seats, terms, what ended them and exemptions as rows; the oracle goes back one day after the other. In the second half two are needed."""
    chance, crowd, today = Random(51), ("self", "colleague", "stranger", "administrator"), clock.today()
    for turn in range(many := trials(30, 10_000)):
        if turn == many // 2:
            change_rules(people["steering"], Rules(least=2))
        lives = {who: Life.at_random(chance, today) for who in crowd}
        excused = {code: today + timedelta(days=chance.randint(-30, 30)) for code in ("0310", "0320") if chance.random() < 0.4}
        db.write(partial(live, {people[who].user_id: life for who, life in lives.items()}, excused))
        db.end_reading()
        found = survey()
        since = {each.section.unit.code: each.since for each in vacancies(found).values()}
        for section in found.sections:
            said, begun = by_hand(lives, section.unit.code, excused.get(section.unit.code), today, found.rules.least)
            assert (section.state, since.get(section.unit.code)) == (said, begun), (turn, section.unit.code, lives, excused)


@dataclass(frozen=True)
class Life:
    """``seats``: (課, first, last day); ``terms``: (state, first, last, the day it was ended)."""

    seats: tuple[tuple[str, date, date | None], ...]
    terms: tuple[tuple[str, date, date, date | None], ...]

    @classmethod
    def at_random(cls, chance: Random, today: date) -> "Life":
        moved, codes = today - timedelta(days=chance.randint(0, 250)), chance.sample(("0310", "0320"), 2)
        moves = chance.random() < 0.6
        seats = ((codes[0], date(2024, 4, 1), moved - DAY if moves else None), (codes[1], moved, None))[:1 + moves]
        terms, begins = [], date(2025, 4, 1) + timedelta(days=chance.randint(0, 300))
        if chance.random() < 0.8:
            ended = begins + timedelta(days=chance.randint(1, 120))
            state = chance.choice(("active", "expired", "resigned", "dismissed")) if ended < today else "active"
            terms.append((state, begins, today + timedelta(days=99) if state == "active" else ended, None if state == "active" else ended))
        return cls(seats, tuple(terms))

    def serves(self, code: str, day: date) -> bool:
        """Who resigned or was dismissed serves no more on that day."""
        here = any(at == code and first <= day <= (last or date.max) for at, first, last in self.seats)
        return here and any(first <= day <= last and (state not in {"resigned", "dismissed"} or day < (ended or last))
                            for state, first, last, ended in self.terms)


def live(lives: dict[int, Life], excused: dict[str, date]) -> None:
    for table in (Term, Exemption):
        db.session.query(table).delete()
    db.session.query(Assignment).filter(Assignment.user_id.in_(lives)).delete()
    db.session.query(Mark).update({Mark.number: Mark.number + 1})       # or cards of people would be those of before
    for user_id, life in lives.items():
        db.session.add_all(Assignment(user_id=user_id, unit_id=unit(code), nature="主務", starts_on=first, ends_on=last)
                           for code, first, last in life.seats)
        db.session.add_all(Term(user_id=user_id, unit_id=unit("0310"), route="named", state=state, starts_on=first, ends_on=last, ended_on=ended,
                                changed_at=clock.now()) for state, first, last, ended in life.terms)
    db.session.add_all(Exemption(unit_id=unit(code), until=until, reason="統合", author_name="", at=clock.now() - timedelta(days=60))
                       for code, until in excused.items())


def by_hand(lives: dict[str, Life], code: str, until: date | None, today: date, least: int) -> tuple[str, date | None]:
    """(how the section stands, the first day of its gap): what the rule of today asks began only today where it is stricter than before."""
    def serving(day: date) -> int:
        return sum(life.serves(code, day) for life in lives.values())

    def enough(day: date) -> bool:
        return serving(day) >= (least if day >= today else 1) or (until is not None and today - timedelta(days=60) <= day <= until)
    now = serving(today)
    if now >= least or enough(today):
        return "surplus" if now > least else "filled" if now == least else "exempt", None
    days = [today - timedelta(days=back) for back in range(900)]
    last = next((day for day in days if enough(day)), None)
    return "vacant", last + DAY if last else None


def gaps() -> dict[str, date | None]:
    db.end_reading()
    return {each.section.unit.code: each.since for each in vacancies(survey()).values()}

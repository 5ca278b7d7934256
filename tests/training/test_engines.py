"""What the database itself has to keep, on both engines: who is reached and counted in one statement, the last place, one open way for each."""
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict
from tests.conftest import InProcess
from tests.directory.town import move as transfer
from tests.directory.town import unit
from tests.training.hall import candidate, town
from tests.training.school import ALL, ASKED, begin, course, in_days, leave, move, sitting, state, take
from training.calendar.courses import follow_all
from training.commands.duties import chase_missing
from training.commands.leaders import offer_oneself
from training.commands.learning import learn_alone
from training.commands.quizzes import write_quiz
from training.commands.skills import bring_items, draft_framework, enforce_framework, move_claim, rate_oneself, set_wanted, write_claim
from training.forms.quizzes import QuizDraft
from training.forms.skills import ClaimDraft, FrameworkDraft, Item, WantedDraft
from training.models.courses import ALONE
from training.models.leaders import Term
from training.models.quizzes import Quiz
from training.models.skills import Claim
from training.queries.duties import Tally, tallies
from training.queries.heat import heat
from training.queries.quizzes import outcome_of
from training.queries.skills import skills_in_force

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def people(each_house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


def test_courses_seats_and_duties_are_counted_alike(people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=(*ALL, ("without", f"below:{unit('0320')}")), due_on=in_days(9))
    learn_alone(people["self"], number)
    leave(people["colleague"].user_id)
    transfer(people["head"].user_id, "0320", clock.today(), "課長")
    follow_all()
    db.end_reading()
    whole = sum(tallies([number])[number].values(), Tally())
    assert (whole.done, whole.away, whole.out, whole.left) == (1, 1, 1, 4)
    assert chase_missing(people["steering"], number) == 4
    at = sitting(people, course(people, title="集まって"), 1)
    for who in ("self", "stranger"):
        move(people["steering"], at, people[who].user_id, "name")
    assert state(at, people["stranger"].user_id) == "waiting"
    move(people["self"], at, people["self"].user_id, "withdraw")
    assert state(at, people["stranger"].user_id) == "booked"
    begin(at)
    move(people["steering"], at, people["stranger"].user_id, "complete")
    write_quiz(people["steering"], number, QuizDraft(True, 80, 2, ASKED))
    for missed in ((1,), ()):
        take(people["director"], number, missed)
    outcome = outcome_of(db.session.get_one(Quiz, number))
    assert (outcome.tries, outcome.people, outcome.passed, outcome.missed) == (2, 1, 1, (0, 1))
    assert sum(tallies([number])[number].values(), Tally()).done == 2


def test_skills_are_counted_alike_and_one_way_is_open_at_a_time(people: dict[str, Actor]) -> None:
    keeper, mine = people["steering"], people["self"]
    framework = draft_framework(keeper, FrameworkDraft("庁内", "1", "出典", ()))
    bring_items(keeper, framework, [Item("A", "", "集計", "")])
    enforce_framework(keeper, framework)
    db.end_reading()
    skill = skills_in_force()[0].id
    set_wanted(keeper, WantedDraft(unit("0310"), "staff", skill, 2, 2))
    rate_oneself(people["colleague"], skill, 3)
    number = write_claim(mine, ClaimDraft(skill, 3, "work", "した"))
    with pytest.raises(Conflict):
        write_claim(mine, ClaimDraft(skill, 3, "work", "した"))
    with pytest.raises(IntegrityError):
        db.write(partial(_add, Claim(user_id=mine.user_id, skill_id=skill, level=1, proof="work", words="", state="writing", changed_at=clock.now())))
    for actor, act in ((mine, "submit"), (keeper, "take"), (keeper, "certify")):
        move_claim(actor, number, act)
    db.end_reading()
    cell = heat().rows[0].cells[skill]
    assert (cell.wanted, cell.filled, cell.missing, cell.says) == (2, 1, 1, 0)
    candidate(people)
    with pytest.raises(Conflict):
        offer_oneself(mine, 0, "学びたい")
    with pytest.raises(IntegrityError):
        db.write(partial(_add, Term(user_id=mine.user_id, unit_id=unit("0310"), route="named", state="active", changed_at=clock.now())))


def _add(row: object) -> None:
    db.session.add(row)
    db.session.flush()

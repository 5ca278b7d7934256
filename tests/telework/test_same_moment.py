"""What two do at the same moment, on both databases."""
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from groupware.kernel import clock, db
from groupware.kernel.errors import Refusal
from telework.commands.applications import ask_to_work_at_home, change_rules, move_application
from telework.models.applications import Application
from telework.models.days import Day
from telework.rules import Rules
from tests.conftest import InProcess
from tests.telework.test_applications import draft, town

DAYS, AT_ONCE = 5, 6


def is_done(act: Callable[[], object]) -> bool:
    try:
        act()
    except Refusal:
        return False
    finally:
        db.end_reading()
    return True


def test_a_day_is_had_once_however_often_it_is_sent_and_what_is_taken_back_while_it_is_granted_is_gone(each_house: InProcess) -> None:
    people = town()
    change_rules(people["steering"], Rules(week_limit=None))
    wanted = [draft(clock.today() + timedelta(days=number)) for number in range(DAYS) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        had = list(threads.map(lambda each: is_done(partial(ask_to_work_at_home, people["clerk"], each)), wanted))
    assert had.count(True) == DAYS
    numbers = db.session.scalars(select(Application.id)).all()
    acts = [partial(move_application, people[who], number, act) for number in numbers for who, act in (("head", "grant"), ("clerk", "withdraw"))]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(is_done, acts))
    db.end_reading()
    assert set(db.session.scalars(select(Application.state))) == {"withdrawn"}
    assert not db.session.scalars(select(Day)).all()

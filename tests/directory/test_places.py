"""Where people sit, by date; exactly one 主務 at every moment."""
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from groupware.directory.commands.people import disable_person, hire_person, mark_departed
from groupware.directory.commands.places import assign_person, cancel_assignment, end_assignment
from groupware.directory.forms import PlaceDraft
from groupware.directory.models import MAIN, Assignment
from groupware.directory.queries import actor_for, holders_of_post, members_of_unit, people_cards, posts_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.directory.town import actor, administrator, audited, draft, move, person, unit

LAST_DAY, FIRST_DAY = date(2026, 3, 31), date(2026, 4, 1)


def mains(user_id: int) -> list[tuple[date, date | None]]:
    db.forget_reading()
    asked = select(Assignment.starts_on, Assignment.ends_on).where(Assignment.user_id == user_id, Assignment.nature == MAIN)
    return [(row.starts_on, row.ends_on) for row in db.session.execute(asked.order_by(Assignment.starts_on))]


def test_a_transfer_on_the_first_of_april_answers_for_both_days(each_town: Any) -> None:
    before, after = person("藤倉 美咲", at="0310", post="課長"), person("柏木 真帆", "かしわぎ まほ", at="0320", post="課長")
    move(after, "0310", FIRST_DAY, "課長")
    move(before, "0320", FIRST_DAY, "課長")
    assert holders_of_post(unit("0310"), "課長", LAST_DAY) == [before]
    assert holders_of_post(unit("0310"), "課長", FIRST_DAY) == [after]
    assert members_of_unit(unit("0320"), on=LAST_DAY) == [after]
    assert members_of_unit(unit("0320"), on=FIRST_DAY) == [before]
    assert people_cards([before], LAST_DAY)[before].label == "市民課・課長"
    assert people_cards([before], FIRST_DAY)[before].label == "税務課・課長"


def test_the_label_leads_from_the_section_down_to_the_post(each_town: Any) -> None:
    head, chief = person(at="0310", post="課長"), person(at="0311", post="係長")
    assert actor(head).label == "市民課・課長"
    assert actor(chief).label == "市民課 窓口係・係長"
    card = people_cards([chief])[chief]
    assert (card.unit_name, card.unit_id) == ("市民課", unit("0310"))


def test_the_next_main_post_ends_the_one_before_on_the_day_before(town: Any) -> None:
    user_id = person()
    move(user_id, "0321", FIRST_DAY)
    assert mains(user_id) == [(date(2024, 4, 1), LAST_DAY), (FIRST_DAY, None)]
    assert [fact["deed"] for fact in audited("directory.AssignmentChanged")] == ["begun", "ended", "begun"]


def test_a_transfer_booked_ahead_counts_from_its_day_on(town: Any) -> None:
    user_id, tomorrow = person(), clock.today() + timedelta(days=1)
    move(user_id, "0321", tomorrow)
    assert actor(user_id).label == "市民課 窓口係・主事"
    with clock.at(datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=UTC)):
        assert actor(user_id).label == "税務課 市民税係・主事"


def test_no_second_main_post_before_or_on_the_day_of_another(each_town: Any) -> None:
    user_id = person()
    move(user_id, "0321", FIRST_DAY)
    for day in (date(2024, 4, 1), date(2025, 10, 1), FIRST_DAY):
        with pytest.raises(Invalid, match="主務がもうあります"):
            move(user_id, "0312", day)
    assert len(mains(user_id)) == 2


def test_the_database_itself_refuses_a_second_open_main_post(each_town: Any) -> None:
    user_id = person()
    row = {"user_id": user_id, "unit_id": unit("0312"), "nature": MAIN, "starts_on": FIRST_DAY}
    with pytest.raises(IntegrityError):
        db.write(lambda: db.unit().connection.execute(insert(Assignment).values(row)))


def test_of_many_transfers_at_one_moment_one_is_done(each_town: Any) -> None:
    user_id = person()

    def transfer(code: str) -> bool:
        try:
            move(user_id, code, FIRST_DAY)
        except Refusal:
            return False
        finally:
            db.forget_reading()
        return True
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(transfer, ["0312", "0320", "0321", "0312"]))
    assert done.count(True) == 1
    assert mains(user_id) == [(date(2024, 4, 1), LAST_DAY), (FIRST_DAY, None)]


def test_beside_the_main_post_there_may_be_others_each_once(town: Any) -> None:
    user_id = person(at="0310", post="課長")
    move(user_id, "0320", FIRST_DAY, "課長", "事務取扱")
    assert [(place.nature, place.label) for place in posts_of(user_id)] == [("主務", "市民課・課長"), ("事務取扱", "税務課・課長")]
    assert members_of_unit(unit("0320")) == [user_id]
    with pytest.raises(Conflict):
        move(user_id, "0320", FIRST_DAY + timedelta(days=9), "課長", "事務取扱")


def test_a_main_post_does_not_end_by_itself_others_do(town: Any) -> None:
    user_id = person()
    beside = move(user_id, "0320", FIRST_DAY, nature="兼務")
    with pytest.raises(Conflict, match="主務は"):
        end_assignment(SYSTEM, user_id, posts_of(user_id)[0].assignment_id, clock.today())
    end_assignment(SYSTEM, user_id, beside, FIRST_DAY + timedelta(days=30))
    assert [place.nature for place in posts_of(user_id)] == ["主務"]
    assert [place.nature for place in posts_of(user_id, FIRST_DAY + timedelta(days=30))] == ["主務", "兼務"]


def test_a_cancelled_transfer_never_was(town: Any) -> None:
    user_id = person()
    cancel_assignment(SYSTEM, user_id, move(user_id, "0321", FIRST_DAY))
    assert mains(user_id) == [(date(2024, 4, 1), None)]
    with pytest.raises(Conflict, match="最初の主務"):
        cancel_assignment(SYSTEM, user_id, posts_of(user_id)[0].assignment_id)
    assert mains(user_id) == [(date(2024, 4, 1), None)]


def test_nobody_sits_in_a_unit_that_is_not_there(town: Any) -> None:
    with pytest.raises(Invalid, match="9999"):
        person(at="9999")


def test_whoever_departs_leaves_every_place_and_what_was_booked(town: Any) -> None:
    user_id = person()
    move(user_id, "0320", FIRST_DAY, nature="兼務")
    move(user_id, "0321", clock.today() + timedelta(days=10))
    mark_departed(SYSTEM, user_id)
    assert posts_of(user_id) != []           # today is the last day
    assert posts_of(user_id, clock.today() + timedelta(days=1)) == []
    assert posts_of(user_id, clock.today() + timedelta(days=10)) == []
    assert members_of_unit(unit("0311")) == []
    assert members_of_unit(unit("0311"), on=LAST_DAY) == []
    assert holders_of_post(unit("0311"), "主事", LAST_DAY) == [user_id]


def test_a_stopped_person_keeps_the_place_but_is_nobody_to_act(town: Any) -> None:
    user_id = person()
    disable_person(SYSTEM, user_id)
    assert actor_for(user_id) is None
    assert posts_of(user_id)[0].where == "市民課 窓口係"


def test_hiring_is_whole_or_not_at_all(town: Any) -> None:
    new = draft(number="004711")
    with pytest.raises(Invalid):
        hire_person(SYSTEM, new, PlaceDraft("9999"))
    user_id = hire_person(SYSTEM, new, PlaceDraft("0311", post="主事"))
    assert actor(user_id).label == "市民課 窓口係・主事"
    assert len(audited("directory.PersonCreated")) == 1


def test_only_those_who_keep_the_directory_move_people(town: Any) -> None:
    user_id, stranger = person(), actor(person(roles=("steering", "cio", "leader")))
    with pytest.raises(Forbidden):
        assign_person(stranger, user_id, PlaceDraft("0321"))
    assign_person(administrator(), user_id, PlaceDraft("0321"))
    with pytest.raises(NotFound):
        assign_person(SYSTEM, 999, PlaceDraft("0321"))

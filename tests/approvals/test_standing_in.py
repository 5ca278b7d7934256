"""Who decides where a post is empty, or its holder is away or was transferred."""
from datetime import timedelta

import pytest

from groupware.approvals.commands.absences import cancel_absence, register_absence
from groupware.approvals.commands.asking import ask_approval
from groupware.approvals.following import follow_all
from groupware.approvals.forms import AbsenceDraft, AskingDraft
from groupware.approvals.models import GRANTED
from groupware.directory.commands.people import disable_person
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Invalid, NotFound
from groupware.kernel.ports import Seat
from tests.approvals.desk import approve, ask, be_away, before, hall, paper, state, told
from tests.directory.town import actor, adviser, audited, move, person, unit

pytestmark = pytest.mark.usefixtures("house")


def test_an_empty_post_is_stood_in_for_by_the_next_in_the_section() -> None:
    people = hall()
    disable_person(SYSTEM, people["head"].user_id)
    asking_id = ask_approval(people["clerk"], AskingDraft("課長がいない日", "", (Seat(unit("0310"), "課長"),)))
    assert before(asking_id) == {"小野寺 陽太": True}
    approve(people["chief"], asking_id)
    assert paper(people["chief"], asking_id).steps[0].stands_in is True
    assert audited("approvals.ApprovalGranted")[-1]["stands_in"] is True


def test_whoever_is_away_is_stood_in_for_by_the_deputy_they_named_and_told_afterwards() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    assert told(people["head"]) == ["決裁のお願い"]
    be_away(people["head"], people["tax"])
    assert before(asking_id) == {"藤倉 美咲": False, "倉持 浩明": True}
    approve(people["tax"], asking_id)
    assert "代わりに決裁されました（後閲）" in told(people["head"])
    assert paper(people["head"], asking_id).steps[0].decider_name == "倉持 浩明"


def test_an_absence_ends_with_its_last_day_or_when_it_is_taken_back() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    absence_id = be_away(people["head"])
    assert before(asking_id) == {"藤倉 美咲": False, "小野寺 陽太": True}
    with clock.at(clock.now() + timedelta(days=4)):
        follow_all()
        assert before(asking_id) == {"藤倉 美咲": False}
    follow_all()
    assert before(asking_id) == {"藤倉 美咲": False, "小野寺 陽太": True}
    with pytest.raises(NotFound):
        cancel_absence(people["tax"], absence_id)
    cancel_absence(people["head"], absence_id)
    follow_all()
    assert before(asking_id) == {"藤倉 美咲": False}
    with pytest.raises(NotFound):
        paper(people["chief"], asking_id)


def test_a_deputy_is_another_member_of_the_staff_who_is_here() -> None:
    people = hall()
    for deputy in (people["head"].user_id, adviser().user_id, 999):
        with pytest.raises(Invalid):
            register_absence(people["head"], AbsenceDraft(clock.today(), clock.today(), deputy))


def test_after_a_transfer_the_new_holder_of_the_post_finds_it_and_the_old_one_does_not() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    new = actor(person("森 晶子", "もり あきこ", at="0320", post="課長補佐"))
    move(people["head"].user_id, "0320", clock.today(), "主幹")
    move(new.user_id, "0310", clock.today(), "課長")
    assert told(new) == ["決裁のお願い（引き継ぎ）"]
    assert before(asking_id) == {"森 晶子": False}
    with pytest.raises(NotFound):
        paper(people["head"], asking_id)
    approve(new, asking_id)
    assert state(asking_id) == GRANTED


def test_days_of_absence_are_read_as_people_write_them() -> None:
    soon = clock.today() + timedelta(days=2)
    draft = AbsenceDraft.parse({"starts_on": soon.isoformat(), "ends_on": ""})
    assert (draft.starts_on, draft.ends_on, draft.deputy_id) == (soon, soon, None)
    for wrong in ({"starts_on": ""}, {"starts_on": "なし"}, {"starts_on": soon.isoformat(), "ends_on": "2020/1/1"},
                  {"starts_on": "2020/1/1", "ends_on": "2020/1/2"}):
        with pytest.raises(Invalid):
            AbsenceDraft.parse(wrong)

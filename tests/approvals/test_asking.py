"""An asking from the first step to the answer."""

import pytest

from groupware.approvals.commands.asking import ask_approval, withdraw_asking
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.events import ApprovalGranted, ApprovalReturned
from groupware.approvals.forms import AskingDraft
from groupware.approvals.models import GRANTED, RETURNED, WAITING, WITHDRAWN
from groupware.approvals.permissions import Paper, can_see, visible_askings
from groupware.approvals.queries.askings import DONE, MINE, TODO, badge, page_of, paper_for
from groupware.approvals.thing import thing_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from groupware.kernel.house import house as the_house
from groupware.kernel.ports import ApprovalDesk, Seat, approval_desk
from groupware.kernel.ref import Ref
from tests.approvals.desk import approve, ask, be_away, before, due, hall, paper, state, told
from tests.conftest import InProcess
from tests.directory.town import adviser, audited, move, statements_of, unit

THING = Ref("boards.notice", 42)
pytestmark = pytest.mark.usefixtures("house")


def test_the_head_of_the_section_decides_and_the_asker_is_told() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    assert before(asking_id) == {"藤倉 美咲": False}
    assert told(people["head"]) == ["決裁のお願い"]
    assert db.session.scalar(badge(people["head"].user_id)) == 1
    approve(people["head"], asking_id)
    assert state(asking_id) == GRANTED
    assert told(people["clerk"]) == ["決裁されました"]
    assert db.session.scalar(badge(people["head"].user_id)) == 0
    step = paper(people["clerk"], asking_id).steps[0]
    assert (step.decider_name, step.decider_label, step.stands_in) == ("藤倉 美咲", "市民課・課長", False)


def test_two_steps_are_decided_one_after_the_other() -> None:
    people = hall()
    asking_id = ask(people["clerk"], steps=2)
    with pytest.raises(NotFound):
        paper(people["director"], asking_id)
    approve(people["head"], asking_id)
    assert state(asking_id) == WAITING
    assert before(asking_id) == {"相馬 典子": False}
    assert told(people["director"]) == ["決裁のお願い（次の段）"]
    approve(people["director"], asking_id)
    assert state(asking_id) == GRANTED


def test_it_is_returned_with_what_is_to_be_mended_and_asked_again() -> None:
    people = hall()
    first = ask(people["clerk"], thing=THING)
    with pytest.raises(Invalid):
        return_asking(people["head"], first, due(first), "")
    return_asking(people["head"], first, due(first), "日付を直してください。")
    assert state(first) == RETURNED
    assert told(people["clerk"]) == ["差し戻されました"]
    with pytest.raises(Conflict):
        approve_step(people["head"], first, paper(SYSTEM, first).steps[0].id + 99)
    second = ask(people["clerk"], thing=THING)
    approve(people["head"], second)
    assert state(second) == GRANTED


def test_a_thing_is_asked_about_once_at_a_time() -> None:
    people = hall()
    ask(people["clerk"], thing=THING)
    with pytest.raises(Conflict):
        ask(people["chief"], thing=THING)


def test_who_asks_takes_it_back_and_nobody_else_does() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    with pytest.raises(Forbidden):
        withdraw_asking(people["head"], asking_id)
    with pytest.raises(NotFound):
        withdraw_asking(people["tax"], asking_id)
    withdraw_asking(people["clerk"], asking_id)
    assert state(asking_id) == WITHDRAWN
    assert before(asking_id) == {}
    with pytest.raises(Conflict):
        withdraw_asking(people["clerk"], asking_id)


def test_nobody_decides_what_they_have_asked_themselves() -> None:
    people = hall()
    asking_id = ask(people["head"])
    assert before(asking_id) == {"相馬 典子": False}
    own = ask_approval(people["head"], AskingDraft("自分の決裁", "", (Seat(unit("0310"), "課長"),)))
    assert before(own) == {"小野寺 陽太": True}
    with pytest.raises(Forbidden):
        approve_step(people["head"], own, due(own))


def test_a_stranger_and_an_outside_adviser_see_nothing_of_it() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    for stranger in (people["tax"], people["chief"], adviser()):
        with pytest.raises(NotFound):
            paper(stranger, asking_id)
        assert page_of(stranger, TODO).papers == page_of(stranger, DONE).papers == []
    with pytest.raises(Forbidden):
        ask_approval(adviser(), AskingDraft("外から", "", (Seat(unit("0310"), "課長"),)))


def test_what_is_listed_is_what_may_be_seen() -> None:
    people = hall()
    asked = [ask(people["clerk"]), ask(people["chief"], steps=2), ask(people["head"])]
    approve(people["head"], asked[0])
    for who in people.values():
        db.end_reading()
        listed = set(db.session.scalars(visible_askings(who)))
        assert listed == {each for each in asked if can_see(who, _in_hands(who, each))}


def test_a_list_that_is_a_minute_old_decides_nothing() -> None:
    people = hall()
    asking_id = ask(people["clerk"])
    step = due(asking_id)
    move(people["head"].user_id, "0320", clock.today(), "主幹")
    with pytest.raises(Conflict):
        approve_step(people["head"], asking_id, step)
    assert state(asking_id) == WAITING


def test_a_second_press_changes_nothing_and_whoever_was_slower_is_told_so() -> None:
    people = hall()
    be_away(people["head"])
    asking_id = ask(people["clerk"])
    step = due(asking_id)
    approve_step(people["chief"], asking_id, step)
    approve_step(people["chief"], asking_id, step)
    with pytest.raises(Conflict):
        approve_step(people["head"], asking_id, step)
    assert len(audited("approvals.ApprovalGranted")) == 1


def test_nobody_at_all_who_could_decide_is_said_at_once() -> None:
    people = hall()
    with pytest.raises(Invalid, match="代わりの人もいない"):
        ask_approval(people["director"], AskingDraft("だれもいない", "", (Seat(unit("9000"), "課長"),)))


def test_the_answer_comes_within_the_transaction_with_the_ref_of_the_thing() -> None:
    people, heard = hall(), list[tuple[str, Ref, str]]()

    def hear(event: ApprovalGranted | ApprovalReturned) -> None:
        heard.append((type(event).__name__, event.ref, paper_for(SYSTEM, event.asking_id).asking.state))
        assert db.current.get() is not None
    for kind in (ApprovalGranted, ApprovalReturned):
        the_house.within.setdefault(kind, []).append(hear)
    asking_id = ask(people["clerk"], thing=THING)
    approve(people["head"], asking_id)
    assert heard == [("ApprovalGranted", THING, GRANTED)]


def test_a_feature_asks_by_the_port_and_learns_who_must_see_its_thing(house: InProcess) -> None:
    people, desk = hall(), approval_desk()
    assert desk.standing(THING) is None
    asking_id = desk.ask(people["clerk"], THING, desk.route_up(people["clerk"], 2), "掲載してよいか")
    db.end_reading()
    assert desk.holds(people["head"], THING)
    assert not desk.holds(people["director"], THING)
    assert list(db.session.scalars(desk.held(people["head"], "boards.notice"))) == [42]
    return_asking(people["head"], asking_id, due(asking_id), "題名を直してください。")
    db.end_reading()
    with house.app.test_request_context():
        stood = desk.standing(THING)
    assert stood
    assert (stood.state, stood.reason) == (RETURNED, "題名を直してください。")
    desk.ask(people["clerk"], THING, desk.route_up(people["clerk"]), "掲載してよいか")
    desk.withdraw(people["clerk"], THING)
    assert thing_of(paper(people["clerk"], asking_id).asking) == "boards.notice:42"


def test_without_a_desk_asking_says_so_and_nothing_is_held() -> None:
    people = hall()
    del the_house.ports[ApprovalDesk]
    desk = approval_desk()
    with pytest.raises(Unavailable):
        desk.ask(people["clerk"], THING, (), "だれもいない")
    assert desk.route_up(people["clerk"]) == ()
    assert desk.standing(THING) is None
    assert not desk.holds(people["head"], THING)
    assert list(db.session.scalars(desk.held(people["head"], "boards.notice"))) == []


def test_a_page_of_thirteen_costs_as_many_questions_as_a_page_of_one() -> None:
    people = hall()
    ask(people["clerk"])
    few = _questions(people["head"])
    for _ in range(12):
        ask(people["clerk"])
    assert _questions(people["head"]) == few
    assert few <= 6
    assert len(page_of(people["clerk"], MINE).papers) == 13


def _in_hands(who: Actor, asking_id: int) -> Paper:
    try:
        return paper(who, asking_id)
    except NotFound:
        found = paper(SYSTEM, asking_id)
        return Paper(found.asking, found.steps, None)


def _questions(who: Actor) -> int:
    return statements_of(lambda: page_of(who, TODO))

"""An asking from the first step to the answer."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from groupware.approvals.commands.absences import cancel_absence, register_absence
from groupware.approvals.commands.asking import ask_approval, withdraw_asking
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.events import ApprovalGranted, ApprovalReturned
from groupware.approvals.following import follow_all
from groupware.approvals.forms import AbsenceDraft, AskingDraft
from groupware.approvals.models import GRANTED, RETURNED, WAITING, WITHDRAWN
from groupware.approvals.permissions import Paper, can_see, visible_askings
from groupware.approvals.queries.askings import DONE, MINE, TODO, badge, holders_of, page_of, paper_for
from groupware.approvals.queries.seats import route_up
from groupware.approvals.thing import thing_of
from groupware.directory.commands.people import disable_person
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from groupware.kernel.house import house as the_house
from groupware.kernel.jobs import drain
from groupware.kernel.ports import ApprovalDesk, Seat, approval_desk
from groupware.kernel.ref import Ref
from groupware.notifications.models import Notification
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, audited, build_town, move, person, statements_of, unit
from tests.support.prepared import prepared

THING = Ref("boards.notice", 42)
pytestmark = pytest.mark.usefixtures("house")


@prepared
def hall() -> dict[str, Actor]:
    """市民環境部長, 市民課長, two 係長 of it, a clerk of 窓口係, and the head of 税務課."""
    build_town()
    made = {"director": ("相馬 典子", "0300", "部長"), "head": ("藤倉 美咲", "0310", "課長"), "chief": ("小野寺 陽太", "0311", "係長"),
            "clerk": ("柏木 真帆", "0311", "主事"), "tax": ("倉持 浩明", "0320", "課長")}
    return {key: actor(person(name, at=at, post=post)) for key, (name, at, post) in made.items()}


def ask(asker: Actor, steps: int = 1, thing: Ref | None = None, title: str = "窓口の表示を試すこと") -> int:
    made: int = ask_approval(asker, AskingDraft(title, "一か月の試行です。", route_up(asker, steps), thing))
    db.end_reading()
    return made


def paper(who: Actor, asking_id: int) -> Paper:
    db.end_reading()
    return paper_for(who, asking_id)


def due(asking_id: int) -> int:
    step = paper(SYSTEM, asking_id).due
    assert step
    return step.id


def approve(who: Actor, asking_id: int) -> None:
    approve_step(who, asking_id, due(asking_id))
    db.end_reading()


def state(asking_id: int) -> str:
    return paper(SYSTEM, asking_id).asking.state


def before(asking_id: int) -> dict[str, bool]:
    """Before whom it lies, and whether they stand in."""
    return {card.name: stands_in for card, stands_in in holders_of(paper(SYSTEM, asking_id))}


def told(who: Actor) -> list[str]:
    while drain():
        db.forget_reading()
    return list(db.session.scalars(select(Notification.reason).where(Notification.user_id == who.user_id).order_by(Notification.id)))


def be_away(who: Actor, deputy: Actor | None = None, days: int = 3) -> int:
    made: int = register_absence(who, AbsenceDraft(clock.today(), clock.today() + timedelta(days), deputy.user_id if deputy else None))
    db.end_reading()
    follow_all()
    db.end_reading()
    return made


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


def test_days_of_absence_are_read_as_people_write_them() -> None:
    soon = clock.today() + timedelta(days=2)
    draft = AbsenceDraft.parse({"starts_on": soon.isoformat(), "ends_on": ""})
    assert (draft.starts_on, draft.ends_on, draft.deputy_id) == (soon, soon, None)
    for wrong in ({"starts_on": ""}, {"starts_on": "なし"}, {"starts_on": soon.isoformat(), "ends_on": "2020/1/1"},
                  {"starts_on": "2020/1/1", "ends_on": "2020/1/2"}):
        with pytest.raises(Invalid):
            AbsenceDraft.parse(wrong)


def _in_hands(who: Actor, asking_id: int) -> Paper:
    try:
        return paper(who, asking_id)
    except NotFound:
        found = paper(SYSTEM, asking_id)
        return Paper(found.asking, found.steps, None)


def _questions(who: Actor) -> int:
    return statements_of(lambda: page_of(who, TODO))

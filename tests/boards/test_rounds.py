"""順次回覧: in order and side by side, with a stand-in, skipped, given back, through transfers, to its end."""
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from boards.calendar import keep_calendar
from boards.commands.reminding import remind_missing
from boards.commands.routes import resume_round, return_step, skip_step, stamp_step, stand_at_step
from boards.models.routes import STAMPED
from boards.queries.routes import stages_of, stands_of, steps_of
from groupware.directory.commands.people import disable_person
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.boards.town import WEDNESDAY, arrive, board, draft, edit, hall, holders, ids, notice, sheet, the_notice, unit, waiting
from tests.directory.town import adviser, move
from tests.files.office import helper_works
from tests.notifications.told import told_count


def way(*legs: dict[str, object]) -> dict[str, object]:
    """``{"person": actor}``, ``{"unit": code, "post": id}``, each with ``beside`` and ``due``."""
    form: dict[str, object] = {"strength": "circulate", "to_below": None, "due_on": None}
    for n, leg in enumerate(legs, 1):
        for key, value in leg.items():
            form[f"s{n}_{key}"] = str(value.user_id) if isinstance(value, Actor) else str(unit(str(value))) if key == "unit" else value
    return form


def usual(people: dict[str, Actor]) -> dict[str, object]:
    """柏木, then anybody of 戸籍係 beside 倉持, then the head."""
    return way({"person": people["clerk"]}, {"unit": "0312"}, {"person": people["tax"], "beside": "1"}, {"person": people["head"]})


def step_at(notice_id: int, place: int) -> int:
    return steps_of(the_notice(notice_id))[place].id


def states(notice_id: int) -> list[str]:
    return [step.state for step in steps_of(the_notice(notice_id))]


def stamp(who: Actor, notice_id: int, place: int) -> None:
    stamp_step(who, step_at(notice_id, place), the_notice(notice_id).asked)


@pytest.mark.usefixtures("each_house")
def test_it_goes_from_one_to_the_next_and_lies_with_those_side_by_side_at_once() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **usual(people))
    assert holders(notice_id) == ids(people[key] for key in ("clerk", "other", "tax", "head"))
    assert [waiting(people[key]) for key in ("clerk", "other", "tax", "head")] == [1, 0, 0, 0]
    with pytest.raises(Forbidden):
        stamp(people["head"], notice_id, 3)
    stamp(people["clerk"], notice_id, 0)
    assert [waiting(people[key]) for key in ("clerk", "other", "tax", "head")] == [0, 1, 1, 0]
    stamp(people["tax"], notice_id, 2)
    assert states(notice_id) == ["stamped", "here", "stamped", "ahead"]
    stamp(people["other"], notice_id, 1)
    stamp(people["head"], notice_id, 3)
    assert (states(notice_id), the_notice(notice_id).route) == ([STAMPED] * 4, "round")
    assert [waiting(each) for each in people.values()] == [0] * 5


@pytest.mark.usefixtures("house")
def test_whoever_it_lies_with_is_told_and_the_author_when_it_is_round() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **way({"person": people["clerk"]}, {"person": people["head"]}))
    helper_works()
    told = {key: told_count(people[key].user_id) for key in people}
    assert (told["clerk"], told["head"]) == (1, 0)
    stamp(people["clerk"], notice_id, 0)
    helper_works()
    assert told_count(people["head"].user_id) == 1
    stamp(people["head"], notice_id, 1)
    helper_works()
    assert told_count(people["sender"].user_id) == told["sender"] + 1


@pytest.mark.usefixtures("house")
def test_a_colleague_stands_in_with_a_reason_and_a_stranger_does_not() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **usual(people))
    first = step_at(notice_id, 0)
    with pytest.raises(Invalid):
        stand_at_step(people["other"], first, 1, "")
    with pytest.raises(Forbidden):
        stand_at_step(people["tax"], step_at(notice_id, 3), 1, "急ぎのため")
    stand_at_step(people["other"], first, 1, "出張のため")
    step = steps_of(the_notice(notice_id))[0]
    assert (step.stands_in, step.user_name, step.reason) == (True, "長谷部 悠", "出張のため")
    with pytest.raises(NotFound):
        stand_at_step(adviser(), step_at(notice_id, 1), 1, "代わりに")
    stand_at_step(people["head"], step_at(notice_id, 1), 1, "係の全員が窓口に出ているため")       # the head above the unit


@pytest.mark.usefixtures("house")
def test_the_sending_side_skips_with_a_reason_and_nobody_else_does() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **usual(people))
    with pytest.raises(Forbidden):
        skip_step(people["clerk"], notice_id, step_at(notice_id, 0), "急ぐ")
    with pytest.raises(Invalid):
        skip_step(people["sender"], notice_id, step_at(notice_id, 0), "")
    skip_step(people["sender"], notice_id, step_at(notice_id, 0), "長期の休みのため")
    skip_step(people["sender"], notice_id, step_at(notice_id, 3), "長期の休みのため")
    assert states(notice_id) == ["skipped", "here", "here", "skipped"]
    other = notice(people["sender"], board(name="別"), **usual(people))
    with pytest.raises(NotFound):
        skip_step(people["sender"], notice_id, step_at(other, 0), "よその段")


@pytest.mark.usefixtures("house")
def test_given_back_it_waits_with_the_sending_side_and_goes_on_from_there() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **way({"person": people["clerk"]}, {"person": people["head"]}))
    stamp(people["clerk"], notice_id, 0)
    with pytest.raises(Invalid):
        return_step(people["head"], step_at(notice_id, 1), "")
    return_step(people["head"], step_at(notice_id, 1), "日付が違う")
    assert (the_notice(notice_id).route, the_notice(notice_id).returned, waiting(people["head"])) == ("back", "日付が違う", 0)
    with pytest.raises(Forbidden):
        stamp(people["head"], notice_id, 1)
    resume_round(people["sender"], notice_id)
    assert (states(notice_id), waiting(people["head"])) == (["stamped", "here"], 1)
    return_step(people["head"], step_at(notice_id, 1), "もう一度見てほしい", "before")
    assert (states(notice_id), waiting(people["clerk"])) == (["here", "ahead"], 1)


@pytest.mark.usefixtures("house")
def test_what_lies_behind_stays_and_an_edit_in_substance_begins_the_round_anew() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **way({"person": people["clerk"]}, {"person": people["head"]}))
    stamp(people["clerk"], notice_id, 0)
    with pytest.raises(Invalid):
        edit(people["sender"], notice_id, **way({"person": people["tax"]}, {"person": people["head"]}))
    longer = way({"person": people["clerk"]}, {"person": people["head"]}, {"person": people["tax"]})
    edit(people["sender"], notice_id, **longer)
    assert (states(notice_id), people["tax"].user_id in holders(notice_id)) == (["stamped", "here", "ahead"], True)
    edit(people["sender"], notice_id, **longer, in_substance="1", body="場所が変わりました")
    assert (states(notice_id), waiting(people["clerk"]), waiting(people["head"])) == (["here", "ahead", "ahead"], 1, 0)
    with pytest.raises(Conflict):
        stamp_step(people["clerk"], step_at(notice_id, 0), 1)


@pytest.mark.usefixtures("each_house")
def test_a_transfer_while_it_goes_round_follows_the_post_and_the_person() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **way({"unit": "0312"}, {"person": people["clerk"]}))
    move(people["clerk"].user_id, "0312", clock.today())
    move(people["other"].user_id, "0321", clock.today())
    arrive(notice_id)
    assert (waiting(people["clerk"]), waiting(people["other"])) == (1, 0)
    stamp(people["clerk"], notice_id, 0)
    disable_person(SYSTEM, people["clerk"].user_id)
    arrive(notice_id)
    assert stands_of(people["sender"], sheet(people["sender"], notice_id))[1][0].people == []
    skip_step(people["sender"], notice_id, step_at(notice_id, 1), "退職したため")
    assert the_notice(notice_id).route == "round"


@pytest.mark.usefixtures("house")
def test_a_step_that_is_late_is_chased_once_and_the_sender_reminds_only_where_it_lies() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = notice(people["sender"], board(), **way({"person": people["clerk"], "due": "2026-10-15"}, {"person": people["head"]}))
        assert remind_missing(people["sender"], notice_id) == 1
        helper_works()
        before = told_count(people["clerk"].user_id)
    with clock.at(WEDNESDAY + timedelta(days=2)):
        for _ in range(2):
            keep_calendar()
            helper_works()
        assert told_count(people["clerk"].user_id) == before + 1
        assert told_count(people["sender"].user_id) == 1


@pytest.mark.usefixtures("house")
def test_a_way_to_nobody_or_twice_to_the_same_is_refused() -> None:
    people = hall()
    for legs in ((), ({"person": people["clerk"]}, {"person": people["clerk"]}), ({"person": people["clerk"], "due": "2020-01-01"},)):
        with pytest.raises(Invalid):
            draft(**way(*legs))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("house")
def test_it_lies_exactly_with_the_first_stage_that_is_not_done_for_any_order_of_acts(seed: int, trials: Callable[[int, int], int]) -> None:
    """Against an oracle of plain sets: who has done what, by the order of the way."""
    people, random = hall(), Random(seed)
    notice_id = notice(people["sender"], board(), **usual(people))
    at = [{"clerk"}, {"other"}, {"tax"}, {"head"}]
    stages, done = [[0], [1, 2], [3]], set[int]()
    for _ in range(trials(20, 200)):
        if random.random() < 0.25:
            done = set() if edited(people, notice_id, random) else done
        place, who = random.randrange(4), random.choice(list(people))
        here = next((stage for stage in stages if not set(stage) <= done), [])
        allowed = {"stamp": place in here and place not in done and who in at[place], "skip": who in {"sender", "tax"} and bool(here)}
        act = random.choice(["stamp", "stamp", "skip"]) if len(done) < 3 else "stamp"
        acts = {"stamp": lambda: stamp(people[who], notice_id, place),          # noqa: B023
                "skip": lambda: skip_step(people[who], notice_id, step_at(notice_id, place), "休み")}      # noqa: B023
        assert succeeds(acts[act]) == allowed[act]
        if allowed[act]:
            done.add(place)
        here = next((stage for stage in stages if not set(stage) <= done), [])
        assert [place for place, state in enumerate(states(notice_id)) if state == "here"] == [each for each in here if each not in done]
        lies = {name for each in here if each not in done for name in at[each]}
        assert {name for name in people if waiting(people[name])} == lies
        assert len(stages_of(steps_of(the_notice(notice_id)))) == 3


def edited(people: dict[str, Actor], notice_id: int, random: Random) -> bool:
    """In substance, by which the round begins anew; or a slip of the pen."""
    substance = random.random() < 0.4
    edit(people["sender"], notice_id, **usual(people), body=f"第{random.random()}版", in_substance="1" if substance else None)
    return substance


def succeeds(act: Callable[[], None]) -> bool:
    try:
        act()
    except Refusal:
        return False
    return True

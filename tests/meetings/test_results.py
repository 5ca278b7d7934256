"""Votes are named, given once by whom they belong to, and stand in the minutes; what is to be done is chased and comes again."""
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from groupware.kernel.jobs import drain
from groupware.notifications.queries import unread_refs
from meetings.chasing import chase
from meetings.commands.actions import change_action, chase_action
from meetings.commands.bodies import change_body
from meetings.commands.minutes import remove_entry, write_entry
from meetings.commands.reviewing import move_minutes
from meetings.commands.running import call_roll
from meetings.commands.votes import cast_ballot, cast_for_deputy, end_vote, open_vote
from meetings.drafts import ActionDraft, EntryDraft, RollDraft, VoteDraft
from meetings.forms import BodyDraft
from meetings.minutes_cards import action_cards
from meetings.models.results import OPEN, Action
from meetings.queries.minutes import open_desk_for
from meetings.queries.results import carried_to, own_actions, poll_for, tally_of, task_for, tasks_for
from meetings.queries.sheet import sheet_for
from tests.conftest import InProcess
from tests.directory.town import actor, person
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, rows, sitting, table, titles


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(TUESDAY):
        yield hall()


def meeting(people: dict[str, Actor], level: str = "staff", members: int = 3) -> tuple[int, int, list[Actor]]:
    """Several members, all of them there."""
    more = [actor(person(f"委員{number} 一人", at="0310", post="係長")) for number in range(members)]
    body_id = body(people)
    seats = [(people["secretary"].user_id, "secretary"), (people["chair"].user_id, "chair"), (people["observer"].user_id, "observer"),
             *((each.user_id, "member") for each in more)]
    change_body(people["secretary"], body_id, BodyDraft("DX連絡会議", "staff", tuple(seats)))
    sitting_id = sitting(people, body_id)
    item_id = item(people["secretary"], sitting_id, level=level)
    called(people, sitting_id)
    call_roll(people["secretary"], sitting_id, RollDraft(tuple((each.user_id, "present", "") for each in (people["chair"], *more))))
    db.end_reading()
    return sitting_id, item_id, more


def written(who: Actor, sitting_id: int) -> list[str]:
    db.end_reading()
    return [row.entry.body for block in sheet_for(who, open_desk_for(who, sitting_id)).blocks for row in block.paragraphs]


def test_only_members_who_are_there_vote_once_and_may_change_until_it_ends(people: dict[str, Actor]) -> None:
    sitting_id, item_id, [first, second, third] = meeting(people)
    vote_id = open_vote(people["secretary"], item_id, VoteDraft("named", "全課で始めること"))
    with pytest.raises(Conflict):
        open_vote(people["chair"], item_id, VoteDraft("named", "もう一つ"))
    cast_ballot(first, vote_id, "against")
    cast_ballot(first, vote_id, "for")
    cast_ballot(second, vote_id, "for")
    cast_ballot(third, vote_id, "abstain")
    for name in ("chair", "secretary", "observer", "bystander", "outsider"):
        with pytest.raises((Forbidden, NotFound)):
            cast_ballot(people[name], vote_id, "for")
    call_roll(people["secretary"], sitting_id, RollDraft(((third.user_id, "absent", ""),)))
    with pytest.raises(Forbidden):
        cast_ballot(third, vote_id, "for")
    with pytest.raises(Forbidden):
        end_vote(first, vote_id)
    end_vote(people["chair"], vote_id)
    with pytest.raises(Conflict):
        cast_ballot(first, vote_id, "against")
    db.end_reading()
    assert tally_of(poll_for(first, vote_id).vote).by == {first.user_id: "for", second.user_id: "for", third.user_id: "abstain"}
    assert written(first, sitting_id) == ["全課で始めること：可決\n賛成 2人（委員0 一人、委員1 一人）、反対 0人、棄権 1人（委員2 一人）"]


def test_the_chair_decides_when_both_sides_are_equal(people: dict[str, Actor]) -> None:
    sitting_id, item_id, [first, second] = meeting(people, members=2)
    vote_id = open_vote(people["secretary"], item_id, VoteDraft("named", "案"))
    cast_ballot(first, vote_id, "for")
    cast_ballot(second, vote_id, "against")
    with pytest.raises(Invalid):
        end_vote(people["secretary"], vote_id)
    end_vote(people["secretary"], vote_id, "against")
    assert "否決（可否同数のため議長が決定）" in written(first, sitting_id)[0]


def test_who_comes_instead_has_a_voice_that_the_secretary_puts_down(people: dict[str, Actor]) -> None:
    sitting_id, item_id, [first, second, _] = meeting(people)
    call_roll(people["secretary"], sitting_id, RollDraft(((first.user_id, "deputy", "課長補佐"),)))
    vote_id = open_vote(people["secretary"], item_id, VoteDraft("named", "案"))
    with pytest.raises(Forbidden):
        cast_ballot(first, vote_id, "for")
    with pytest.raises(Forbidden):
        cast_for_deputy(people["secretary"], vote_id, second.user_id, "for")
    cast_for_deputy(people["secretary"], vote_id, first.user_id, "for")
    db.end_reading()
    assert tally_of(poll_for(first, vote_id).vote).by == {first.user_id: "for"}


def test_no_objection_stands_in_the_minutes_unless_somebody_objects(people: dict[str, Actor]) -> None:
    sitting_id, item_id, [first, *_] = meeting(people)
    quiet = open_vote(people["chair"], item_id, VoteDraft("assent", "前回の議事録"))
    cast_ballot(first, quiet, "object")
    cast_ballot(first, quiet, "")
    end_vote(people["chair"], quiet)
    loud = open_vote(people["chair"], item_id, VoteDraft("assent", "次回の日程"))
    cast_ballot(first, loud, "object")
    end_vote(people["chair"], loud)
    assert written(first, sitting_id) == ["前回の議事録：異議なし", "次回の日程：異議あり（委員0 一人）"]


def test_what_is_to_be_done_is_given_to_whoever_may_read_the_item_and_to_nobody_else(people: dict[str, Actor], house: InProcess) -> None:
    _, item_id, [first, *_] = meeting(people, "secret")
    for stranger in ("bystander", "observer", "outsider"):
        with pytest.raises(Invalid):
            write_entry(people["secretary"], item_id, EntryDraft("action", "調べる", owner_id=people[stranger].user_id))
    with pytest.raises(Invalid):
        write_entry(people["secretary"], item_id, EntryDraft("action", "調べる"))
    write_entry(people["secretary"], item_id, EntryDraft("action", "調べる", owner_id=first.user_id, due_on=date(2026, 10, 20)))
    db.end_reading()
    [(action, entry, _)] = own_actions(first)
    assert (entry.body, action.due_on, action.state) == ("調べる", date(2026, 10, 20), OPEN)
    with house.app.test_request_context():
        shown = {name for name, who in {**people, "first": first}.items() if action_cards(who, [action.id])}
    assert shown == {"secretary", "chair", "first"}


def test_its_owner_and_the_secretary_say_how_far_it_is_and_nobody_overwrites_the_other(people: dict[str, Actor]) -> None:
    _, item_id, [first, second, _] = meeting(people)
    write_entry(people["secretary"], item_id, EntryDraft("action", "試す", owner_id=first.user_id))
    action_id = _only(first).id
    with pytest.raises(Forbidden):
        change_action(second, action_id, ActionDraft("done", version=1))
    with pytest.raises(Invalid):
        change_action(first, action_id, ActionDraft("dropped", version=1))
    change_action(first, action_id, ActionDraft("done", "試しました", version=1))
    with pytest.raises(Conflict):
        change_action(people["secretary"], action_id, ActionDraft("open", version=1))
    db.end_reading()
    assert task_for(second, action_id).action.note == "試しました"
    assert own_actions(first) == []


def test_whoever_forgets_is_told_once_a_day_and_in_working_time_only(people: dict[str, Actor]) -> None:
    _, item_id, [first, second, _] = meeting(people)
    for owner, days in ((first, 0), (second, 9)):
        due = clock.today() + timedelta(days=days)
        write_entry(people["secretary"], item_id, EntryDraft("action", "試す", owner_id=owner.user_id, due_on=due))
    with clock.at(TUESDAY + timedelta(hours=12)):       # half past ten in the evening
        chase()
    db.end_reading()
    assert _only(first).chased_on is None
    for _ in range(2):
        chase()
    db.end_reading()
    assert _only(first).chased_on == clock.today() and _only(second).chased_on is None
    with pytest.raises(Forbidden):
        chase_action(people["administrator"], _only(first).id)
    while drain():
        pass
    db.end_reading()
    assert len(unread_refs({first.user_id}, "meetings.action")) == 2        # given, then chased


def test_what_is_taken_out_of_the_minutes_is_no_longer_to_be_done(people: dict[str, Actor]) -> None:
    _, item_id, [first, *_] = meeting(people)
    entry_id = write_entry(people["secretary"], item_id, EntryDraft("action", "試す", owner_id=first.user_id))
    remove_entry(people["secretary"], entry_id, 1)
    db.end_reading()
    assert own_actions(first) == []
    assert tasks_for(people["secretary"], Action.owner_id == first.user_id) == []


def test_what_is_still_to_be_done_comes_first_at_the_next_sitting_to_each_as_far_as_they_may_read(people: dict[str, Actor]) -> None:
    sitting_id, closed, [first, *_] = meeting(people, "secret")
    secretary = people["secretary"]
    opened = item(secretary, sitting_id, "開いた議題")
    for item_id, words in ((opened, "開いた対応"), (closed, "閉じた対応")):
        write_entry(secretary, item_id, EntryDraft("action", words, owner_id=first.user_id))
    move_minutes(secretary, sitting_id, "ask")
    move_minutes(people["chair"], sitting_id, "lock")
    body_id = table(secretary, sitting_id).seat.body.id
    following = [sitting(people, body_id, begins=BEGINS + timedelta(days=days), like_last=True) for days in (30, 60)]
    for each in following:
        called(people, each)
        assert titles(rows(secretary, each)) == ["前回までの対応事項", "議題", "開いた議題"]
        board = table(first, each).sitting
        assert {task.line.entry.body for task in carried_to(first, board)} == {"開いた対応", "閉じた対応"}
        assert [task.line.entry.body for task in carried_to(people["bystander"], board)] == ["開いた対応"]
    for action, _, _ in own_actions(first):
        change_action(first, action.id, ActionDraft("done", version=1))
    last = sitting(people, body_id, begins=BEGINS + timedelta(days=90), like_last=True)
    assert titles(rows(secretary, last)) == ["議題", "開いた議題"]


def _only(owner: Actor) -> Action:
    db.end_reading()
    [(action, _, _)] = own_actions(owner)
    return action

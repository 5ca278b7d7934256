"""Minutes grow, are mended and stand: nobody's text is lost, and nobody sees a word that is not for them."""
from collections.abc import Iterator
from datetime import timedelta

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from meetings.commands.bodies import change_body
from meetings.commands.minutes import change_entry, remove_entry, write_entry
from meetings.commands.reviewing import accept_correction, decline_correction, move_minutes, propose_correction, review_minutes
from meetings.commands.running import call_roll, close_sitting, finish_item, publish_summary, start_item
from meetings.drafts import CorrectionDraft, EntryDraft, RollDraft
from meetings.forms import BodyDraft
from meetings.minutes_documents import documents
from meetings.models.minutes import DRAFT, LOCKED, REVIEW
from meetings.pace import deadlines
from meetings.queries.minutes import line_for, open_desk_for, presences_of, quorum_of, versions_of_entry
from meetings.queries.sheet import Sheet, sheet_for
from tests.conftest import InProcess
from tests.files.office import browser
from tests.meetings.test_following import told
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, sitting, table

SAID = EntryDraft("remark", "写真の扱いに迷う。", "委員 一人")


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(TUESDAY):
        yield hall()


def held(people: dict[str, Actor], *levels: str, minutes: int = 10) -> tuple[int, list[int]]:
    """A called sitting with an item of each level."""
    sitting_id = sitting(people, body(people))
    items = [item(people["secretary"], sitting_id, f"議題 {level}", level=level, minutes=minutes) for level in levels or ("staff",)]
    called(people, sitting_id)
    return sitting_id, items


def sheet(who: Actor, sitting_id: int) -> Sheet:
    db.end_reading()
    return sheet_for(who, open_desk_for(who, sitting_id))


def words(who: Actor, sitting_id: int) -> list[str]:
    return [row.entry.body for block in sheet(who, sitting_id).blocks for row in block.paragraphs]


def move(who: Actor, sitting_id: int, *acts: str) -> None:
    for act in acts:
        move_minutes(who, sitting_id, act, "わけ")
    db.end_reading()


def test_two_secretaries_write_at_once_and_who_was_slower_keeps_the_text(people: dict[str, Actor]) -> None:
    sitting_id, [item_id] = held(people)
    entry_id = write_entry(people["secretary"], item_id, SAID)
    change_entry(people["secretary"], entry_id, EntryDraft("remark", "一人目の直し", version=1))
    with pytest.raises(Conflict):
        change_entry(people["secretary"], entry_id, EntryDraft("remark", "二人目の直し", version=1))
    with pytest.raises(Conflict):
        remove_entry(people["secretary"], entry_id, 1)
    assert words(people["chair"], sitting_id) == ["一人目の直し"]
    assert [old.body for old in versions_of_entry(line_for(people["secretary"], entry_id).entry)] == [SAID.body]


def test_both_texts_stand_side_by_side_and_what_the_slower_one_wrote_is_still_in_the_form(people: dict[str, Actor], house: InProcess) -> None:
    sitting_id, [item_id] = held(people)
    entry_id = write_entry(people["secretary"], item_id, SAID)
    both = ((people["secretary"].user_id, "secretary"), (people["speaker"].user_id, "secretary"), (people["member"].user_id, "member"))
    change_body(people["secretary"], table(people["secretary"], sitting_id).seat.body.id, BodyDraft("DX連絡会議", "staff", both))
    first, second = browser(house, people["secretary"]), browser(house, people["speaker"])
    mine = {"kind": "remark", "speaker": "委員", "body": "二人目の <b>直し</b>", "version": "1"}
    assert first.post(f"/meetings/entries/{entry_id}/text", data=mine | {"body": "一人目の直し"}).status_code == 303
    refused = second.post(f"/meetings/entries/{entry_id}/text", data=mine)
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    theirs, own, form = (page.index(mark) for mark in ('id="v-theirs"', 'id="v-mine"', "<textarea"))
    assert "事務 一人 さんがこの段落を直しました" in page
    assert "一人目の直し" in page[theirs:own] and "二人目の &lt;b&gt;直し" in page[own:form] and "二人目の &lt;b&gt;直し" in page[form:]
    assert 'name="version" value="2"' in page
    db.end_reading()
    assert words(people["secretary"], sitting_id) == ["一人目の直し"]
    assert second.post(f"/meetings/entries/{entry_id}/text", data=mine | {"body": "二人の直し", "version": "2"}).status_code == 303
    db.end_reading()
    assert words(people["secretary"], sitting_id) == ["二人の直し"]
    assert [old.body for old in versions_of_entry(line_for(people["secretary"], entry_id).entry)] == ["一人目の直し", SAID.body]


@pytest.mark.parametrize(("level", "hear"), [("staff", {"chair", "member", "secretary", "speaker", "guest"}),
                                             ("secret", {"chair", "member", "secretary", "guest"})])
def test_what_is_written_is_told_at_once_to_who_watches_that_item_without_a_word_of_it(
        level: str, hear: set[str], people: dict[str, Actor], house: InProcess) -> None:
    sitting_id = sitting(people, body(people))
    item_id = item(people["secretary"], sitting_id, level=level, presenter_id=people["guest"].user_id)
    called(people, sitting_id)
    before = max((row.id for row in told()), default=0)
    entry_id = write_entry(people["secretary"], item_id, SAID)
    change_entry(people["secretary"], entry_id, EntryDraft("remark", "直した", version=1))
    said = [row.body for row in told(before) if row.body["event"] == "meetings.minutes"]
    names = {f"user:{who.user_id}": name for name, who in people.items()}
    assert sorted(names[each["topic"]] for each in said) == sorted([*hear, *hear])
    assert [each["payload"] for each in said] == [{"sitting": sitting_id, "item": item_id}] * len(said)
    for name in hear:
        assert "直した" in browser(house, people[name]).get(f"/meetings/items/{item_id}/minutes").get_data(as_text=True), name
    for name in people.keys() - hear:
        assert browser(house, people[name]).get(f"/meetings/items/{item_id}/minutes").status_code == 404, name


def test_what_is_sent_twice_stands_once(people: dict[str, Actor]) -> None:
    sitting_id, [item_id] = held(people)
    draft = EntryDraft("summary", "説明", key="k" * 16)
    assert write_entry(people["secretary"], item_id, draft) == write_entry(people["secretary"], item_id, draft)
    assert words(people["secretary"], sitting_id) == ["説明"]


def test_the_draft_goes_round_is_mended_in_place_and_stands_once_the_chair_says_so(people: dict[str, Actor]) -> None:
    sitting_id, [item_id] = held(people)
    secretary, member, chair = people["secretary"], people["member"], people["chair"]
    with pytest.raises(Invalid):
        move(secretary, sitting_id, "ask")      # nothing is written yet
    entry_id = write_entry(secretary, item_id, SAID)
    with pytest.raises(Conflict):
        propose_correction(member, entry_id, CorrectionDraft("まだ"))
    move(secretary, sitting_id, "ask")
    first = propose_correction(member, entry_id, CorrectionDraft("写真の扱いの例がほしい。", "言い方"))
    second = propose_correction(people["speaker"], entry_id, CorrectionDraft("別の案"))
    with pytest.raises(Invalid):
        move(chair, sitting_id, "lock")         # corrections wait for an answer
    with pytest.raises(Conflict):
        accept_correction(secretary, first, 7)
    accept_correction(secretary, first, 1)
    with pytest.raises(Invalid):
        decline_correction(secretary, second, "")
    decline_correction(secretary, second, "録音のとおりのため")
    review_minutes(member, sitting_id)
    with pytest.raises(Forbidden):
        move(secretary, sitting_id, "lock")
    move(chair, sitting_id, "lock")
    assert words(people["bystander"], sitting_id) == ["写真の扱いの例がほしい。"]
    for act in (lambda: write_entry(secretary, item_id, SAID), lambda: remove_entry(secretary, entry_id, 2),
                lambda: move(secretary, sitting_id, "ask"), lambda: start_item(chair, item_id)):
        with pytest.raises(Conflict):
            act()
    assert open_desk_for(chair, sitting_id).record.state == LOCKED


def test_the_chair_sends_it_back_with_a_reason(people: dict[str, Actor]) -> None:
    sitting_id, [item_id] = held(people)
    write_entry(people["secretary"], item_id, SAID)
    move(people["secretary"], sitting_id, "ask")
    with pytest.raises(Invalid):
        move_minutes(people["chair"], sitting_id, "return")
    move(people["chair"], sitting_id, "return")
    found = open_desk_for(people["secretary"], sitting_id).record
    assert (found.state, found.returned_because) == (DRAFT, "わけ")


def test_where_nobody_chairs_the_secretaries_confirm(people: dict[str, Actor]) -> None:
    del people["chair"]
    sitting_id, [item_id] = held(people)
    write_entry(people["secretary"], item_id, SAID)
    move(people["secretary"], sitting_id, "ask", "lock")
    assert open_desk_for(people["secretary"], sitting_id).record.state == LOCKED


WATCH = {"staff": {"chair", "member", "secretary", "speaker"}, "members": {"chair", "member", "secretary", "speaker"},
         "secret": {"chair", "member", "secretary"}, "public": {"chair", "member", "secretary", "speaker"}}
STAND = WATCH | {"staff": WATCH["staff"] | {"observer", "bystander", "guest", "administrator"},
                 "public": WATCH["public"] | {"observer", "bystander", "guest", "administrator"}}
STATES = {DRAFT: (), REVIEW: ("ask",), LOCKED: ("ask", "lock")}


@pytest.mark.parametrize("state", STATES)
def test_each_person_reads_and_writes_in_each_state_exactly_what_the_table_says(state: str, people: dict[str, Actor], house: InProcess) -> None:
    levels = ("public", "staff", "members", "secret")
    sitting_id, items = held(people, *levels)
    entries = {level: write_entry(people["secretary"], each, EntryDraft("remark", level)) for level, each in zip(levels, items, strict=True)}
    for act in STATES[state]:
        move(people["chair" if act == "lock" else "secretary"], sitting_id, act)
    reads = STAND if state == LOCKED else WATCH
    differences = []
    for name, who in people.items():
        for level, entry_id in entries.items():
            db.end_reading()
            expected = {"read": name in reads[level], "correct": state == REVIEW and name in WATCH[level] - {"secretary"},
                        "write": state != LOCKED and name == "secretary"}
            found = {"read": can(line_for, who, entry_id), "correct": can(correct, who, entry_id), "write": can(rewrite, who, entry_id)}
            differences += [(name, level, act) for act in expected if expected[act] != found[act]]
    assert differences == []
    assert {found.title for found in documents(list(entries.values()))} == ({f"議題 {level}" for level in levels} if state == LOCKED else set())


def correct(who: Actor, entry_id: int) -> None:
    propose_correction(who, entry_id, CorrectionDraft("案"))


def rewrite(who: Actor, entry_id: int) -> None:
    entry = line_for(who, entry_id).entry
    change_entry(who, entry_id, EntryDraft(entry.kind, entry.body, version=entry.version))


def can(act, who: Actor, on: int) -> bool:
    db.end_reading()
    try:
        act(who, on)
    except (Forbidden, NotFound, Conflict):
        return False
    return True


def test_the_summary_tells_what_was_decided_and_nothing_else_to_each_as_far_as_they_may_read(people: dict[str, Actor]) -> None:
    sitting_id, [open_item, closed] = held(people, "staff", "secret")
    for item_id, name in ((open_item, "公開"), (closed, "機密")):
        write_entry(people["secretary"], item_id, EntryDraft("remark", f"{name}の質疑"))
        write_entry(people["secretary"], item_id, EntryDraft("decision", f"{name}の決定"))
    with pytest.raises(NotFound):
        open_desk_for(people["bystander"], sitting_id)
    publish_summary(people["secretary"], sitting_id)
    assert words(people["bystander"], sitting_id) == ["公開の決定"]
    assert words(people["observer"], sitting_id) == ["公開の決定"]
    assert len(words(people["member"], sitting_id)) == 4


def test_the_clock_follows_what_really_happens(people: dict[str, Actor]) -> None:
    sitting_id, items = held(people, "staff", "staff", "staff", minutes=20)
    with clock.at(BEGINS):
        start_item(people["secretary"], items[0])
    with clock.at(BEGINS + timedelta(minutes=25)):
        now = sheet(people["chair"], sitting_id)
        assert (now.blocks[0].pace.left, now.overrun, now.blocks[1].pace.late) == (-5, 5, 5)
        start_item(people["chair"], items[1])       # ends what ran before
    with clock.at(BEGINS + timedelta(minutes=27)):
        finish_item(people["secretary"], items[1])
        now = sheet(people["chair"], sitting_id)
    assert [block.pace.state for block in now.blocks] == ["done", "done", "ahead"]
    assert [block.pace.ends for block in now.blocks[:2]] == [BEGINS + timedelta(minutes=25), BEGINS + timedelta(minutes=27)]
    assert (now.overrun, now.blocks[2].pace.begins, now.ends) == (-13, BEGINS + timedelta(minutes=27), BEGINS + timedelta(minutes=47))
    with clock.at(BEGINS + timedelta(minutes=50)):
        start_item(people["secretary"], items[2])
        close_sitting(people["secretary"], sitting_id)
        assert [block.pace.state for block in sheet(people["chair"], sitting_id).blocks] == ["done"] * 3


def test_before_anything_began_the_clock_is_the_plan(people: dict[str, Actor]) -> None:
    sitting_id, _ = held(people, "staff", "staff")
    with clock.at(BEGINS + timedelta(minutes=30)):
        now = sheet(people["chair"], sitting_id)
    assert [block.pace.begins for block in now.blocks] == [block.line.begins for block in now.blocks]
    assert now.overrun == 0


def test_the_roll_is_called_and_the_quorum_counts_deputies(people: dict[str, Actor]) -> None:
    sitting_id, _ = held(people)
    chair, member = people["chair"].user_id, people["member"].user_id
    board = table(people["chair"], sitting_id).seat.body
    assert not quorum_of(board, presences_of(sitting_id)).reached
    call_roll(people["secretary"], sitting_id, RollDraft(((chair, "present", ""), (member, "absent", "")), 3))
    db.end_reading()
    found = quorum_of(board, presences_of(sitting_id))
    assert (found.needed, found.there, found.reached) == (2, 1, False)
    call_roll(people["chair"], sitting_id, RollDraft(((member, "deputy", "課長補佐"),), 3))
    db.end_reading()
    assert quorum_of(board, presences_of(sitting_id)).reached
    assert open_desk_for(people["chair"], sitting_id).record.visitors == 3
    for name in ("member", "speaker", "observer", "bystander", "outsider", "administrator"):
        assert not can(lambda who, on: call_roll(who, on, RollDraft(())), people[name], sitting_id)


def test_two_days_for_the_summary_and_forty_five_for_the_minutes(people: dict[str, Actor]) -> None:
    sitting_id, [item_id] = held(people)
    write_entry(people["secretary"], item_id, SAID)
    with clock.at(BEGINS + timedelta(days=3)):
        found = deadlines(BEGINS, open_desk_for(people["chair"], sitting_id).record)
        assert [(each.words, each.days, each.met) for each in found] == [("概要", -1, False), ("会議録", 42, False)]
        move(people["secretary"], sitting_id, "ask")
        move(people["chair"], sitting_id, "lock")
        assert all(each.met for each in deadlines(BEGINS, open_desk_for(people["chair"], sitting_id).record))

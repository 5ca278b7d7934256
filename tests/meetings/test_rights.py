"""Role by level by act, against a table written apart from the code; and what can be seen is what is listed, found and shown."""
from collections.abc import Callable
from datetime import timedelta

import pytest

from groupware.files.queries import file_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, NotFound
from meetings.cards import item_cards, paper_cards, sitting_cards
from meetings.commands.bodies import change_body
from meetings.commands.items import change_item
from meetings.commands.papers import replace_paper
from meetings.commands.sittings import cancel_sitting, plan_sitting
from meetings.documents import audiences, documents
from meetings.forms import BodyDraft, SittingDraft
from meetings.models.bodies import LEVELS
from meetings.permissions import visible_sittings
from meetings.queries.bodies import seat_for
from meetings.queries.items import leaf_for, topic_for, versions_of
from meetings.queries.sittings import table_for
from tests.conftest import InProcess
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, item_draft, papers, rows, sitting, table, titles

INSIDE = {"chair", "member", "secretary", "speaker", "observer"}
EVERYBODY = {*INSIDE, "guest", "bystander", "administrator", "outsider"}
READS = {       # who reads an item of each level which nobody of them presents, in a body known to the staff
    "public": EVERYBODY - {"outsider"}, "staff": EVERYBODY - {"outsider"}, "members": {"chair", "member", "secretary", "speaker"},
    "secret": {"chair", "member", "secretary"}}
Act = Callable[[Actor, int, int], object]
NEVER = 999
WRITES: dict[str, Act] = {      # with a version nobody holds: whoever gets as far as the conflict is allowed
    "edit": lambda who, item_id, _: change_item(who, item_id, item_draft(version=NEVER)),
    "replace": lambda who, _, paper_id: replace_paper(who, paper_id, "x" * 22, NEVER)}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.usefixtures("house")
def test_each_person_reads_and_writes_at_each_level_exactly_what_the_table_says(level: str) -> None:
    with clock.at(TUESDAY):
        people, differences = hall(), []
        sitting_id = sitting(people, body(people))
        item_id = item(people["secretary"], sitting_id, level=level)
        shown = item(people["secretary"], sitting_id, "発表する議題", level=level, presenter_id=people["guest"].user_id)
        paper_id, of_guest = papers(people["secretary"], item_id)[0], papers(people["secretary"], shown)[0]
        called(people, sitting_id)
        for name, who in people.items():
            reads, guest = name in READS[level] and name != "outsider", name == "guest"
            expected = {"item": reads, "paper": reads, "edit": name == "secretary", "replace": name == "secretary",
                        "shown": reads or guest, "paper shown": reads or guest, "edit shown": name == "secretary",
                        "replace shown": name == "secretary" or guest}
            found = {"item": can(topic_for, who, item_id), "paper": can(leaf_for, who, paper_id), "edit": may("edit", who, item_id, paper_id),
                     "replace": may("replace", who, item_id, paper_id), "shown": can(topic_for, who, shown),
                     "paper shown": can(leaf_for, who, of_guest), "edit shown": may("edit", who, shown, of_guest),
                     "replace shown": may("replace", who, shown, of_guest)}
            differences += [(name, act) for act in expected if expected[act] != found[act]]
        assert differences == []


@pytest.mark.usefixtures("house")
def test_what_is_not_for_somebody_leaves_no_trace_in_agenda_cards_files_and_search(house: InProcess) -> None:
    with clock.at(TUESDAY):
        people = hall()
        sitting_id = sitting(people, body(people))
        items = {level: item(people["secretary"], sitting_id, level, level=level) for level in LEVELS}
        hung = {level: papers(people["secretary"], each)[0] for level, each in items.items()}
        called(people, sitting_id)
        files = {level: versions_of(leaf_for(people["secretary"], paper_id).paper)[0][1].id for level, paper_id in hung.items()}
        for name, who in people.items():
            db.end_reading()
            expected = [level for level in LEVELS if name in READS[level]]
            with house.app.test_request_context():
                assert {card.ref.id for card in item_cards(who, list(items.values()))} == {items[level] for level in expected}, name
                assert {card.ref.id for card in paper_cards(who, list(hung.values()))} == {hung[level] for level in expected}, name
                assert [level for level in LEVELS if can(file_for, who, files[level])] == expected, name
                assert bool(sitting_cards(who, [sitting_id])) == bool(expected), name
            circles = set(audiences(who))
            assert [found.title for found in documents(list(items.values())) if found.audience in circles] == expected, name
            if expected:
                assert titles(rows(who, sitting_id)) == expected, name


@pytest.mark.usefixtures("house")
def test_before_it_is_called_only_those_who_prepare_it_know_of_it() -> None:
    people = hall()
    sitting_id = sitting(people, body(people))
    item_id = item(people["secretary"], sitting_id, presenter_id=people["guest"].user_id)
    assert {name for name, who in people.items() if can(table_for, who, sitting_id)} == {"secretary", "chair"} == in_sight(people, sitting_id)
    assert list(documents([item_id])) == []


@pytest.mark.usefixtures("house")
def test_papers_open_at_their_second_and_handouts_as_the_sitting_begins() -> None:
    people = hall()
    opens, second = BEGINS - timedelta(hours=20), timedelta(seconds=1)
    with clock.at(TUESDAY):
        sitting_id = sitting(people, body(people), papers_at=opens)
        item_id = item(people["secretary"], sitting_id, presenter_id=people["guest"].user_id)
        usual, handout = papers(people["secretary"], item_id)[0], papers(people["secretary"], item_id, handout=True)[0]
        called(people, sitting_id)
    early = {"secretary", "chair", "guest"}
    for moment, open_now in ((opens - second, set()), (opens, {usual}), (BEGINS - second, {usual}), (BEGINS, {usual, handout})):
        with clock.at(moment):
            for name, who in people.items():
                db.end_reading()
                expected = {usual, handout} if name in early else open_now if name != "outsider" else set()
                assert {each for each in (usual, handout) if can(leaf_for, who, each)} == expected, (name, moment)


@pytest.mark.parametrize(("level", "known"), [("public", EVERYBODY), ("staff", EVERYBODY - {"outsider"}),
                                              ("members", {"chair", "member", "secretary", "speaker", "administrator"}),
                                              ("secret", {"chair", "member", "secretary", "administrator"})])
@pytest.mark.usefixtures("house")
def test_a_closed_body_is_not_known_of_and_closes_what_hangs_below(level: str, known: set[str]) -> None:
    people = hall()
    body_id = body(people, level)
    sitting_id = sitting(people, body_id)
    item(people["secretary"], sitting_id, level="public")
    called(people, sitting_id)
    assert {name for name, who in people.items() if can(seat_for, who, body_id)} == known
    seen = {name for name, who in people.items() if can(table_for, who, sitting_id) and rows(who, sitting_id)}
    assert seen == (known - {"administrator"} if level in {"members", "secret"} else known) == in_sight(people, sitting_id)


@pytest.mark.usefixtures("house")
def test_whoever_presents_at_a_closed_sitting_has_it_in_sight_and_nobody_else_has() -> None:
    people = hall()
    sitting_id = sitting(people, body(people, "secret"))
    item(people["secretary"], sitting_id, level="secret", presenter_id=people["guest"].user_id)
    called(people, sitting_id)
    assert {name for name, who in people.items() if can(table_for, who, sitting_id)} == in_sight(people, sitting_id) >= {"guest", "member"}
    assert in_sight(people, sitting_id).isdisjoint({"bystander", "outsider", "administrator"})


@pytest.mark.usefixtures("house")
def test_whoever_leaves_the_body_has_left_what_is_closed() -> None:
    people = hall()
    body_id = body(people)
    sitting_id = sitting(people, body_id)
    item(people["secretary"], sitting_id, "閉じた議題", level="members")
    called(people, sitting_id)
    assert titles(rows(people["member"], sitting_id)) == ["閉じた議題"]
    change_body(people["secretary"], body_id, BodyDraft("DX連絡会議", "staff", ((people["secretary"].user_id, "secretary"),)))
    assert rows(people["member"], sitting_id) == []


@pytest.mark.usefixtures("house")
def test_only_the_secretariat_plans_cancels_and_changes() -> None:
    people = hall()
    body_id = body(people)
    sitting_id = called(people, _with_an_item(people, body_id))
    for name in EVERYBODY - {"secretary"}:
        assert not can(lambda who, on: plan_sitting(who, on, SittingDraft(BEGINS)), people[name], body_id), name
        assert not can(lambda who, on: cancel_sitting(who, on, "急な用"), people[name], sitting_id), name
    draft = BodyDraft("新しい名", "staff", ((people["secretary"].user_id, "secretary"),))
    assert {name for name in EVERYBODY if name != "secretary" and can(lambda who, on: change_body(who, on, draft), people[name], body_id)} == {
        "administrator"}
    assert table(people["secretary"], sitting_id).sitting.state == "called"


def _with_an_item(people: dict[str, Actor], body_id: int) -> int:
    sitting_id = sitting(people, body_id)
    item(people["secretary"], sitting_id)
    return sitting_id


def in_sight(people: dict[str, Actor], sitting_id: int) -> set[str]:
    """As a statement of the database tells it."""
    db.end_reading()
    return {name for name, who in people.items() if sitting_id in set(db.session.scalars(visible_sittings(who)))}


def can(act: Callable[..., object], who: Actor, on: object) -> bool:
    db.end_reading()
    try:
        act(who, on)
    except (Forbidden, NotFound):
        return False
    return True


def may(act: str, who: Actor, item_id: int, paper_id: int) -> bool:
    db.end_reading()
    try:
        WRITES[act](who, item_id, paper_id)
    except Conflict:
        return True
    except (Forbidden, NotFound):
        return False
    return True

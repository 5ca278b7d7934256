"""What is tied to a measure stands in its story, and only before those who see it anyway."""
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import product

import pytest
from flask.testing import FlaskClient

from chat.commands.rooms import remove_member
from governance.commands.ties import keep_resolved, keep_tied, tie_thing, untie_thing
from governance.models.ties import Tie
from governance.queries.plan import measure_coded
from governance.queries.story import PAGE, story_of
from governance.queries.telling import NEAR
from governance.queries.ties import chips
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Resolved, Tied
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.minutes import write_entry
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.drafts import EntryDraft
from meetings.forms import BodyDraft, SittingDraft
from tests.admin.test_admin import signed_in
from tests.chat.town import room, say
from tests.conftest import InProcess, build_house
from tests.governance.hall import ids, report, town
from tests.governance.test_papers import frozen
from tests.meetings.town import item_draft
from tests.search.hall import Hall as Search
from tests.support.counting import statements

KINDS = ("boards.notice", "meetings.sitting", "teams.team", "teams.task", "teams.decision")
Hall = tuple[InProcess, dict[str, Actor], Ref]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A message in a room of two, tied to M03."""
    for made in build_house(tmp_path_factory.mktemp("story")):
        people = town()
        with made.app.test_request_context():
            message = say(people["clerk"], room(people["clerk"], people["head"]), "様式は、最初に書く1枚から見直す")
            about = Ref("chat.message", message.id)
            tie_thing(people["clerk"], about, "M03")
        yield made, people, about


def test_the_story_shows_a_thing_to_those_who_see_it_and_to_nobody_else(hall: Hall) -> None:
    house, people, about = hall
    with house.app.test_request_context():
        seen = {who for who in people if about in [each.card.ref for each in story_of(people[who], measure_coded("M03"), Ruling()).happenings]}
    assert seen == {"clerk", "head"}
    for who in ("stranger", "adviser", "guest", "cio"):
        assert "最初に書く1枚" not in signed_in(house, people[who]).get("/governance/measures/M03").text, who
    assert "最初に書く1枚" in signed_in(house, people["head"]).get("/governance/measures/M03").text


def test_nobody_ties_what_they_do_not_see(hall: Hall) -> None:
    house, people, about = hall
    with house.app.test_request_context():
        for who in ("stranger", "steering"):
            with pytest.raises(NotFound):
                tie_thing(people[who], about, "M07")
        with pytest.raises(Forbidden):
            tie_thing(people["adviser"], about, "M07")
        with pytest.raises(NotFound):
            tie_thing(people["clerk"], about, "M99")
    assert signed_in(house, people["stranger"]).get("/governance/ties/new", query_string={"about": str(about)}).status_code == 404
    assert signed_in(house, people["clerk"]).get("/governance/ties/new?about=nonsense").status_code == 422


def test_a_tie_is_one_however_often_it_is_made_and_shows_as_a_chip(hall: Hall) -> None:
    house, people, about = hall
    client = signed_in(house, people["head"])
    for _ in range(2):
        client.post("/governance/ties", data={"about": str(about), "measure": "M07"})
    with house.app.test_request_context():
        assert [chip.label for chip in chips([about])[about]] == ["M03", "M07"]
    assert "M07" in client.get(client.post("/governance/ties", data={"about": str(about), "measure": "M07"}).location, follow_redirects=True).text


def test_only_who_tied_it_and_the_steering_section_untie(hall: Hall) -> None:
    house, people, about = hall
    with house.app.test_request_context():
        number = tie_thing(people["clerk"], about, "M05")
        with pytest.raises(Forbidden):
            untie_thing(people["head"], number)
        untie_thing(people["steering"], number)
        db.end_reading()
        assert db.session.get(Tie, number) is None


def test_what_a_feature_says_itself_is_kept_and_an_unknown_measure_is_no_harm(hall: Hall) -> None:
    house, _, _ = hall
    keep_tied(Tied(Ref("chat.room", 1), "M09"))
    keep_tied(Tied(Ref("chat.room", 1), "M99"))
    with house.app.test_request_context():
        assert [chip.label for chip in chips([Ref("chat.room", 1)])[Ref("chat.room", 1)]] == ["M09"]


def test_what_was_resolved_of_a_thing_stands_in_the_story_of_its_measures_once(hall: Hall) -> None:
    """Of what is tied, of a report and of the item itself; a team keeps its own decisions."""
    house, people, _ = hall
    report_id, source = report(people, 2034), Ref("meetings.entry", 77)
    tied = {Ref("coordination.matter", 5): "M04", Ref("meetings.item", 6): "M05", Ref("teams.team", 7): "M06"}
    for about, code in tied.items():
        keep_tied(Tied(about, code))
    for about in (*tied, Ref("governance.report", report_id), Ref("governance.measure", ids()["M10"]), Ref("directory.unit", 1)):
        for _ in range(2):
            keep_resolved(Resolved(about, source, "締切を前日にする", "第5回 DX連絡会議", clock.today()))
    with house.app.test_request_context():
        assert [chip.label for chip in chips([source])[source]] == ["M03", "M04", "M05", "M10"]


def test_whoever_is_taken_out_of_the_room_sees_no_more_of_it_in_the_story(hall: Hall) -> None:
    house, people, _ = hall
    here = room(people["clerk"], people["chief"], people["adviser"])
    about = Ref("chat.message", say(people["clerk"], here, "外部の方と話したこと").id)
    with house.app.test_request_context():
        tie_thing(people["clerk"], about, "M08")
    for who in ("chief", "adviser"):
        reader = signed_in(house, people[who])
        assert "外部の方と話したこと" in reader.get("/governance/measures/M08").text, who
        remove_member(people["clerk"], here, people[who].user_id)
        assert "外部の方と話したこと" not in reader.get("/governance/measures/M08").text, who
        with house.app.test_request_context(), pytest.raises((NotFound, Forbidden)):
            tie_thing(people[who], about, "M07")


def test_what_is_tied_is_found_by_its_measure_and_untied_no_more(hall: Hall) -> None:
    house, people, about = hall
    with ExitStack() as last, house.app.test_request_context():
        search = Search(house, last)
        assert "様式は、最初に書く1枚から見直す" in search.find(people["head"], "施策:M03")
        assert search.find(people["stranger"], "施策:M03 最初に書く") == []
        number = tie_thing(people["clerk"], about, "M02")
        assert "様式は、最初に書く1枚から見直す" in search.find(people["head"], "measure:M02")
        untie_thing(people["clerk"], number)
        assert search.find(people["head"], "measure:M02 最初に書く") == []


def test_the_frozen_report_is_part_of_the_story_and_the_page_asks_no_more_with_more_of_it(hall: Hall) -> None:
    house, people, _ = hall
    client, counted = signed_in(house, people["head"]), []
    for year in (2031, 2032):
        for period in (1, 2):
            frozen(people, year, period, f"{year}年の{period}期")
        client.get("/governance/measures/M03")
        with statements() as asked:
            page = client.get("/governance/measures/M03").text
        counted.append(len(asked))
    assert "2032年の2期" in page
    assert counted[1] <= counted[0], counted
    assert counted[0] <= 12, counted


def test_the_whole_story_is_paged_through_also_of_one_kind_and_who_sees_little_finds_the_old(hall: Hall) -> None:
    """More than are looked at in one go lie before what a colleague may see; and no page asks much for it, of whomever."""
    house, people, _ = hall
    closed, open_to_head = room(people["steering"], people["cio"]), room(people["steering"], people["head"])

    def tied(here: int, words: str, number: int) -> Ref:
        about = Ref("chat.message", say(people["steering"], here, f"{words} {number}").id)
        tie_thing(people["steering"], about, "M11")
        return about
    with house.app.test_request_context():
        old = [tied(open_to_head, "昔のこと", number) for number in range(PAGE + 3)]
        for number in range(NEAR + 5):
            tied(closed, "二人だけのこと", number)
        keep_tied(Tied(Ref("governance.measure", ids()["M10"]), "M11"))
        measure = measure_coded("M11")
        for kind in ("chat.message", ""):
            pages = [story_of(people["head"], measure, Ruling(), kind, page) for page in (1, 2, 3)]
            assert [(len(each.happenings), each.more) for each in pages] == [(PAGE, True), (3 if kind else 4, False), (0, False)]
            told = [happening.card.ref for each in pages for happening in each.happenings]
            assert [ref for ref in told if ref.kind == "chat.message"] == old[::-1]
        assert [len(story_of(people["cio"], measure, Ruling(), "chat.message", page).happenings) for page in (1, 6, 7)] == [PAGE, 5, 0]
        assert [each.kind for each in story_of(people["stranger"], measure, Ruling()).happenings] == ["governance.measure"]
        assert "chat.message" not in story_of(people["stranger"], measure, Ruling()).kinds
    client = signed_in(house, people["head"])
    assert "昔のこと 0" in client.get("/governance/measures/M11?kind=chat.message&page=2").text
    for who, query in product(("head", "cio", "stranger", "steering"), ("", "?page=2", "?page=3", "?kind=chat.message", "?kind=chat.message&page=2")):
        assert _asked(signed_in(house, people[who]), f"/governance/measures/M11{query}") <= 10, (who, query)
    for wrong in ("?kind=%00&page=-1", "?kind=x&page=99999999999", "?kind=no.kind&page=二"):
        assert client.get(f"/governance/measures/M11{wrong}").status_code == 200


def test_a_story_of_many_kinds_asks_a_dozen_questions_in_all(hall: Hall) -> None:
    """What is said, told, met for, decided and worked on, and by which team; with the frame and with knowing who asks."""
    house, people, _ = hall
    for number in range(PAGE + 5):
        keep_tied(Tied(Ref("chat.message", say(people["clerk"], room(people["clerk"], people["head"]), f"言葉 {number}").id), "M01"))
    for kind in KINDS:
        for number in range(1, 4):
            keep_tied(Tied(Ref(kind, number), "M01"))
    for who in ("head", "stranger", "cio"):
        assert _asked(signed_in(house, people[who]), "/governance/measures/M01") <= 12, who


def test_a_story_asks_once_for_each_kind_of_thing_and_six_times_besides(hall: Hall) -> None:
    """Each owner is asked for its own cards, in one question, those of meetings too."""
    house, people, _ = hall
    body: int = found_body(people["steering"], BodyDraft("連絡会議", "staff", ((people["steering"].user_id, "secretary"),)))
    sitting: int = plan_sitting(people["steering"], body, SittingDraft(clock.now() + timedelta(days=30), "大会議室"))
    item: int = add_item(people["steering"], sitting, item_draft("ひらかれた議題", level="public"))
    call_sitting(people["steering"], sitting)
    entry: int = write_entry(people["steering"], item, EntryDraft("decision", "一枚にする"))
    message = say(people["clerk"], room(people["clerk"], people["steering"]), "ことば").id
    kinds = {"chat.message": message, "meetings.sitting": sitting, "meetings.item": item, "meetings.entry": entry, **dict.fromkeys(
        ("meetings.paper", "meetings.action", "boards.notice", "teams.task", "teams.decision", "advice.advice", "coordination.matter"), 1)}
    client = signed_in(house, people["steering"])
    for many, (kind, number) in enumerate(kinds.items(), 1):
        keep_tied(Tied(Ref(kind, number), "M04"))
        assert _asked(client, "/governance/measures/M04") <= many + 6, kind


def _asked(client: FlaskClient, path: str) -> int:
    client.get(path)
    with statements() as asked:
        assert client.get(path).status_code == 200
    return len(asked)

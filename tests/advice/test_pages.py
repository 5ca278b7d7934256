"""The pages in every state for everybody who plays a part, what they cost, and what a client can send to them."""
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import product

import pytest

from advice.models import STATES, Advice
from chat.commands.messages import post_message
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.minutes import write_entry
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.drafts import EntryDraft
from meetings.forms import BodyDraft, SittingDraft
from teams.models import Team
from teams.queries import places_of
from tests.admin.test_admin import signed_in
from tests.advice.hall import asked, at, given, people_and_team, put
from tests.chat.town import draft as message
from tests.conftest import InProcess, build_house
from tests.directory.town import statements_of, unit
from tests.meetings.town import item_draft

Hall = tuple[InProcess, dict[str, Actor], Ref]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    for made in build_house(tmp_path_factory.mktemp("hall")):
        yield made, *people_and_team()


def test_every_page_opens_in_every_state_for_whom_it_concerns(hall: Hall) -> None:
    house, people, team = hall
    number = given(people, "adviser", team, by="steering")
    clients = {who: signed_in(house, people[who]) for who in ("clerk", "head", "steering", "adviser")}
    for now, who in product(STATES, clients):
        at(number, now)
        put(Advice, number, wording="proxy")
        assert clients[who].get(f"/advice/{number}").status_code == 200, (now, who)
    pages = ("/advice", "/advice?show=all&measure=M03&year=2026&q=減らす", "/advice/years", "/advice/sheet.csv", "/advice/sheet.csv?encoding=cp932")
    for path, who in product(pages, ("clerk", "adviser", "guest", "steering")):
        assert signed_in(house, people[who]).get(path).status_code == 200, (path, who)


def test_from_a_message_in_one_step(hall: Hall) -> None:
    """The form is filled with its words; what is made leads back to it, for whoever sees it."""
    house, people, team = hall
    room = next(each.ref for each in places_of(db.session.get_one(Team, team.id)) if each.kind == "chat.room")
    post_message(people["clerk"], room.id, message("写し取る欄はどれから減らしますか"))
    db.end_reading()
    about, client = "chat.message:1", signed_in(house, people["leader"])
    assert "写し取る欄はどれから" in client.get(f"/advice/giving?about={about}").text
    form = {"sort": "advice", "title": "写し取る欄", "body": "多い順に", "minutes": "30", "team": str(team), "about": about,
            "measure": ["M03", "M07"]}
    answer = client.post("/advice/givings", data=form)
    assert answer.status_code == 303
    assert "写し取る欄はどれから" in client.get(answer.location).text
    assert signed_in(house, people["stranger"]).get(f"/advice/giving?about={about}").status_code in {403, 404}
    assert signed_in(house, people["stranger"]).post("/advice/givings", data=form).status_code in {403, 404}
    assert signed_in(house, people["guest"]).get(answer.location).status_code == 404


def test_a_paragraph_of_minutes_leads_to_advice_and_to_a_measure_for_whom_it_is_open_and_for_nobody_else(hall: Hall) -> None:
    """It is closed to others than the members, and stays so, also when the advice is used."""
    house, people, _ = hall
    about, words = paragraph(people), "欄の数から減らす、と決めた"
    leader, stranger = signed_in(house, people["leader"]), signed_in(house, people["stranger"])
    assert words in leader.get(f"/advice/giving?about={about}").text
    form = {"sort": "proposal", "title": "欄を減らす順番", "body": "多い順に", "minutes": "15", "unit": str(unit("0310")), "about": about}
    assert stranger.post("/advice/givings", data=form).status_code in {403, 404}
    given_at = leader.post("/advice/givings", data=form).location
    assert words in leader.get(given_at).text
    assert signed_in(house, people["clerk"]).post("/governance/ties", data={"about": about, "measure": "M05"}).status_code == 303
    assert stranger.post("/governance/ties", data={"about": about, "measure": "M06"}).status_code == 404
    at(int(given_at.rpartition("/")[2]), "adopted")
    pages = {given_at: "欄を減らす順番", "/governance/measures/M05": "M05"}
    assert {path: (words in leader.get(path).text, words in stranger.get(path).text) for path in pages} == dict.fromkeys(pages, (True, False))
    assert all(title in stranger.get(path).text for path, title in pages.items())


def paragraph(people: dict[str, Actor]) -> str:
    """Of an item for members only: the clerk keeps the minutes, the leader sits there."""
    seated = ((people["clerk"].user_id, "secretary"), (people["leader"].user_id, "member"))
    body = found_body(people["clerk"], BodyDraft("窓口の会議", "staff", seated))
    sitting = plan_sitting(people["clerk"], body, SittingDraft(clock.now() + timedelta(days=3), "会議室"))
    item: int = add_item(people["clerk"], sitting, item_draft("欄の数", level="members"))
    call_sitting(people["clerk"], sitting)
    entry = write_entry(people["clerk"], item, EntryDraft("decision", "欄の数から減らす、と決めた"))
    db.end_reading()
    return f"meetings.entry:{entry}"


@pytest.mark.parametrize("wrong", [{"title": ""}, {"body": ""}, {"minutes": "20"}, {"minutes": "x"}, {"minutes": "-15"}, {"sort": "order"},
                                   {"unit": "999999"}, {"measure": "M99"}, {"measure": "x"}, {"day": "あした"}, {"day": "R99.1.1"},
                                   {"team": "teams.team:999999"},
                                   {"team": "x"}, {"about": "chat.message:999999"}, {"about": "nothing"}, {"title": "あ" * 81}, {"author": "x"}])
def test_what_cannot_be_is_refused_with_a_sentence(hall: Hall, wrong: dict[str, str]) -> None:
    house, people, _ = hall
    form = {"sort": "advice", "title": "題", "body": "中身", "minutes": "30", "unit": str(unit("0310")), **wrong}
    answer = signed_in(house, people["leader"]).post("/advice/givings", data=form)
    assert answer.status_code in {400, 404, 422}
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("wrong", [{"act": ""}, {"act": "rewrite"}, {"act": "record"}, {"act": "answer"}, {"act": "answer", "decision": "x"},
                                   {"act": "answer", "decision": "held", "reason": "わけ"}, {"act": "answer", "decision": "rejected"},
                                   {"act": "answer", "decision": "held", "reason": "わけ", "until": "R1.5.1"}, {"act": "check", "effect": ""}])
def test_an_act_without_what_it_wants_changes_nothing(hall: Hall, wrong: dict[str, str]) -> None:
    house, people, _ = hall
    number = given(people, "leader")
    before = db.session.get_one(Advice, number).version
    assert signed_in(house, people["clerk"]).post(f"/advice/{number}/steps", data=wrong).status_code in {403, 409, 422}
    db.end_reading()
    assert (db.session.get_one(Advice, number).state, db.session.get_one(Advice, number).version) == ("given", before)


def test_two_who_write_do_not_undo_one_another(hall: Hall) -> None:
    house, people, _ = hall
    number, client = given(people, "leader"), signed_in(house, people["leader"])
    form = {"sort": "advice", "title": "一つ目", "body": "中身", "minutes": "15", "version": "1"}
    assert client.post(f"/advice/{number}/words", data=form).status_code == 303
    assert client.post(f"/advice/{number}/words", data={**form, "title": "二つ目"}).status_code == 409
    db.end_reading()
    assert db.session.get_one(Advice, number).title == "一つ目"


def test_the_pages_ask_a_bounded_number_of_questions_however_much_there_is(hall: Hall) -> None:
    house, people, team = hall
    number = asked(people, team=team)
    client = signed_in(house, people["steering"])
    paths = {f"/advice/{number}": 13, "/advice?show=all": 9, "/advice/years": 9, f"/advice/asking?about={team}": 20}
    before = {path: (client.get(path), statements_of(partial(client.get, path)))[1] for path in paths}
    for _ in range(12):
        given(people, "leader", team)
    after = {path: (client.get(path), statements_of(partial(client.get, path)))[1] for path in paths}
    assert all(after[path] <= most for path, most in paths.items()), after
    assert after == before

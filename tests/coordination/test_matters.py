"""A-7 over all states, actors and acts; who sees what, against an oracle of its own; what a client can send."""
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import select

from coordination import things
from coordination.commands import carry_back, move_matter, note_task_of_council, raise_matter, settle_by_council
from coordination.flows import MATTER
from coordination.forms import MatterDraft, MoveDraft
from coordination.models import STATES, Matter
from coordination.permissions import can_move, visible_matters
from coordination.queries import matter_for, matters, steps_of
from groupware.directory.commands.units import close_unit, create_unit
from groupware.directory.forms import UnitDraft
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Invalid, NotFound, Refusal
from groupware.kernel.ref import Ref
from groupware.kernel.things import Resolved, cards_for
from groupware.notifications.models import Notification
from tests.admin.test_admin import signed_in
from tests.advice.test_one_record import work_off
from tests.conftest import InProcess, build_house
from tests.directory.town import statements_of, unit
from tests.governance.hall import put, town
from tests.support.flows import strays
from tests.teams.hall import started

# (state, act): (who, next state). clerk, chief and leader speak for the team; head is the 課長 of the section that is asked (市民課).
FROM = ("clerk", "chief", "leader")
EACH = (*FROM, "head", "steering")
WAY = {
    ("raised", "accept"): (("head",), "arranging"), ("raised", "object"): (("head",), "arranging"),
    ("raised", "escalate"): ((*FROM, "head"), "steered"), ("arranging", "escalate"): ((*FROM, "head"), "steered"),
    ("arranging", "settle"): ((*FROM, "steering"), "settled"), ("steered", "settle"): (("steering",), "settled"),
    ("council", "settle"): (("steering",), "settled"), ("steered", "refer"): (("steering",), "council"),
    ("steered", "return"): (("steering",), "arranging"), ("council", "return"): (("steering",), "arranging"),
    **{(state, "say"): (EACH, state) for state in ("arranging", "steered", "council")},
    **{(state, "withdraw"): (FROM, "withdrawn") for state in ("raised", "arranging", "steered")}}
ACTS = (*dict.fromkeys(act for _, act in WAY), "resolve", "assign", "steal")      # the two: nobody's, see below
Hall = tuple[InProcess, dict[str, Actor], Ref, Ref]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Two teams with the same people in them, and a section that is asked."""
    for made in build_house(tmp_path_factory.mktemp("hall")):
        people = town()
        yield made, people, Ref("teams.team", started(people)), Ref("teams.team", started(people))


def raised(hall: Hall, to_team: Ref | None = None) -> int:
    """To 市民課 unless to another team."""
    _, people, team, _ = hall
    draft = MatterDraft(team, "タブレットの順番", "三月に使いたい", to_team, 0 if to_team else unit("0310"), None, ("M03",))
    number: int = raise_matter(people["leader"], draft)
    db.end_reading()
    return number


def hand(actor: Actor, number: int) -> frozenset[str]:
    with suppress(NotFound):
        found = matter_for(actor, number)
        return found.parts if can_move(actor, found) else frozenset()
    return frozenset()


def test_a_matter_goes_where_the_table_says_and_nowhere_else(hall: Hall) -> None:
    people, number, hands = hall[1], raised(hall), {}
    for now, who in product(STATES, people):
        put(Matter, number, state=now)
        hands[now, who] = hand(people[who], number)
    assert not list(strays(MATTER, WAY, STATES, ACTS, people, lambda now, who: hands[now, who]))


def test_the_command_does_what_the_table_allows_and_nothing_else(hall: Hall) -> None:
    people, number = hall[1], raised(hall)
    for (now, act), (by, after) in WAY.items():
        for who in {*by, "adviser", "stranger", "cio", "head"}:
            put(Matter, number, state=now)
            with suppress(Refusal):
                move_matter(people[who], number, MoveDraft(act, "わけ", "両者の合意"))
            db.end_reading()
            assert db.session.get_one(Matter, number).state == (after if who in by else now), (now, act, who)


def sees(who: str, *, public: bool) -> bool:
    """The team (its adviser too), 市民課, 行政管理課; once before the council, who sits there: who heads a section, leaders, CIO, 総務部長."""
    near = {"clerk", "chief", "leader", "adviser", "head", "steering"}
    return who in near or (public and who in {"cio", "director", "above", "mayor"})


def test_who_sees_what_as_an_oracle_says_at_every_door(hall: Hall) -> None:
    house, people, team, _ = hall
    pieces = {(now, public): raised(hall) for now in STATES for public in (True, False)}
    for (now, public), number in pieces.items():
        put(Matter, number, state=now, public=public)
    ids = set(pieces.values())
    for who, actor in people.items():
        expected = {number for (_, public), number in pieces.items() if sees(who, public=public)}
        with house.app.test_request_context():
            shown = things.matters_of_team(actor, team)
            doors = {
                "select": ids & set(db.session.scalars(visible_matters(actor))),
                "card": {ref.id for ref in cards_for(actor, [Ref("coordination.matter", number) for number in ids])},
                "search": {number for number in ids if f"coordination.matter:{number}" in things.audiences(actor)},
                "list": ids & {each.id for each in matters(actor, STATES)}, "page": {number for number in ids if opens(actor, number)}}
        assert doors == dict.fromkeys(doors, expected), who
        assert bool(shown) == bool(expected), who


def opens(actor: Actor, number: int) -> bool:
    with suppress(NotFound):
        return bool(matter_for(actor, number))
    return False


def test_from_team_to_team_up_to_the_council_and_back(hall: Hall) -> None:
    """Each is told when it is their turn; the council hears of it."""
    house, people, _, other = hall
    number = raised(hall, other)
    work_off(house)
    assert told(number, people["chief"])
    assert not told(number, people["adviser"])
    move_matter(people["chief"], number, MoveDraft("object", "台数が足りない"))
    move_matter(people["leader"], number, MoveDraft("escalate", "二つでは決まらない"))
    db.end_reading()
    work_off(house)
    assert told(number, people["steering"])
    with house.app.test_request_context():
        assert [todo.act for todo in things.matters_to_move(people["steering"]) if todo.url.endswith(f"/{number}")] == ["調整する"]
        assert number in {each.about.id for each in things.for_council(people["steering"])}
    move_matter(people["steering"], number, MoveDraft("refer"))
    db.end_reading()
    assert opens(people["cio"], number)
    assert not opens(people["stranger"], number)
    with pytest.raises(Invalid):
        move_matter(people["steering"], number, MoveDraft("settle", "三月は窓口が使う"))
    move_matter(people["steering"], number, MoveDraft("settle", "三月は窓口が使う", "第5回DX連絡会議"))
    db.end_reading()
    work_off(house)
    matter = db.session.get_one(Matter, number)
    assert (matter.state, matter.answer, matter.decider, matter.basis) == ("settled", "objected", "第5回DX連絡会議", "三月は窓口が使う")
    assert any("決着" in each for each in told(number, people["leader"]))
    with house.app.test_request_context():
        assert number not in {each.about.id for each in things.for_council(people["steering"])}
    assert [each.labels for each in things.matter_documents([number])] == [("measure:M03",)]


def told(number: int, actor: Actor) -> list[str]:
    db.end_reading()
    asked = select(Notification).where(Notification.user_id == actor.user_id, Notification.about == f"coordination.matter:{number}")
    return [each.reason for each in db.session.scalars(asked)]


def test_what_a_sitting_decided_settles_a_matter_by_itself_in_whatever_state_it_is_and_once(hall: Hall) -> None:
    """Nobody but the house carries it; what others have settled, or was taken back, stays as it is."""
    house, people, _, other = hall
    said = Resolved(Ref("coordination.matter", 0), Ref("meetings.entry", 7), "三月は窓口が使う", "第5回 DX連絡会議", clock.today())
    for now in STATES:
        number = raised(hall, other)
        put(Matter, number, state=now, decider="両チームの合意" if now == "settled" else "")
        here = replace(said, about=Ref("coordination.matter", number))
        for who, deed in product(people, (settle_by_council, note_task_of_council)):
            with pytest.raises(Refusal):
                deed(people[who], number, here)
        task = replace(here, source=Ref("meetings.action", 3), words="台数を調べる", task=True, owner_id=people["leader"].user_id)
        for each in (here, here, replace(here, source=Ref("meetings.entry", 8), words="四月に見直す"), task, task):
            carry_back(each)
        db.end_reading()
        matter, steps = db.session.get_one(Matter, number), [step.act for step in steps_of(db.session.get_one(Matter, number))]
        carried = now not in {"settled", "withdrawn"}
        assert (matter.state, matter.basis) == (("settled", "三月は窓口が使う\n四月に見直す") if carried else (now, "")), now
        expected = ["resolve", "resolve", "assign"] if carried else ["assign"] if now == "settled" else []
        assert [act for act in steps if act != "raise"] == expected, now
        if now == "council":
            work_off(house)
            assert any("決着" in each for each in told(number, people["leader"]))
            assert any("決着" in each for each in told(number, people["chief"]))
            page = signed_in(house, people["leader"]).get(f"/coordination/{number}").text
            assert all(words in page for words in ("第5回 DX連絡会議", "四月に見直す", "台数を調べる（野村 栞）"))
    carry_back(replace(said, about=Ref("coordination.matter", 999_999)))
    carry_back(replace(said, about=Ref("teams.team", 1)))


def test_for_a_section_that_is_no_more_those_who_steer_answer_and_nobody_else(hall: Hall) -> None:
    _, people, team, _ = hall
    create_unit(SYSTEM, UnitDraft("0398", "様式整理室", "課", "0300"))
    db.end_reading()
    number: int = raise_matter(people["leader"], MatterDraft(team, "様式の原本", "渡してほしい", None, unit("0398")))
    close_unit(SYSTEM, unit("0398"), clock.today() - timedelta(days=1))
    db.end_reading()
    for who in people.keys() - {"steering"}:
        with pytest.raises(Refusal):
            move_matter(people[who], number, MoveDraft("accept"))
    move_matter(people["steering"], number, MoveDraft("accept"))
    db.end_reading()
    assert db.session.get_one(Matter, number).state == "arranging"


def test_the_pages_open_in_every_state_and_ask_a_bounded_number_of_questions(hall: Hall) -> None:
    house, people, team, _ = hall
    number = raised(hall)
    clients = {who: signed_in(house, people[who]) for who in ("leader", "head", "steering", "adviser")}
    for now, who in product(STATES, clients):
        put(Matter, number, state=now)
        assert clients[who].get(f"/coordination/{number}").status_code == 200, (now, who)
    for path, most in ((f"/coordination/{number}", 12), ("/coordination", 6), ("/coordination?ended=1", 6), (f"/coordination/new?about={team}", 12)):
        assert clients["leader"].get(path).status_code == 200
        assert statements_of(partial(clients["leader"].get, path)) <= most, path
    assert clients["adviser"].get("/coordination/new").status_code == 403
    assert signed_in(house, people["stranger"]).get(f"/coordination/{number}").status_code == 404
    assert signed_in(house, people["stranger"]).post(f"/coordination/{number}/steps", data={"act": "accept"}).status_code == 404


@pytest.mark.parametrize("wrong", [{"title": ""}, {"body": ""}, {"team": ""}, {"team": "x"}, {"team": "teams.team:99999"}, {"to_unit": ""},
                                   {"to_unit": "99999"}, {"to_unit": "x"}, {"to_team": "teams.team:1"}, {"to_team": "chat.room:1", "to_unit": ""},
                                   {"measure": "M99"}, {"measure": "x"}, {"wanted_on": "いつか"}, {"title": "あ" * 81}])
def test_what_cannot_be_is_refused_with_a_sentence(hall: Hall, wrong: dict[str, str]) -> None:
    house, people, team, _ = hall
    form = {"team": str(team), "title": "題", "body": "中身", "to_unit": str(unit("0310")), **wrong}
    answer = signed_in(house, people["leader"]).post("/coordination", data=form)
    assert answer.status_code in {400, 403, 422}
    assert "Traceback" not in answer.text

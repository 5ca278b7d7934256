"""A-6 over all states, actors and acts; who sees what, against an oracle of its own."""
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from advice import documents, widgets
from advice.commands.pieces import give_advice, move_advice, record_advice, rewrite_advice
from advice.flows import WORDING, advice_flow
from advice.forms import GiveDraft, MoveDraft, Ties
from advice.models import STATES, WORDS, Advice
from advice.permissions import can_move, visible_advice
from advice.queries.book import Sought, all_found, found
from advice.queries.pieces import advice_for
from groupware.directory.commands.units import close_unit, create_unit
from groupware.directory.forms import UnitDraft
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import NotFound, Refusal
from groupware.kernel.ref import Ref
from groupware.kernel.things import cards_for
from groupware.kernel.widget import Todo
from teams.commands.people import seat_member, unseat_member
from teams.forms import SeatDraft
from teams.models import ADVISER
from tests.admin.test_admin import signed_in
from tests.advice.hall import asked, at, given, people_and_team, put, said
from tests.conftest import InProcess, build_house
from tests.directory.town import unit
from tests.support.flows import strays

# (state, act): (who, next state). clerk asked, leader is asked and gives; clerk, chief and head sit in 市民課, whose 課長 is head.
SECTION = ("clerk", "chief", "head")
WAY = {
    ("asked", "accept"): (("leader",), "accepted"), ("asked", "record"): (("leader",), "given"), ("accepted", "record"): (("leader",), "given"),
    ("asked", "decline"): (("leader",), "declined"), ("accepted", "decline"): (("leader",), "declined"),
    ("asked", "withdraw"): (("clerk",), "withdrawn"), ("accepted", "withdraw"): (("clerk",), "withdrawn"),
    ("given", "answer"): (SECTION, "answered"), ("held", "answer"): (SECTION, "answered"), ("answered", "return"): (("head",), "given"),
    **{(state, act): (("head",), after) for state in ("given", "answered", "held")
       for act, after in (("adopt", "adopted"), ("partly", "partly"), ("reject", "rejected"), ("hold", "held"))},
    ("adopted", "carry"): (SECTION, "done"), ("partly", "carry"): (SECTION, "done"), ("done", "check"): (SECTION, "checked"),
    ("checked", "close"): (("head", "steering"), "closed"),
    **{(state, "urge"): (("steering",), state) for state in ("asked", "accepted", "given", "answered", "held", "adopted", "partly", "done")}}
ACTS = (*dict.fromkeys(act for _, act in WAY), "steal")
USED = {"adopted", "partly", "done", "checked", "closed"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, dict[str, Actor], Ref]]:
    """One house for all tests of this module."""
    for made in build_house(tmp_path_factory.mktemp("hall")):
        yield made, *people_and_team()


@pytest.fixture
def house(hall: tuple[InProcess, dict[str, Actor], Ref]) -> InProcess:
    return hall[0]


@pytest.fixture
def people(hall: tuple[InProcess, dict[str, Actor], Ref]) -> dict[str, Actor]:
    return hall[1]


@pytest.fixture
def team(hall: tuple[InProcess, dict[str, Actor], Ref]) -> Ref:
    return hall[2]


def state(number: int) -> str:
    db.end_reading()
    return db.session.get_one(Advice, number).state


def test_what_an_abolished_section_has_left_is_answered_by_those_who_steer_and_by_nobody_else(
        house: InProcess, people: dict[str, Actor]) -> None:
    create_unit(SYSTEM, UnitDraft("0399", "窓口改善室", "課", "0300"))
    db.end_reading()
    number: int = give_advice(people["leader"], GiveDraft(said(), Ties(unit("0399"), None, ("M03",))))
    with pytest.raises(Refusal):
        move(people["steering"], number, "adopt")
    close_unit(SYSTEM, unit("0399"), clock.today() - timedelta(days=1))
    db.end_reading()
    assert [who for who in people if [each for each in waiting(house, people[who]) if each.url.endswith(f"/{number}")]] == ["steering"]
    for who in people.keys() - {"steering"}:
        with pytest.raises(Refusal):
            move(people[who], number, "adopt")
    page = signed_in(house, people["steering"]).get(f"/advice/{number}").text
    assert "行政管理課が引き継ぎます" in page
    for act, after in (("answer", "answered"), ("adopt", "adopted"), ("carry", "done"), ("check", "checked"), ("close", "closed")):
        move(people["steering"], number, act)
        assert state(number) == after


def waiting(house: InProcess, actor: Actor) -> list[Todo]:
    with house.app.test_request_context():
        return list(widgets.advice_to_decide(actor))


def move(actor: Actor, number: int, act: str) -> None:
    """With everything that any act could want."""
    if act == "record":
        record_advice(actor, number, said())
    else:
        until = clock.today().replace(year=clock.today().year + 1, day=1)
        move_advice(actor, number, MoveDraft(act, "わけ", "held" if act == "answer" else "", until, "変わった"))
    db.end_reading()


def test_advice_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor], team: Ref) -> None:
    """Over all states, acts and people, as the flow answers."""
    number, hands = asked(people, team=team), {}
    for now, who in product(STATES, people):
        at(number, now)
        hands[now, who] = hand(people[who], number)
    assert not list(strays(advice_flow(by_head=True), WAY, STATES, ACTS, people, lambda now, who: hands[now, who]))


def hand(actor: Actor, number: int) -> frozenset[str]:
    with suppress(NotFound):
        found = advice_for(actor, number)
        return found.parts if can_move(actor, found) else frozenset()
    return frozenset()


def test_the_command_does_what_the_table_allows_and_nothing_else(people: dict[str, Actor]) -> None:
    number = asked(people)
    for (now, act), (by, after) in WAY.items():
        for who in {*by, "adviser", "chief", "steering", "mayor"}:
            at(number, now)
            with suppress(Refusal):
                move(people[who], number, act)
            assert state(number) == (after if who in by else now), (now, act, who)


def test_the_words_of_an_outsider_are_confirmed_by_nobody_else(people: dict[str, Actor], team: Ref) -> None:
    """代理記録 → 本人確認, or back to 行政管理課 who rewrites it."""
    number = given(people, "adviser", team, by="steering")
    way = {("proxy", "confirm"): ("adviser", "confirmed"), ("proxy", "object"): ("adviser", "objected"),
           ("proxy", "rewrite"): ("steering", "proxy"), ("objected", "rewrite"): ("steering", "proxy")}
    for now, act, who in product(WORDS, ("confirm", "object", "rewrite"), people):
        put(Advice, number, wording=now)
        with suppress(Refusal):
            if act == "rewrite":
                rewrite_advice(people[who], number, said("書き直した"))
            else:
                move_advice(people[who], number, MoveDraft(act, "わけ"))
        db.end_reading()
        by, after = way.get((now, act), ("", now))
        own = (now, act, who) == ("own", "rewrite", "adviser")
        assert db.session.get_one(Advice, number).wording == (after if who == by else now), (now, act, who, own)


def test_only_one_who_may_speaks_for_another(people: dict[str, Actor], team: Ref) -> None:
    for who, author in (("clerk", "adviser"), ("head", "adviser"), ("leader", "adviser"), ("steering", "leader"), ("steering", "clerk"),
                        ("stranger", "stranger"), ("guest", "guest"), ("cio", "adviser")):
        with pytest.raises(Refusal):
            given(people, author, team, by=who)


def test_a_section_without_the_consent_of_its_head_decides_where_the_city_says_so() -> None:
    flow = advice_flow(by_head=False)
    assert {step.act for step in flow.open_to("given", {"section"})} == {"adopt", "partly", "reject", "hold"}
    assert "answer" not in flow.acts
    decides = {(state, act): (("section",), after) for state in ("given", "answered", "held")
               for act, after in (("adopt", "adopted"), ("partly", "partly"), ("reject", "rejected"), ("hold", "held"))}
    oracle = {way: ({"section"} if way[1] in {"carry", "check"} else {"head", "steering"} if way[1] == "close" else
                    {"steering"} if way[1] == "urge" else {"asker"} if way[1] == "withdraw" else {"head"} if way[1] == "return" else
                    {"author", "proxy"}, after) for way, (_, after) in WAY.items() if way[1] != "answer"} | decides
    parts = sorted(flow.players)
    assert not list(strays(flow, oracle, STATES, ACTS, parts, lambda _, part: {part}))


def test_the_words_of_somebody_outside_are_confirmed_as_the_table_says_and_in_no_other_way() -> None:
    """Pure: who plays which part, the doors of the module below try."""
    oracle = {("proxy", "confirm"): (("author",), "confirmed"), ("proxy", "object"): (("author",), "objected"),
              ("proxy", "rewrite"): (("proxy",), "proxy"), ("objected", "rewrite"): (("proxy",), "proxy"), ("own", "rewrite"): (("author",), "own")}
    parts = ("author", "asker", "recorder", "section", "head", "steering", "proxy", "system")
    assert not list(strays(WORDING, oracle, WORDS, ("confirm", "object", "rewrite", "steal"), parts, lambda _, part: {part}))


def sees(who: str, now: str, *, of_team: bool) -> bool:
    """Facts 2.5, written apart from the code: 市民課 and who asked, who gives, 行政管理課; the team; the staff what is used."""
    concerned = {"clerk", "chief", "head", "leader", "steering"} | ({"adviser"} if of_team else set())
    return who in concerned or (now in USED and who not in {"adviser", "guest"})


def test_who_sees_what_as_an_oracle_says_at_every_door(house: InProcess, people: dict[str, Actor], team: Ref) -> None:
    """The page, the list, the CSV's rows, the card, the circle of the search, the team's page, the council's agenda: one rule."""
    pieces = {(now, of_team): asked(people, team=team if of_team else None) for now in STATES for of_team in (True, False)}
    for (now, _), number in pieces.items():
        at(number, now)
    ids, everything = set(pieces.values()), Sought(show="all")
    for who, actor in people.items():
        expected = {number for (now, of_team), number in pieces.items() if sees(who, now, of_team=of_team)}
        pages = [found(actor, everything, page)[0] for page in range(1, 4)]
        with house.app.test_request_context():
            doors = {
                "select": ids & set(db.session.scalars(visible_advice(actor))),
                "card": {ref.id for ref in cards_for(actor, [Ref("advice.advice", number) for number in ids])},
                "search": {number for number in ids if f"advice.advice:{number}" in documents.audiences(actor)},
                "sheet": ids & {each.id for each in all_found(actor, everything)},
                "list": ids & {each.id for page in pages for each in page},
                "page": {number for number in ids if opens(actor, number)}}
        assert doors == dict.fromkeys(doors, expected), who


def opens(actor: Actor, number: int) -> bool:
    with suppress(NotFound):
        return bool(advice_for(actor, number))
    return False


def test_the_page_of_a_team_shows_an_adviser_their_own_teams_advice_and_a_stranger_only_what_is_used(people: dict[str, Actor], team: Ref) -> None:
    number = asked(people, team=team)
    for now, who in product(("given", "adopted"), ("adviser", "stranger", "guest")):
        at(number, now)
        shown = widgets.advice_of_team(people[who], team)
        mine = shown is not None and number in {each.id for each in shown.rows}       # type: ignore[attr-defined]
        assert mine == sees(who, now, of_team=True), (now, who)
    assert db.session.scalar(select(Advice.id).where(Advice.id == number))


def test_an_adviser_who_leaves_the_team_keeps_only_what_they_said_themselves(house: InProcess, people: dict[str, Actor], team: Ref) -> None:
    """At every door at once; what was told of it before is told no more."""
    others, own = given(people, "leader", team), given(people, "adviser", team)
    adviser, steering = people["adviser"], people["steering"]
    assert {others, own} <= set(db.session.scalars(visible_advice(adviser)))
    unseat_member(steering, team.id, adviser.user_id)
    db.end_reading()
    with house.app.test_request_context():
        refs = [Ref("advice.advice", number) for number in (others, own)]
        assert set(cards_for(adviser, refs)) == {refs[1]}
        circles, sheet = documents.audiences(adviser), {each.id for each in all_found(adviser, Sought(show="all"))}
    assert [str(ref) in circles for ref in refs] == [False, True]
    assert others not in sheet
    assert not opens(adviser, others)
    with pytest.raises(Refusal):
        given(people, "adviser", team)
    seat_member(steering, team.id, SeatDraft(adviser.user_id, ADVISER))
    db.end_reading()

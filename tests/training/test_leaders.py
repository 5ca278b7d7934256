"""Digital leaders: every step that is allowed and every other refused, by an oracle written apart; terms, transfers, coverage, practice."""
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import product
from random import Random

import pytest
from flask import current_app
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from groupware.kernel.ref import Ref
from groupware.kernel.things import may_see
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited, statements_of, unit
from tests.support.flows import expected, permitted, strays
from tests.training.hall import again, appointed, candidate, done, move, now, put, town
from training.commands.leaders import (
    change_rules,
    keep_practice,
    move_term,
    name_candidate,
    offer_oneself,
    recommend_person,
    take_practice,
)
from training.flows.leaders import term_flow
from training.forms.leaders import MoveDraft, PracticeDraft
from training.models.leaders import STATES, Term, TermStep
from training.permissions.leaders import can_move, can_see, parts_of
from training.queries.leaders import held, practices_of, sum_of_practice
from training.rules import Rules
from training.widgets import leaders_here, terms_to_do

HEADS, KEEPER = ("head", "above"), ("steering",)
COMING = ("offered", "candidate", "checked", "selected", "ready")
# (state, act): (who, next state). Facts, B-1; the appointing hand is a setting.
TABLE = {
    ("offered", "permit"): (HEADS, "candidate"), ("offered", "decline"): (HEADS, "declined"), ("candidate", "check"): (KEEPER, "checked"),
    ("checked", "select"): (KEEPER, "selected"), ("selected", "finish"): (KEEPER, "ready"), ("selected", "waive"): (KEEPER, "ready"),
    ("active", "review"): ((*KEEPER, "system"), "review"), ("review", "stay"): (("self",), "review"), ("review", "leave"): (("self",), "review"),
    ("review", "opine"): (HEADS, "review"), ("active", "expire"): (("system",), "expired"), ("review", "expire"): (("system",), "expired"),
    ("active", "dismiss"): (KEEPER, "dismissed"), ("review", "dismiss"): (KEEPER, "dismissed"),
    **{(state, "decline"): (KEEPER, "declined") for state in COMING[1:]},
    **{(state, "resign"): (("self",), "resigned") for state in (*COMING, "active", "review")},
    **{(state, "end"): (("system",), "resigned") for state in (*COMING, "active", "review")}}
BY = {False: {("ready", "appoint"): (KEEPER, "active"), ("review", "renew"): (KEEPER, "renewed")},
      True: {("ready", "appoint"): (("cio",), "active"), ("review", "renew"): (("cio",), "renewed")}}
ACTS = ("permit", "decline", "check", "select", "finish", "waive", "appoint", "review", "stay", "leave", "opine", "renew", "expire", "end", "resign",
        "dismiss", "steal")
SEES = {"self", "head", "above", "steering", "cio", "director", "mayor"}
THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


@pytest.mark.parametrize("by_cio", [False, True])
def test_a_term_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor], by_cio: bool) -> None:
    """Over all states, acts and people the rule and the flow are asked; the command does what is allowed, and is tried on much of what is not."""
    change_rules(people["steering"], Rules(by_cio=by_cio))
    number, flow, oracle = candidate(people), term_flow(by_cio=by_cio), {**TABLE, **BY[by_cio]}
    actors = {**people, "system": SYSTEM}
    hands = {who: held(actors[who], now(number)) for who in actors}

    def parts(_: str, who: str) -> frozenset[str]:
        return hands[who].parts if can_see(actors[who], hands[who]) and can_move(actors[who], hands[who]) else frozenset()
    assert not list(strays(flow, oracle, STATES, ACTS, actors, parts))
    for state, act, who in [*permitted(oracle), *Random(6).sample(list(product(STATES, ACTS, actors)), 60)]:
        _drop_followers(number)
        put(number, state=state, wish="stay", starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31), before_id=None)
        done(partial(move, actors[who], number, act))
        assert now(number).state == (expected(oracle, state, act, who) or state), (state, act, who)


def test_three_ways_to_become_a_candidate_and_who_may_go_them(people: dict[str, Actor]) -> None:
    user_id = people["self"].user_id
    ways: dict[str, tuple[Callable[[Actor], object], set[str]]] = {
        "recommend": (lambda actor: recommend_person(actor, user_id, "よい"), {"head", "above"}),
        "name": (lambda actor: name_candidate(actor, user_id, "よい"), {"steering"})}
    for deed, allowed in ways.values():
        for who, actor in people.items():
            assert done(partial(deed, actor)) == (who in allowed), who
            _forget()
    for who, actor in people.items():
        assert done(partial(offer_oneself, actor, 0, "学びたい")) == (who != "adviser"), who


def test_nobody_is_a_candidate_twice_and_no_outsider_at_all(people: dict[str, Actor]) -> None:
    candidate(people)
    with pytest.raises(Conflict):
        offer_oneself(people["self"], 0, "学びたい")
    with pytest.raises(Forbidden):
        name_candidate(people["steering"], people["adviser"].user_id, "よい")
    with pytest.raises((Conflict, IntegrityError)):
        db.write(lambda: db.session.add(Term(user_id=people["self"].user_id, unit_id=unit("0310"), route="named", state="active", order_number="",
                                             wish="", why="", changed_at=clock.now())))


def test_nobody_permits_what_they_have_offered_themselves(people: dict[str, Actor]) -> None:
    number = offer_oneself(people["head"], 0, "学びたい")
    with pytest.raises(Forbidden):
        move(people["head"], number, "permit")
    move(people["above"], number, "permit")
    assert now(number).state == "candidate"


def test_who_sees_how_somebody_became_a_leader(house: InProcess, people: dict[str, Actor]) -> None:
    """The matrix of facts 2.5, written down here again: the list is for all staff, the ways are not."""
    number = appointed(people)
    for who, actor in people.items():
        assert bool(parts_of(actor, people["self"].user_id, unit("0310"))) == (who in SEES), who
        assert may_see(actor, Ref("training.term", number)) == (who in SEES), who
        client = signed_in(house, again(actor))
        assert client.get(f"/training/terms/{number}").status_code == (200 if who in SEES else 404), who
        assert client.get("/training/leaders").status_code == (403 if who == "adviser" else 200), who
        assert client.get("/training/settings").status_code == (200 if who == "steering" else 403), who
    assert "柏木 真帆" in signed_in(house, people["stranger"]).get("/training/leaders").text


def test_all_requirements_an_order_number_and_the_leaders_wish_are_wanted(people: dict[str, Actor]) -> None:
    number = candidate(people)
    with pytest.raises(Invalid):
        move_term(people["steering"], number, MoveDraft("check", checks=("basics",)))
    assert now(number).state == "candidate"
    for act in ("check", "select", "waive"):
        move(people["steering"], number, act)
    with pytest.raises(Invalid):
        move_term(people["steering"], number, MoveDraft("appoint"))
    move(people["steering"], number, "appoint")
    move(people["steering"], number, "review")
    with pytest.raises(Invalid):
        move(people["steering"], number, "renew")
    with pytest.raises(Invalid):
        move_term(people["head"], number, MoveDraft("opine"))


def test_practice_is_the_leaders_own_and_the_review_sees_sums_alone(house: InProcess, people: dict[str, Actor]) -> None:
    number = appointed(people)
    mine = again(people["self"])
    made = keep_practice(mine, None, PracticeDraft(clock.today(), 45, "advice", "集計の相談", unit("0320")))
    keep_practice(mine, None, PracticeDraft(clock.today(), 30, "support", "画面の見方"))
    for who in set(people) - {"self"}:
        assert not done(partial(keep_practice, people[who], None, PracticeDraft(clock.today(), 15, "other", "x"))), who
        assert not done(partial(take_practice, people[who], made)), who
    page = signed_in(house, people["head"]).get(f"/training/terms/{number}").text
    assert "2件・1時間15分" in page
    assert "人事評価には使いません" in page
    assert "集計の相談" not in page
    assert "集計の相談" in signed_in(house, mine).get("/training/practice").text
    take_practice(mine, made)
    assert sum_of_practice(mine.user_id, clock.today(), clock.today()) == (1, 30)
    assert [each.summary for each in practices_of(mine.user_id, clock.today(), clock.today())] == ["画面の見方"]


@pytest.mark.parametrize("said", [{"minutes": "20"}, {"minutes": "0"}, {"minutes": "999"}, {"minutes": "x"}, {"sort": "?"}, {"summary": " "},
                                  {"summary": "あ" * 201}, {"day": "いつか"}, {"day": "2030-01-01"}, {"unit": "-1"}])
def test_a_practice_that_cannot_be_is_refused_with_a_sentence(said: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="。"):
        PracticeDraft.parse(MultiDict({"minutes": "15", "sort": "advice", "summary": "相談", **said}))


def test_the_first_page_asks_whoever_has_the_turn(house: InProcess, people: dict[str, Actor]) -> None:
    number = offer_oneself(people["self"], 0, "学びたい")
    assert _asked(people) == {"head": "許可する", "above": "許可する"}
    move(people["head"], number, "permit")
    assert _asked(people) == {"steering": "確かめる"}
    for act in ("check", "select", "finish", "appoint", "review"):
        move(people["steering"], number, act)
    assert _asked(people) == {"self": "答える"}
    move(again(people["self"]), number, "leave")
    assert _asked(people) == {}
    with house.app.test_request_context():
        here = leaders_here(people["head"], frozenset({unit("0310"), unit("0311")}))
    assert here is not None
    assert (here.count, len(here.rows)) == ("1人", 1)


def test_from_nomination_to_renewal_by_the_pages(house: InProcess, people: dict[str, Actor]) -> None:
    head, keeper, mine = (signed_in(house, people[who]) for who in ("head", "steering", "self"))
    made = head.post("/training/leaders", data={"way": "recommended", "person": people["self"].user_id, "why": "課を進めてきた"})
    way = made.headers["Location"]
    for act, more in (("check", {"check": ["basics", "duties", "drive"]}), ("select", {}), ("finish", {}),
                      ("appoint", {"starts_on": "R8.6.18", "order_number": "行管第12号"}), ("review", {})):
        assert keeper.post(f"{way}/steps", data={"act": act, **more}).status_code == 303, act
    assert mine.post(f"{way}/steps", data={"act": "stay"}).status_code == 303
    assert "所属長の所見を書く" in head.get(way).text
    assert "所属長の所見を書く" not in mine.get(way).text + keeper.get(way).text
    assert head.post(f"{way}/steps", data={"act": "opine", "reason": "続けてほしい"}).status_code == 303
    assert keeper.post(f"{way}/steps", data={"act": "renew", "order_number": "行管第99号"}).status_code == 303
    page = keeper.get(way).text
    assert "令和11年3月31日" in page
    assert "続けてほしい" in page
    assert len(audited("training.TermMoved")) == 9
    assert keeper.post(f"{way}/steps", data={"act": "renew"}).status_code == 409
    assert keeper.post(f"{way}/steps", data={"act": "steal"}).status_code in {403, 409}


def test_the_list_costs_the_same_for_one_leader_and_for_many(house: InProcess, people: dict[str, Actor]) -> None:
    appointed(people)
    client = signed_in(house, people["steering"])
    client.get("/training/leaders")
    one = statements_of(lambda: client.get("/training/leaders"))
    for who in ("colleague", "stranger", "head", "other_head"):
        appointed(people, who)
    client.get("/training/leaders")
    assert statements_of(lambda: client.get("/training/leaders")) == one <= 30


def test_steps_are_never_changed(people: dict[str, Actor]) -> None:
    candidate(people)
    def change() -> None:
        db.session.query(TermStep).one().reason = "別のわけ"
        db.session.flush()
    with pytest.raises(AssertionError):
        db.write(change)


def _asked(people: dict[str, Actor]) -> dict[str, str]:
    """Who is asked on the first page, and what for."""
    db.end_reading()
    found: dict[str, str] = {}
    with current_app.test_request_context():
        for who, actor in people.items():
            found.update((who, todo.act) for todo in terms_to_do(actor))
    return found


def _drop_followers(number: int) -> None:
    def drop() -> None:
        for term in db.session.query(Term).filter_by(before_id=number):
            term.state, term.before_id = "declined", None
    db.write(drop)


def _forget() -> None:
    def decline() -> None:
        for term in db.session.query(Term):
            term.state = "declined"
    db.write(decline)
    db.end_reading()

"""How undertakings, reports and evaluations go on: every step that is allowed, every other refused, by an oracle written apart from the code."""
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count, product
from random import Random
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from governance.commands.evaluations import change_ruling, give_opinion, move_evaluation, open_evaluations, write_evaluation
from governance.commands.reports import move_report, open_round, write_report
from governance.commands.roadmap import drop_indicator, enter_indicator
from governance.commands.undertakings import move_undertaking, plan_undertaking, write_undertaking
from governance.forms.papers import EvaluationDraft, ReportDraft, RoundDraft, UndertakingDraft
from governance.forms.roadmap import IndicatorDraft
from governance.models.papers import EVALUATION_STATES, REPORT_STATES, UNDERTAKING_STATES, Evaluation, Report, Snapshot, Undertaking
from governance.permissions import Held, can_move, can_opine, can_see
from governance.queries.papers import flow_of, held, ruling_in_force, snapshots_of
from governance.rating import Ruling
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from groupware.kernel.ref import Ref
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess, build_house
from tests.directory.town import unit
from tests.governance.hall import ids, now, put, report, town
from tests.support.flows import Oracle, expected, permitted, strays

SECTION, HEADS = ("clerk", "chief", "head"), ("head",)
# (state, act): (who, next state). Facts, A-1, A-2, A-3; the parts that are settings both ways.
REPORTS = {
    ("writing", "submit"): (SECTION, "submitted"), ("submitted", "approve"): (HEADS, "approved"), ("submitted", "return"): (HEADS, "writing"),
    ("approved", "return"): (("steering",), "writing"), ("reported", "freeze"): (("steering",), "frozen")}
WITH_COUNCIL = {**REPORTS, ("approved", "forward"): (("steering",), "council"), ("council", "return"): (("steering",), "writing"),
                ("council", "hear"): (("cio",), "reported")}
WITHOUT_COUNCIL = {**REPORTS, ("approved", "hear"): (("cio",), "reported")}
UNDERTAKINGS = {
    ("writing", "submit"): (SECTION, "submitted"), ("submitted", "approve"): (HEADS, "approved"), ("submitted", "return"): (HEADS, "writing"),
    ("approved", "receive"): (("steering",), "received"), ("approved", "return"): (("steering",), "writing"),
    ("received", "return"): (("steering",), "writing"), ("received", "fix"): (("steering",), "fixed"), ("fixed", "revise"): (SECTION, "writing")}
EVALUATIONS = {
    ("own", "approve"): (HEADS, "second"), ("second", "gather"): (("steering",), "opinion"), ("second", "return"): (("steering",), "own"),
    ("opinion", "close"): (("steering",), "confirm"), ("confirm", "return"): (("cio",), "second"), ("confirm", "confirm"): (("cio",), "cabinet"),
    ("cabinet", "cabinet"): (("steering",), "editing"), ("editing", "publish"): (("steering",), "published")}
WITH_INTERIM = {**EVALUATIONS, ("opinion", "close"): (("steering",), "interim"), ("interim", "interim"): (("director",), "confirm")}
ACTS = ("submit", "approve", "return", "forward", "hear", "freeze", "receive", "fix", "revise", "gather", "close", "interim", "confirm", "cabinet",
        "publish", "steal")
YEARS = count(2001)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, dict[str, Actor]]]:
    """One house for all tests of this module: each works on papers of a year of its own."""
    for made in build_house(tmp_path_factory.mktemp("hall")):
        yield made, town()


@pytest.fixture
def house(hall: tuple[InProcess, dict[str, Actor]]) -> InProcess:
    return hall[0]


@pytest.fixture
def people(hall: tuple[InProcess, dict[str, Actor]]) -> Iterator[dict[str, Actor]]:
    yield hall[1]
    change_ruling(hall[1]["steering"], Ruling())
    db.end_reading()


@pytest.mark.parametrize("council", [True, False])
def test_a_report_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor], council: bool) -> None:
    change_ruling(people["steering"], Ruling(council=council))
    states = [each for each in REPORT_STATES if council or each != "council"]
    _try_all(people, Report, report(people, next(YEARS)), states, move_report, WITH_COUNCIL if council else WITHOUT_COUNCIL, line="受付を始めた")


def test_an_undertaking_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    _try_all(people, Undertaking, undertaking(people), list(UNDERTAKING_STATES), move_undertaking, UNDERTAKINGS)


@pytest.mark.parametrize("interim", [False, True])
def test_an_evaluation_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor], interim: bool) -> None:
    change_ruling(people["steering"], Ruling(interim=interim))
    number = open_evaluations(people["steering"], next(YEARS))[0]
    states = [each for each in EVALUATION_STATES if interim or each != "interim"]
    _try_all(people, Evaluation, number, states, move_evaluation, WITH_INTERIM if interim else EVALUATIONS, own_words="できた", second_words="そうだ")


def test_only_the_section_writes_and_only_while_it_is_open(people: dict[str, Actor]) -> None:
    number = report(people, next(YEARS))
    for state, who in product(REPORT_STATES, people):
        put(Report, number, state=state)
        allowed = state in {"due", "writing"} and who in SECTION
        assert _done(partial(write_report, people[who], number, ReportDraft("", "様子"))) == allowed, (state, who)


def test_who_sees_and_advises_on_what(people: dict[str, Actor]) -> None:
    """The matrix of facts 2.5, written down here again."""
    work = {"clerk", "chief", "head", "leader", "steering", "director", "cio", "mayor"}
    before_advisers = {"report": {"council", "reported", "frozen"}, "undertaking": {"received", "fixed"}, "evaluation": {"opinion"}}
    for kind, states, number in ((Report, REPORT_STATES, report(people, next(YEARS))), (Undertaking, UNDERTAKING_STATES, undertaking(people)),
                                 (Evaluation, EVALUATION_STATES, open_evaluations(people["steering"], next(YEARS))[0])):
        name = kind.__name__.lower()
        for state, who in product(states, people):
            put(kind, number, state=state)
            found = held(people[who], Ref(kind.kind, number))
            sees = who in work - ({"leader"} if kind is Evaluation else set()) or (who == "adviser" and state in before_advisers[name])
            opines = ((kind is Evaluation and who == "adviser" and state == "opinion")
                      or (kind is not Evaluation and state not in {"frozen", "fixed"} and (who == "leader" or (who == "adviser" and sees))))
            assert (can_see(people[who], found), can_opine(people[who], found)) == (sees, opines), (name, state, who)


def test_a_leader_advises_and_an_adviser_gives_an_opinion_and_nobody_else(people: dict[str, Actor]) -> None:
    number = report(people, next(YEARS))
    put(Report, number, state="council")
    about = Ref(Report.kind, number)
    assert {who for who in people if _done(partial(give_opinion, people[who], about, "よいと思う"))} == {"leader", "adviser"}


@pytest.mark.parametrize(("value", "rating"), [
    ("121", "S"), ("120", "A"), ("105", "A"), ("100", "A"), ("95", "B"), ("90", "B"), ("89.9", "C"), ("", "-")])
def test_the_rule_rates_as_the_facts_say(value: str, rating: str) -> None:
    assert Ruling().rate(value, "100", "120", "up") == rating


@pytest.mark.parametrize(("value", "rating"), [("79", "S"), ("80", "A"), ("100", "A"), ("101", "B"), ("110", "B"), ("111", "C"), ("", "-")])
def test_less_is_better_turns_the_rule_round(value: str, rating: str) -> None:
    assert Ruling().rate(value, "100", "80", "down") == rating


def test_the_scale_is_the_editions_own() -> None:
    assert Ruling(reaching=True).rate("120", "100", "120", "up") == "S"
    assert Ruling(within=20).rate("85", "100", "120", "up") == "B"
    assert Ruling().rate("85", "", "120", "up") == "-"


def test_a_value_and_one_line_are_enough_and_another_rating_needs_a_reason(people: dict[str, Actor]) -> None:
    number = report(people, next(YEARS))
    made = enter_indicator(people["clerk"], ids()["M03"], indicator())
    write_report(people["clerk"], number, ReportDraft("105", "予定の手続を載せた"))
    found = now(Report, number)
    assert (found.state, found.rating_auto, found.rating, found.value) == ("writing", "A", "A", "105")
    with pytest.raises(Invalid, match="わけ"):
        write_report(people["clerk"], number, ReportDraft("105", "載せた", "B"))
    write_report(people["clerk"], number, ReportDraft("105", "載せた", "B", "窓口の件数が減っていない"))
    assert (now(Report, number).rating_auto, now(Report, number).rating) == ("A", "B")
    drop_indicator(people["clerk"], made)


def test_the_database_itself_wants_a_reason(people: dict[str, Actor]) -> None:
    number = report(people, next(YEARS))
    with pytest.raises(Exception, match=r"(?i)constraint"):
        put(Report, number, rating="S")


def test_whoever_saw_another_text_does_not_write_over_it(people: dict[str, Actor]) -> None:
    number = report(people, next(YEARS))
    seen = now(Report, number).version
    write_report(people["clerk"], number, ReportDraft("", "はじめの人", version=seen))
    with pytest.raises(Conflict):
        write_report(people["chief"], number, ReportDraft("", "あとの人", version=seen))
    assert now(Report, number).line == "はじめの人"


def test_what_is_frozen_stays_and_the_next_one_says_what_differs(house: InProcess, people: dict[str, Actor]) -> None:
    year = next(YEARS)
    first, second = frozen(people, year, 1, "はじめた"), frozen(people, year, 2, "二つ目も載せた")
    old = snapshots_of(Ref(Report.kind, first))[0]
    with pytest.raises(AssertionError):
        put(Snapshot, old.id, content={})
    page = signed_in(house, people["stranger"]).get(f"/governance/reports/{second}").text
    assert "前に凍結した報告から変わったところ" in page
    assert "はじめた" in page
    assert "二つ目も載せた" in page


def test_the_words_of_the_last_one_are_marked(people: dict[str, Actor]) -> None:
    year = next(YEARS)
    frozen(people, year, 1, "変わりなし")
    number = report(people, year, 2)
    write_report(people["clerk"], number, ReportDraft("", "変わりなし"))
    assert now(Report, number).same
    write_report(people["clerk"], number, ReportDraft("", "一つ進んだ"))
    assert not now(Report, number).same


def test_an_undertaking_serves_several_measures_and_is_revised_as_another_version(people: dict[str, Actor]) -> None:
    number = undertaking(people)
    for who, act in (("clerk", "submit"), ("head", "approve"), ("steering", "receive"), ("steering", "fix")):
        move_undertaking(people[who], number, act)
    move_undertaking(people["clerk"], number, "revise", "予算が変わった")
    write_undertaking(people["clerk"], number, UndertakingDraft("申請書を一枚に", "二年で", (ids()["M03"],), 2026))
    for who, act in (("clerk", "submit"), ("head", "approve"), ("steering", "receive"), ("steering", "fix")):
        move_undertaking(people[who], number, act)
    found = snapshots_of(Ref(Undertaking.kind, number))
    assert [(each.number, each.content["body"], len(each.content["measures"])) for each in found] == [(1, "一年で", 2), (2, "二年で", 1)]


def test_a_round_is_asked_for_once_and_only_where_somebody_leads(people: dict[str, Actor]) -> None:
    year = next(YEARS)
    assert len(open_round(people["steering"], RoundDraft(year, 1, None))) == 1
    with pytest.raises(Conflict):
        open_round(people["steering"], RoundDraft(year, 1, None))
    for who in ("clerk", "head", "cio", "adviser"):
        with pytest.raises(Forbidden):
            open_round(people[who], RoundDraft(year, 2, None))
    with pytest.raises(Invalid):
        open_round(people["steering"], RoundDraft(year, 5, None))


def test_an_evaluation_comes_to_everybody_when_it_is_published(house: InProcess, people: dict[str, Actor]) -> None:
    number = open_evaluations(people["steering"], next(YEARS))[0]
    write_evaluation(people["clerk"], number, EvaluationDraft("A", "目標どおり"))
    stranger = signed_in(house, people["stranger"])
    for who, act in (("head", "approve"),):
        move_evaluation(people[who], number, act)
    write_evaluation(people["steering"], number, EvaluationDraft("B", "窓口は変わらない"))
    move_evaluation(people["steering"], number, "gather")
    give_opinion(people["adviser"], Ref(Evaluation.kind, number), "様式から見直す")
    assert stranger.get(f"/governance/evaluations/{number}").status_code == 404
    for who, act in (("steering", "close"), ("cio", "confirm"), ("steering", "cabinet"), ("steering", "publish")):
        move_evaluation(people[who], number, act)
    page = stranger.get(f"/governance/evaluations/{number}").text
    assert "窓口は変わらない" in page
    assert "様式から見直す" in page


def undertaking(people: dict[str, Actor]) -> int:
    return int(plan_undertaking(people["clerk"], unit("0310"), UndertakingDraft("申請書を一枚に", "一年で", (ids()["M03"], ids()["M07"]), 2026)))


def indicator(**more: str) -> IndicatorDraft:
    return IndicatorDraft.parse(MultiDict({"stage": "first", "name": "電子申請の割合", "unit": "％", "direction": "up", "base": "100",
                                           "base_year": "R5", "target": "120", "target_year": "R9", **more}))


def frozen(people: dict[str, Actor], year: int, period: int, line: str) -> int:
    number = report(people, year, period)
    write_report(people["clerk"], number, ReportDraft("", line))
    for who, act in (("clerk", "submit"), ("head", "approve"), ("steering", "forward"), ("cio", "hear"), ("steering", "freeze")):
        move_report(people[who], number, act)
    return number


def _try_all(people: dict[str, Actor], kind: type[Any], number: int, states: list[str], move: Callable[..., None], oracle: Oracle,
             **written: str) -> None:
    """Over all states, acts and people the rule and the flow are asked; the command does what is allowed, and is tried on much of what is not."""
    ruling, hands = ruling_in_force(), {who: held(people[who], Ref(kind.kind, number)) for who in people}

    def parts(state: str, who: str) -> frozenset[str]:
        found = Held(kind(state=state), hands[who].units, hands[who].parts)
        return found.parts if can_see(people[who], found) and can_move(people[who], found) else frozenset()
    assert not list(strays(flow_of(kind(), ruling), oracle, states, ACTS, people, parts))
    for state, act, who in [*permitted(oracle), *Random(6).sample(list(product(states, ACTS, people)), 60)]:
        put(kind, number, state=state, **written)
        _done(partial(move, people[who], number, act, "わけ"))
        assert now(kind, number).state == (expected(oracle, state, act, who) or state), (state, act, who)


def _done(deed: Callable[[], object]) -> bool:
    with suppress(Refusal):
        deed()
        return True
    db.end_reading()
    return False

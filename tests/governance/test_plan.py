"""The plan is shown as the city has written it, changes only by a decision, and on its day."""
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from governance.calendar import enforce_editions
from governance.commands.plan import adopt_plan, draft_revision, move_edition
from governance.documents import measure_documents, term_documents
from governance.flows import EDITION
from governance.models.plan import CHECKED, DECIDED, DRAFTED, DROPPED, FORMER, IN_FORCE, Edition
from governance.queries.plan import counts, current_edition, current_plan, edition_for, editions
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.admin.test_admin import signed_in
from tests.chat.town import person
from tests.conftest import InProcess
from tests.governance.hall import draft, hall, said
from tests.support.counting import statements
from tests.support.flows import strays

PAGES = ("/governance", "/governance/plan", "/governance/glossary", "/governance/editions")
# How the parts of the file point at one another.
NOT_WORDS = {"code", "members", "host", "group", "from", "to", "exact_fields", "measure", "national", "iso", "kind", "categories",
             "categories_inferred", "reporting_lines_inferred"}


@pytest.fixture
def desk(house: InProcess) -> FlaskClient:
    return signed_in(house, hall()["staff"])


def test_every_word_of_the_plan_is_on_the_screens(desk: FlaskClient) -> None:
    shown = "".join(_words(desk.get(path).text) for path in (*PAGES, *(f"/governance/measures/{each['code']}" for each in said()["measures"])))
    assert [text for text in _strings(said()) if "".join(text.split()) not in shown] == []


def test_a_word_that_is_missing_would_be_seen() -> None:
    assert list(_strings({"measures": [{"code": "M01", "title": "題"}], "notes": ["一", {"text": "二"}]})) == ["題", "一", "二"]


@pytest.mark.usefixtures("house")
def test_the_plan_counts_what_the_city_counts() -> None:
    hall()
    plan = current_plan()
    assert plan
    found = counts(plan)
    assert [found[each] for each in ("measures", "actions", "strategies", "bullets", "rows", "terms")] == [11, 32, 3, 8, 10, 13]


def test_what_the_city_has_not_said_is_not_filled_in(desk: FlaskClient) -> None:
    for measure in said()["measures"]:
        page = desk.get(f"/governance/measures/{measure['code']}").text
        assert page.count("未設定") >= 2, measure["code"]      # the target and the budget: the source has neither


def test_a_page_of_the_plan_asks_little_of_the_database(house: InProcess) -> None:
    client = signed_in(house, hall()["staff"])
    for path in (*PAGES, "/governance/measures/M07"):
        client.get(path)
        with statements() as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 12, (path, asked)


@pytest.mark.usefixtures("each_house")
def test_a_revision_is_checked_decided_and_in_force_on_its_day_and_the_old_one_stays_readable() -> None:
    people, content = hall(), said()
    content["measures"].pop()
    content["measures"][0]["title"] = "標準化を進める"
    number = draft_revision(people["steering"], draft(content, "国の方針が変わった"))
    move_edition(people["steering"], number, "check", "M11 の担当へ話した")
    tomorrow = clock.today() + timedelta(days=1)
    move_edition(people["cio"], number, "decide", from_day=tomorrow)
    enforce_editions()
    assert _state(number) == DECIDED
    with clock.at(clock.now() + timedelta(days=1)):
        enforce_editions()
    db.end_reading()
    now = current_edition()
    assert now
    assert (now.id, len(now.content["measures"]), now.decider_name) == (number, 10, "諏訪 康之")
    assert [(each.number, each.state) for each in editions(people["staff"])] == [(2, IN_FORCE), (1, FORMER)]
    found = {each.title for each in measure_documents(range(1, 20))}
    assert (len(found), "M01 標準化を進める" in found) == (10, True)


@pytest.mark.usefixtures("each_house")
def test_a_draft_is_for_those_who_work_on_it() -> None:
    people, content = hall(), said()
    content["measures"].pop()
    number = draft_revision(people["steering"], draft(content, "見直し"))
    assert edition_for(people["cio"], number).state == DRAFTED
    for who in ("staff", "adviser"):
        with pytest.raises(NotFound):
            edition_for(people[who], number)
        with pytest.raises(Forbidden):
            draft_revision(people[who], draft(content, "見直し"))
        assert [each.number for each in editions(people[who])] == [1]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("wrong", "words"), [
    ({"measures": None}, "計画の「measures」"), ({"measures": [{"code": "M01"}]}, "1番目の「number」"), ({"plan": {"title": 7}}, "「title」"),
    ({"glossary": [{"term": "語"}]}, "「definition」"), ({"measures": [said()["measures"][0]] * 2}, "M01 が二つあります")])
def test_a_file_that_is_no_plan_is_refused_with_its_place_and_changes_nothing(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid) as refused:
        adopt_plan(SYSTEM, draft({**said(), **wrong}))
    assert words in str(refused.value.fields)
    assert current_edition() is None


@pytest.mark.usefixtures("house")
def test_a_second_plan_is_a_revision_with_a_reason_and_other_words() -> None:
    people, content = hall(), said()
    with pytest.raises(Conflict):
        adopt_plan(SYSTEM, draft(content))
    with pytest.raises(Invalid):
        draft_revision(people["steering"], draft(content, "同じもの"))
    content["measures"].pop()
    with pytest.raises(Invalid):
        draft_revision(people["steering"], draft(content))


# Who leads a revision from where to where, written apart from the code: facts, A-1.
ORACLE = {
    (DRAFTED, "check"): ("steering", CHECKED), (CHECKED, "return"): ("cio", DRAFTED), (CHECKED, "decide"): ("cio", DECIDED),
    (DRAFTED, "drop"): ("steering", DROPPED), (CHECKED, "drop"): ("steering", DROPPED), (DECIDED, "drop"): ("steering", DROPPED)}


def test_the_way_of_a_revision_is_the_one_of_the_table_in_every_state_by_every_part() -> None:
    oracle = {way: ((who, "mayor") if who == "cio" else (who,), after) for way, (who, after) in ORACLE.items()} | {
        (DECIDED, "enforce"): (("system",), IN_FORCE), (IN_FORCE, "replace"): (("system",), FORMER)}
    parts = ("steering", "cio", "mayor", "director", "system", "section", "head")
    states = (DRAFTED, CHECKED, DECIDED, DROPPED, IN_FORCE, FORMER)
    assert not list(strays(EDITION, oracle, states, (*EDITION.acts, "steal"), parts, lambda _, part: {part}))


@pytest.mark.usefixtures("house")
def test_every_other_act_by_every_actor_in_every_state_is_refused() -> None:
    people, content = hall(), said()
    content["measures"].pop()
    number = draft_revision(SYSTEM, draft(content, "見直し"))
    for state, act, who in product((DRAFTED, CHECKED, DECIDED, DROPPED, FORMER), EDITION.acts, people):
        _put(number, state)
        by, after = ORACLE.get((state, act), ("", state))
        assert _moved(people[who], number, act) == (after if who == by else state), (state, act, who)


@pytest.mark.usefixtures("house")
def test_nobody_decides_on_a_draft_of_their_own() -> None:
    hall()
    both, content = person("堀江 亮", roles=("steering", "cio")), said()
    content["measures"].pop()
    number = draft_revision(both, draft(content, "見直し"))
    move_edition(both, number, "check", "確かめた")
    with pytest.raises(Forbidden):
        move_edition(both, number, "decide", from_day=clock.today())


def test_a_measure_is_found_by_any_of_its_names_and_a_word_by_itself(desk: FlaskClient) -> None:
    measure = next(each for each in said()["measures"] if each.get("aliases"))
    assert f"/governance/measures/{measure['code']}" in desk.get("/ui/jump.json", query_string={"q": measure["aliases"][0]}).text
    assert next(each.title for each in measure_documents([1])).startswith("M01 ")
    assert next(iter(term_documents([1]))).title == said()["glossary"][0]["term"]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key in NOT_WORDS else _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


def _words(page: str) -> str:
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def _state(number: int) -> str:
    db.end_reading()
    return db.session.get_one(Edition, number).state


def _put(number: int, state: str) -> None:
    """As if it had come so far."""
    def put() -> None:
        db.session.get_one(Edition, number).state = state
    db.write(put)


def _moved(who: Actor, number: int, act: str) -> str:
    with suppress(Refusal):
        move_edition(who, number, act, "わけ", clock.today())
    return _state(number)


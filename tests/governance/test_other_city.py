"""Another city's plan in the same form, much shorter and with much unsaid: every page shows it, and nothing of the first city."""
from typing import Any

import pytest
from flask.testing import FlaskClient

from governance.commands.plan import adopt_plan, draft_revision, move_edition
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from tests.admin.test_admin import signed_in
from tests.chat.town import person
from tests.conftest import InProcess
from tests.governance.hall import draft

LEAST: dict[str, Any] = {
    "plan": {"title": "みどり野市デジタル計画"},
    "measures": [{"code": "M01", "number": 1, "title": "窓口を一つに", "actions": [{"no": 1, "text": "用紙を一枚にします。"}]},
                 {"code": "M02", "number": 2, "title": "紙を減らす", "actions": []}]}
MORE: dict[str, Any] = {
    **LEAST, "plan": {"title": "みどり野市デジタル計画", "municipality": "みどり野市", "parent_plan": None},
    "period": {"start": None, "year_columns": [{"label": "R8", "name": "令和8年度", "fiscal_year": 2026},
                                               {"label": "R9", "name": "令和9年度", "fiscal_year": 2027}]},
    "vision": {"statements": [{"name": "近い市役所", "description": "出かけずに済む。"}]},
    "strategies": [{"number": 1, "name": "近くする", "bullets": None}], "categories": None, "groups": [{"code": "市独自", "name": "市独自"}],
    "measures": [{**LEAST["measures"][0], "strategy_number": 1, "group": "市独自", "aliases": ["ワンストップ"]}, LEAST["measures"][1]],
    "roadmap": {"rows": [{"order": 1, "name": "窓口", "measure_number": 1, "bars": None, "goals": None}]},
    "roles": [{"code": "HEAD", "name": "市長"}], "bodies": [{"code": "BOARD", "name": "推進会議", "members": ["HEAD"], "host": None}],
    "glossary": [{"term": "用紙", "definition": "書くための紙。"}], "national_plan_crosswalk": None}
PAGES = ("", "/plan", "/glossary", "/editions", "/editions/1", "/roadmap", "/survey", "/reports", "/undertakings", "/settings", "/sheets",
         "/measures/M01", "/measures/M02", "/measures/M01/settings", "/measures/M01/indicators/new", "/editions/1/revision")


@pytest.fixture
def desk(house: InProcess) -> FlaskClient:
    return signed_in(house, person("井上 慎一", roles=("steering", "cio")))


@pytest.mark.parametrize("content", [LEAST, MORE], ids=["least", "more"])
def test_every_page_shows_another_citys_plan_and_says_unset_what_it_does_not_say(desk: FlaskClient, content: dict[str, Any]) -> None:
    adopt_plan(SYSTEM, draft(content))
    db.end_reading()
    for path in PAGES:
        answer = desk.get(f"/governance{path}")
        assert answer.status_code == 200, (path, answer.status_code)
        assert "北広島" not in answer.text, path
        assert "None" not in answer.text, path
    assert "窓口を一つに" in desk.get("/governance").text
    assert "用紙を一枚にします。" in desk.get("/governance/measures/M01").text
    assert desk.get("/governance/measures/M02").text.count("未設定") >= 2
    assert desk.get("/governance/measures/M03").status_code == 404


def test_after_a_revision_the_old_plan_stays_readable_word_for_word(desk: FlaskClient) -> None:
    adopt_plan(SYSTEM, draft(MORE))
    number = draft_revision(SYSTEM, draft({**MORE, "measures": [{**MORE["measures"][0], "title": "窓口をなくす"}]}, "窓口が要らなくなった"))
    steering, cio = person("藤倉 美咲", roles=("steering",)), person("諏訪 康之", roles=("cio",))
    move_edition(steering, number, "check", "M02 の担当に話した")
    move_edition(cio, number, "decide", from_day=clock.today())
    move_edition(SYSTEM, number, "enforce")
    assert "紙を減らす" in desk.get("/governance/editions/1").text
    assert "紙を減らす" not in desk.get("/governance/plan").text
    assert "窓口をなくす" in desk.get("/governance/measures/M01").text
    assert "いま施行している計画にはありません" in desk.get("/governance/measures/M02").text
    assert "/governance/measures/M01" in desk.get("/ui/jump.json", query_string={"q": "ワンストップ"}).text

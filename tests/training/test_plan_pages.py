"""The pages of people's plans: from the draft to the frozen end, who reads them and who only counts, and what they cost."""
from datetime import UTC, datetime
from functools import partial

import pytest
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import may_see
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited, statements_of
from tests.directory.town import move as transfer
from tests.training.planned import YEAR, active, now, wanting, written
from tests.training.school import course
from tests.training.skilled import certified, skilled_town
from training.commands.learning import learn_alone
from training.commands.plans import move_plan
from training.commands.skills import rate_oneself
from training.forms.plans import PlanDraft
from training.models.courses import ALONE
from training.models.plans import PlanSkill, PlanStep
from training.queries.plans import members, plan_counts
from training.queries.skills import skills_in_force
from training.widgets import turns_to_do

people = pytest.fixture(skilled_town)


def test_from_the_draft_to_the_frozen_end_by_the_pages(house: InProcess, people: dict[str, Actor]) -> None:
    me, head, skill = signed_in(house, people["self"]), signed_in(house, people["head"]), skills_in_force()[0].id
    lesson = course(people, ALONE, title="情報の扱い")
    row = {"what-0": f"skill:{skill}", "level-0": "3", "until-0": "R8.12.25", "how-0": "毎月の集計で"}
    form = {"year": "2026", "aim": "集計を楽に", **row, "what-4": f"course:{lesson}", "until-4": "2027/3/31"}
    at = me.post("/training/plans", data=form).headers["Location"]
    assert [client.get(at).status_code for client in (me, head)] == [200, 404]
    assert me.post("/training/plans", data=form).status_code == 409
    assert me.post(at, data={**form, "aim": "集計をもっと楽に"}).status_code == 303
    for client, act, reason, said in ((me, "submit", "", 303), (head, "take", "", 303), (head, "return", "", 422),
                                      (head, "return", "日を早めて", 303), (me, "submit", "", 303), (head, "take", "", 303), (head, "agree", "", 303),
                                      (me, "note", "", 422), (me, "note", "三つ試した", 303), (head, "note", "よい調子", 303)):
        assert client.post(f"{at}/steps", data={"act": act, "reason": reason}).status_code == said, act
    page = me.get(at).text
    assert all(words in page for words in ("集計をもっと楽に", "日を早めて", "三つ試した", "よい調子", "令和8年12月25日", "0件に届いた"))
    certified(people, "self", 0, 3)
    learn_alone(people["self"], lesson)
    assert "2件に届いた" in head.get(at).text
    assert head.post(f"{at}/steps", data={"act": "complete"}).status_code == 303
    assert "完了したときのスキル" in me.get(at).text
    assert len(audited("training.PlanMoved")) == 9
    assert me.post(f"{at}/steps", data={"act": "revise"}).status_code == 409
    assert me.post(f"{at}/renewal").status_code == 409
    assert f"{at}/renewal" not in me.get(at).text
    with clock.at(datetime(2027, 2, 1, 1, tzinfo=UTC)):
        me, head = (signed_in(house, people[who]) for who in ("self", "head"))
        assert [f"{at}/renewal" in client.get(at).text for client in (me, head)] == [True, False]
        assert me.post(f"{at}/renewal").status_code == 303
        assert f"{at}/renewal" not in me.get(at).text


def test_who_reads_a_plan_and_who_only_counts(house: InProcess, people: dict[str, Actor]) -> None:
    number = active(people, aim="ひみつのねらい")
    for who, actor in people.items():
        client, reads, outside = signed_in(house, actor), who in {"self", "head", "above"}, who == "adviser"
        assert client.get(f"/training/plans/{number}").status_code == (200 if reads else 404), who
        assert may_see(actor, Ref("training.plan", number)) == reads, who
        assert client.get("/training/section/plans").status_code == (200 if who in {"head", "above", "other_head"} else 403), who
        page = client.get("/training/plans")
        assert page.status_code == (403 if outside else 200), who
        assert ("課ごとの件数" in page.text) == (who == "steering"), who
        assert who == "self" or "ひみつのねらい" not in page.text, who
    assert [(name, dict(each)) for name, each in plan_counts(YEAR)] == [("市民課", {"active": 1})]
    transfer(people["head"].user_id, "0320", clock.today(), "課長")
    db.end_reading()
    with pytest.raises(NotFound):
        move_plan(people["head"], number, "complete")


def test_the_first_page_asks_whoever_has_the_turn(house: InProcess, people: dict[str, Actor]) -> None:
    number = written(people["self"])

    def asked() -> dict[str, str]:
        db.end_reading()
        with house.app.test_request_context():
            return {who: each.act for who, actor in people.items() for each in turns_to_do(actor)}
    assert asked() == {}
    move_plan(people["self"], number, "submit")
    assert asked() == {"head": "確認する", "above": "確認する"}
    move_plan(people["head"], number, "take")
    move_plan(people["head"], number, "return", "日を早めて")
    assert asked() == {"self": "直す"}
    for who, act in (("self", "submit"), ("head", "take"), ("head", "agree")):
        move_plan(people[who], number, act)
    assert asked() == {}
    with clock.at(datetime(2027, 4, 2, 1, tzinfo=UTC)):
        assert asked() == {"head": "まとめる", "above": "まとめる"}


@pytest.mark.parametrize("said", [{"aim": " "}, {"aim": "あ" * 1001}, {"what-0": ""}, {"what-0": "else:1"}, {"what-0": "skill:x"}, {"level-0": "9"},
                                  {"until-0": ""}, {"until-0": "いつか"}, {"until-0": "2027-04-01"}, {"how-0": "あ" * 301},
                                  {"what-1": "skill:1", "until-1": "2027-03-31", "level-1": "2"}])
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(said: dict[str, str]) -> None:
    good = {"aim": "楽に", "what-0": "skill:1", "level-0": "3", "until-0": "2027-03-31", "how-0": "試す"}
    assert len(PlanDraft.parse(MultiDict(good), YEAR).items) == 1
    with pytest.raises(Invalid, match="。"):
        PlanDraft.parse(MultiDict({**good, **said}), YEAR)


def test_the_pages_cost_the_same_for_few_and_for_many_and_frozen_is_frozen(house: InProcess, people: dict[str, Actor]) -> None:
    wanting(people, "0310", 0)
    number = active(people)
    client, me = signed_in(house, people["above"]), signed_in(house, people["self"])

    def cost() -> list[int]:
        for each in (client, me):
            each.get("/training/section/plans")
        return [statements_of(partial(one.get, page)) for one, page in
                ((client, "/training/section/plans"), (me, "/training/plans"), (me, f"/training/plans/{number}"))]
    few = cost()
    for who in ("colleague", "head", "stranger"):
        written(people[who])
    wanting(people, "0310", 1)
    rate_oneself(people["self"], skills_in_force()[1].id, 2)
    assert max(few) <= 30
    assert cost() == few
    move_plan(people["above"], number, "complete")

    def change(kept: type[PlanSkill | PlanStep]) -> None:
        db.session.query(kept).filter_by(plan_id=number).first().name = "別のもの"       # type: ignore[union-attr]
        db.session.flush()
    with pytest.raises(AssertionError):
        db.write(partial(change, PlanSkill))
    assert [each.plan for each in members(people["above"]) if each.plan and each.plan.state == "complete"] == [now(number)]

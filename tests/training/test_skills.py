"""Skills: frameworks in editions, evidence step by step, certified by adding only."""
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited, unit
from tests.directory.town import move as transfer
from tests.support.flows import strays
from tests.training.skilled import THIS, certified, claim, framework, skilled_town
from training.calendar.courses import follow_all
from training.commands.skills import bring_items, draft_framework, move_claim, rate_oneself, set_wanted, take_certification, tell_expiries
from training.events.skills import CertificationTaken
from training.flows.skills import CLAIM
from training.forms.skills import FrameworkDraft, Item, WantedDraft
from training.models.skills import CLAIMS, Certification, Claim, Rating, Skill
from training.permissions.skills import claim_parts
from training.queries.heat import heat, wanted_by
from training.queries.skills import certifications_of, known_by, skills_in_force
from training.reactions.skills import tell_taken
from training.widgets import reviews_to_do

MINE, REVIEWERS = ("self",), ("head", "above", "steering")
ORACLE = {**{(before, "submit"): (MINE, "submitted") for before in ("writing", "returned")},
          **{(before, "drop"): (MINE, "dropped") for before in ("writing", "submitted", "returned")},
          ("submitted", "take"): (REVIEWERS, "reviewing"), ("reviewing", "certify"): (REVIEWERS, "certified"),
          ("reviewing", "return"): (REVIEWERS, "returned")}

people = pytest.fixture(skilled_town)


def test_evidence_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    actors = {**people, "system": SYSTEM}
    parts = {who: claim_parts(actor, people["self"].user_id, unit("0310")) for who, actor in actors.items()}
    assert list(strays(CLAIM, ORACLE, tuple(CLAIMS), (*CLAIM.acts, "steal"), tuple(actors), lambda _, who: parts[who])) == []


def test_from_evidence_to_a_certification_by_the_pages(house: InProcess, people: dict[str, Actor]) -> None:
    me, head = (signed_in(house, people[who]) for who in ("self", "head"))
    skill = skills_in_force()[0].id
    at = me.post("/training/claims", data={"skill": skill, "level": 3, "proof": "work", "words": "集計を改めた"}).headers["Location"]
    assert head.get(at).status_code == 404
    assert me.post(f"{at}/steps", data={"act": "submit"}).status_code == 303
    assert "柏木 真帆 さん：スキルA" in head.get("/training/skills").text
    assert head.post(f"{at}/steps", data={"act": "take"}).status_code == 303
    assert head.post(f"{at}/steps", data={"act": "return"}).status_code == 422
    assert head.post(f"{at}/steps", data={"act": "return", "reason": "いつのことか"}).status_code == 303
    assert "いつのことか" in me.get(at).text
    assert me.post(at, data={"skill": skill, "level": 3, "proof": "work", "words": "五月に集計を改めた"}).status_code == 303
    for client, act in ((me, "submit"), (head, "take")):
        assert client.post(f"{at}/steps", data={"act": act}).status_code == 303
    assert head.post(f"{at}/steps", data={"act": "certify", "level": 2, "months": 12}).status_code == 303
    made, _ = certifications_of(people["self"].user_id)[0]
    assert (made.level, made.expires_on, made.number) == (2, date(2027, 6, 17), "R8-00001")
    assert "令和9年6月17日" in me.get("/training/skills").text
    assert len(audited("training.ClaimMoved")) == 6
    with pytest.raises(AssertionError):
        db.write(partial(_spoil, made.id))


def test_who_reads_evidence_and_who_certifies(house: InProcess, people: dict[str, Actor]) -> None:
    number = claim(people["self"], 0)
    sees = {"self", "head", "above", "steering"}
    for who, actor in people.items():
        assert signed_in(house, actor).get(f"/training/claims/{number}").status_code == (200 if who in sees else 404), who
        assert signed_in(house, actor).get("/training/heat").status_code == (
            200 if who in {"steering", "cio", "director", "head", "above", "other_head"} else 403), who
    with pytest.raises(Forbidden):
        move_claim(people["self"], number, "take")
    own = claim(people["steering"], 0)
    with pytest.raises(Forbidden):
        move_claim(people["steering"], own, "take")
    transfer(people["head"].user_id, "0320", clock.today(), "課長")
    db.end_reading()
    with pytest.raises(NotFound):
        move_claim(people["head"], number, "take")


def test_a_certification_is_taken_back_by_another_record(people: dict[str, Actor]) -> None:
    number = certified(people, "self", 0, 3)
    with pytest.raises(Invalid):
        take_certification(people["steering"], number, "")
    with pytest.raises(Refusal):
        take_certification(people["head"], number, "誤り")
    take_certification(people["steering"], number, "誤り")
    db.end_reading()
    assert [made.level for made, _ in certifications_of(people["self"].user_id)] == [0, 3]
    assert known_by(people["self"].user_id)[0].level == 0
    with pytest.raises(NotFound):
        take_certification(people["steering"], number, "もう一度")


def test_the_keepers_take_it_back_by_the_page_and_its_holder_is_told(house: InProcess, people: dict[str, Actor]) -> None:
    number = certified(people, "self", 0, 3)
    at = f"/training/claims/{db.session.query(Claim.id).scalar()}"
    keeper, head, me = (signed_in(house, people[who]) for who in ("steering", "head", "self"))
    assert ["認定を取り消す" in client.get(at).text for client in (keeper, head, me)] == [True, False, False]
    assert keeper.post(f"/training/certifications/{number}/removal", data={}).status_code == 422
    assert keeper.post(f"/training/certifications/{number}/removal", data={"reason": "取り違え"}).headers["Location"] == at
    for client in (keeper, head, me):
        page = client.get(at).text
        assert "取り違え" in page
        assert "認定を取り消す" not in page
    told: Any = tell_taken(CertificationTaken(number + 1, people["self"].user_id))
    assert [(notice.user_id, notice.reason) for notice in told] == [(people["self"].user_id, "スキルの認定が取り消されました")]


def test_what_waits_for_review_stands_on_the_first_page_of_whoever_answers_for_it(people: dict[str, Actor]) -> None:
    number = claim(people["self"], 0)
    claim(people["colleague"], 1)

    def asked(who: str) -> list[str]:
        return [each.title for each in reviews_to_do(people[who])]
    assert asked("head") == asked("above") == ["柏木 真帆 さんの証拠（スキルA） ほか1件"]
    assert [asked(who) for who in ("self", "stranger", "other_head", "steering", "adviser")] == [[]] * 5
    move_claim(people["steering"], number, "take")
    db.end_reading()
    assert asked("steering") == ["柏木 真帆 さんの証拠（スキルA）"]
    with clock.at(THIS + timedelta(days=8)):
        assert asked("steering") == ["柏木 真帆 さんの証拠（スキルA） ほか1件"]


def test_self_rating_counts_for_nothing_but_itself(people: dict[str, Actor]) -> None:
    skill = skills_in_force()[0].id
    set_wanted(people["steering"], WantedDraft(unit("0310"), "staff", skill, 2, 1))
    rate_oneself(people["self"], skill, 4)
    db.end_reading()
    cell = heat().rows[0].cells[skill]
    assert (cell.wanted, cell.filled, cell.missing, cell.says) == (1, 0, 1, 1)


def test_a_new_edition_carries_on_what_has_the_same_code(people: dict[str, Actor]) -> None:
    old = {skill.code: skill.id for skill in skills_in_force()}
    set_wanted(people["steering"], WantedDraft(unit("0310"), "staff", old["B"], 2, 1))
    certified(people, "self", 1, 3)
    with pytest.raises(Conflict):
        bring_items(people["steering"], 1, [Item("Z", "", "足したいもの", "")])
    framework(people["steering"], "令和9年度", ("B", "D"))
    assert [(skill.code, skill.framework_id) for skill in skills_in_force()] == [("B", 2), ("D", 2)]
    assert [(wanted.people, skill.code) for wanted, skill in wanted_by(unit("0310"))] == [(1, "B")]
    assert heat().rows[0].missing == 0
    assert [made.skill_id for made, _ in certifications_of(people["self"].user_id)] == [old["B"]]


@pytest.mark.parametrize(("body", "words"), [
    ("項目ID,名称\r\nA,\r\n", "2行目"), ("項目ID,名称\r\nA,一\r\nA,二\r\n", "3行目"), ("項目ID,区分,名称\r\nA,ない区分,一\r\n", "ない区分"),
    ("番号だけ\r\n1\r\n", "名称"), ("", "CSV")])
def test_items_come_by_csv_all_or_none(house: InProcess, people: dict[str, Actor], body: str, words: str) -> None:
    number = draft_framework(people["steering"], FrameworkDraft("試し", "1", "出典", ("道具",)))
    keeper = signed_in(house, people["steering"])
    answer = keeper.post(f"/training/frameworks/{number}/items", data={"file": (BytesIO(body.encode()), "items.csv")})
    assert answer.status_code == 422
    assert words in answer.get_json()["message"]
    assert db.session.query(Skill).filter_by(framework_id=number).count() == 0
    assert keeper.post(f"/training/frameworks/{number}/enforcement").status_code == 422
    good = "項目ID,区分,名称\r\nA-01,道具,髙い①\r\n".encode("cp932")
    assert keeper.post(f"/training/frameworks/{number}/items", data={"file": (BytesIO(good), "items.csv")}).status_code == 303
    assert "髙い①" in keeper.get(f"/training/frameworks/{number}").text
    assert signed_in(house, people["self"]).get(f"/training/frameworks/{number}").status_code == 404


def test_what_one_says_of_oneself_goes_where_one_goes(people: dict[str, Actor]) -> None:
    me, skill = people["self"], skills_in_force()[0].id
    rate_oneself(me, skill, 4)
    transfer(me.user_id, "0321", clock.today())
    follow_all()
    db.end_reading()
    assert db.session.query(Rating.unit_id).filter(Rating.user_id == me.user_id).all() == [(unit("0320"),)]


def test_whoever_holds_something_that_ends_soon_is_told_once_each_time(people: dict[str, Actor]) -> None:
    certified(people, "self", 0, 3, months=12)
    told = []
    for left in (120, 90, 89, 61, 60, 30, 8, 7, 1):
        with clock.at(datetime(2027, 6, 17, 3, tzinfo=UTC) - timedelta(days=left)):
            tell_expiries(SYSTEM)
            tell_expiries(SYSTEM)
            told.append(len(audited("training.ExpiryNear")))
    assert told == [0, 1, 1, 1, 2, 3, 3, 4, 4]


def _spoil(number: int) -> None:
    db.session.get_one(Certification, number).level = 4
    db.session.flush()

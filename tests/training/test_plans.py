"""Plans of people: over all states, acts and people against a table; the year renewed, the skills frozen; who came to a new gap is talked with."""
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from random import Random
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from groupware.kernel.jobs import drain
from groupware.kernel.ref import Ref
from groupware.kernel.things import may_see
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited, statements_of, unit
from tests.directory.town import move as transfer
from tests.support.flows import expected, permitted, strays
from tests.training.hall import done
from tests.training.school import course, leave
from tests.training.skilled import THIS, certified, framework, skilled_town
from training.calendar.plans import keep_plans
from training.commands.learning import learn_alone
from training.commands.plans import move_plan, renew_plan, rewrite_plan, settle_talk, write_plan
from training.commands.skills import rate_oneself, set_wanted
from training.documents import audiences, plan_documents
from training.flows.plans import PLAN, TALK
from training.forms.plans import ItemDraft, PlanDraft
from training.forms.skills import WantedDraft
from training.models.courses import ALONE
from training.models.plans import PLANS, TALKS, Plan, PlanSkill, PlanStep, Talk
from training.permissions.plans import can_see_plan, plan_parts
from training.queries.gaps import needs
from training.queries.plans import aims_of, frozen_skills, held_plan, members, plan_counts, plans_of, years_open
from training.queries.skills import skills_in_force
from training.widgets import turns_to_do

OPEN = ("draft", "waiting", "reviewing", "active")
TALKED = {("proposed", "hold"): (("head", "above"), "held"), ("proposed", "spare"): (("head", "above"), "spared"),
          ("proposed", "lapse"): (("system",), "lapsed")}
YEAR = 2026

people = pytest.fixture(skilled_town)


def oracle(me: str, heads: tuple[str, ...]) -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """(state, act): (who, next state). Facts, B-4. Whom nobody heads begins and completes alone; what is only being written is its author's."""
    mine, leading = (me,), heads or (me,)
    return {("draft", "submit"): (mine, "waiting"), ("draft", "begin"): (() if heads else mine, "active"), ("waiting", "recall"): (mine, "draft"),
            ("waiting", "take"): (heads, "reviewing"), ("reviewing", "return"): (heads, "draft"), ("reviewing", "agree"): (heads, "active"),
            ("active", "note"): ((*mine, *heads), "active"), ("active", "revise"): (mine, "draft"), ("active", "complete"): (leading, "complete"),
            ("complete", "renew"): (mine, "complete"), **{(state, "close"): (("system",), "complete") for state in OPEN}}


def written(actor: Actor, year: int = YEAR, **more: Any) -> int:
    number: int = write_plan(actor, year, draft(year, **more))
    db.end_reading()
    return number


def draft(year: int = YEAR, places: tuple[int, ...] = (0,), aim: str = "集計を楽にしたい") -> PlanDraft:
    return PlanDraft(aim, tuple(ItemDraft("skill", skills_in_force()[each].id, 3, date(year, 12, 25), "試す") for each in places))


def active(people: dict[str, Actor], who: str = "self", **more: Any) -> int:
    number = written(people[who], **more)
    for actor, act in ((people[who], "submit"), (people["head"], "take"), (people["head"], "agree")):
        move_plan(actor, number, act)
    db.end_reading()
    return number


def now(number: int) -> Plan:
    db.end_reading()
    return db.session.get_one(Plan, number)


def put(number: int, state: str) -> None:
    def change() -> None:
        db.session.get_one(Plan, number).state = state
    db.write(change)
    db.end_reading()


@pytest.mark.parametrize(("me", "heads"), [("self", ("head", "above")), ("head", ("above",)), ("above", ())])
def test_a_plan_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor], me: str, heads: tuple[str, ...]) -> None:
    """Over all states, acts and people the rule and the flow are asked; the command does what is allowed, and is tried on much of what is not."""
    actors, table = {**people, "system": SYSTEM}, oracle(me, heads)
    card = people_cards([people[me].user_id])[people[me].user_id]

    def parts(state: str, who: str) -> frozenset[str]:
        held = held_plan(actors[who], Plan(user_id=card.id, state=state), card)
        return held.parts if can_see_plan(actors[who], held) else frozenset()
    known = {(state, who): parts(state, who) for state, who in product(PLANS, actors)}
    acts = (*PLAN.acts, "steal")
    assert list(strays(PLAN, table, tuple(PLANS), acts, tuple(actors), lambda state, who: known[state, who])) == []
    number = written(people[me])
    for state, act, who in [*permitted(table), *Random(4).sample(list(product(PLANS, acts, actors)), 25)]:
        put(number, state)
        done(partial(move_plan, actors[who], number, act, "わけ"))
        assert now(number).state == (expected(table, state, act, who) or state), (state, act, who)


def test_a_talk_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    wanting(people, "0320", 0)
    transfer(people["self"].user_id, "0320", clock.today())
    keep_plans()
    number, actors = talks()[0].id, {**people, "system": SYSTEM}
    table = {key: (("other_head", "above") if "head" in who else who, after) for key, (who, after) in TALKED.items()}
    parts = {who: plan_parts(actor, people["self"].user_id, unit("0320"), headed=True) - {"self"} for who, actor in actors.items()}
    acts = (*TALK.acts, "steal")
    assert list(strays(TALK, table, tuple(TALKS), acts, tuple(actors), lambda _, who: parts[who])) == []
    for state, act, who in [*permitted(table), *Random(5).sample(list(product(TALKS, acts, actors)), 25)]:
        put_talk(number, state)
        done(partial(settle_talk, actors[who], number, act, "わけ"))
        assert talks()[0].state == (expected(table, state, act, who) or state), (state, act, who)


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


def test_a_plan_is_found_by_those_who_may_read_it_and_a_draft_by_its_author(people: dict[str, Actor]) -> None:
    number = written(people["self"], aim="ひみつのねらい")
    for act, seen in (("", {"self"}), ("submit", {"self", "head", "above"})):
        if act:
            move_plan(people["self"], number, act)
        db.end_reading()
        (found,) = plan_documents([number])
        assert "ひみつのねらい" in found.body
        assert {who for who, actor in people.items() if found.audience in audiences(actor)} == seen


def test_the_year_is_renewed_with_what_was_not_reached_and_the_skills_stay_as_they_were(people: dict[str, Actor]) -> None:
    skills = skills_in_force()
    wanting(people, "0310", 2, level=4)
    certified(people, "self", 0, 3)
    rate_oneself(people["self"], skills[1].id, 2)
    number = active(people, places=(0, 1))
    with clock.at(datetime(2027, 3, 20, 1, tzinfo=UTC)):
        assert years_open() == [2026, 2027]
        move_plan(people["head"], number, "complete")
        frozen = [(each.name, each.level, each.said, each.wanted) for each in frozen_skills(number)]
        assert frozen == [("スキルA", 3, 0, 0), ("スキルB", 0, 2, 0), ("スキルC", 0, 0, 4)]
        certified(people, "self", 1, 4)
        assert [each.reached for each in aims_of(now(number))] == [True, False]
        assert [(each.name, each.level, each.said, each.wanted) for each in frozen_skills(number)] == frozen
    for who in ("head", "above"):
        with pytest.raises(Forbidden):
            renew_plan(people[who], number)
    with pytest.raises(Conflict, match="2か月前"):      # in June the year after is far
        renew_plan(people["self"], number)
    with clock.at(datetime(2027, 4, 1, 1, tzinfo=UTC)):
        assert [each.act for each in turns_to_do(people["self"])] == ["つくる"]
        after = renew_plan(people["self"], number)
        assert [(each.year, each.state, each.before_id) for each in plans_of(people["self"].user_id)] == [(2027, "draft", number),
                                                                                                          (2026, "complete", None)]
        assert [(each.name, each.item.until) for each in aims_of(now(after))] == [("スキルB", None)]
        with pytest.raises(Invalid, match="いつまでに"):
            move_plan(people["self"], after, "submit")
        rewrite_plan(people["self"], after, draft(2027, (2,)))
        move_plan(people["self"], after, "submit")
        with pytest.raises(Conflict):
            renew_plan(people["self"], number)
        assert not list(turns_to_do(people["self"]))


@pytest.mark.parametrize("state", OPEN)
def test_what_is_left_open_is_complete_when_april_is_over(people: dict[str, Actor], state: str) -> None:
    number = written(people["self"])
    put(number, state)
    for day, said in ((date(2027, 3, 31), state), (date(2027, 4, 30), state), (date(2027, 5, 1), "complete")):
        with clock.at(datetime(day.year, day.month, day.day, 1, tzinfo=UTC)):
            keep_plans()
            assert now(number).state == said


def test_a_transfer_into_a_section_that_lacks_what_one_lacks_is_talked_about(house: InProcess, people: dict[str, Actor]) -> None:
    """Proposed once, by day and section; not for what was lacking before, not for what the section has enough of."""
    for code, place, level in (("0310", 0, 3), ("0320", 0, 3), ("0320", 1, 2), ("0320", 2, 3)):
        wanting(people, code, place, level)
    certified(people, "stranger", 2, 3)
    keep_plans()
    assert talks() == []
    with clock.at(datetime(2027, 4, 1, 1, tzinfo=UTC)):
        transfer(people["self"].user_id, "0320", clock.today())
        keep_plans()
        keep_plans()
        (talk,) = talks()
        number = talk.id
        assert (talk.user_id, talk.unit_id, talk.since, talk.lacks) == (people["self"].user_id, unit("0320"), date(2027, 4, 1), [["スキルB", 2, 0]])
        while drain():
            pass
        me, head, before = (signed_in(house, people[who]) for who in ("self", "other_head", "head"))
        assert "面談の候補" in me.get("/notifications").text
        assert "異動してきた人との面談" in head.get("/notifications").text
        assert "異動してきた人との面談" not in before.get("/notifications").text
        with house.app.test_request_context():
            assert [each.act for each in turns_to_do(people["other_head"])] == ["面談する"]
            assert [list(turns_to_do(people[who])) for who in ("self", "head", "steering", "adviser")] == [[]] * 4
        assert "スキルB（課は「教わればできる」）" in head.get("/training/section/plans").text
        assert head.post(f"/training/talks/{number}/steps", data={"act": "spare"}).status_code == 422
        assert before.post(f"/training/talks/{number}/steps", data={"act": "hold"}).status_code == 404
        assert head.post(f"/training/talks/{number}/steps", data={"act": "hold"}).status_code == 303
        keep_plans()
        assert [each.state for each in talks()] == ["held"]


def test_who_moves_on_or_is_gone_is_proposed_no_more(people: dict[str, Actor]) -> None:
    wanting(people, "0320", 0)
    for who in ("self", "colleague"):
        transfer(people[who].user_id, "0320", clock.today())
    keep_plans()
    with clock.at(THIS + timedelta(days=1)):
        transfer(people["self"].user_id, "0310", clock.today())
        leave(people["colleague"].user_id)
        keep_plans()
        assert [each.state for each in talks()] == ["lapsed", "lapsed"]


def test_gaps_and_talks_are_those_of_an_oracle_that_thinks_of_one_after_the_other(
        people: dict[str, Actor], trials: Callable[[int, int], int]) -> None:
    """Transfers, certifications and wants in any order, over the turn of years; the oracle keeps lists of its own."""
    chance, crowd, names = Random(44), ("self", "colleague", "stranger"), "ABC"
    seats, held = {"self": "0310", "colleague": "0310", "stranger": "0320"}, dict.fromkeys(product(crowd, range(3)), 0)
    wants = {(code, place): (1 + (place + int(code)) % 4, 1 + place % 2) for code in ("0310", "0320") for place in range(3)}
    for (code, place), (level, many) in wants.items():
        wanting(people, code, place, level, many)
    moment, said = THIS, []

    def short(who: str, code: str, place: int) -> bool:
        level, many = wants[code, place]
        return held[who, place] < level and sum(held[one, place] >= level for one in crowd if seats[one] == code) < many
    for _ in range(trials(12, 600)):
        moment += timedelta(days=chance.randint(1, 90))
        with clock.at(moment):
            who, place = chance.choice(crowd), chance.randrange(3)
            if chance.random() < 0.4 and held[who, place] < 4:
                held[who, place] += 1
                certified(people, who, place, held[who, place])
            else:
                old, seats[who] = seats[who], {"0310": "0320", "0320": "0310"}[seats[who]]
                transfer(people[who].user_id, seats[who], clock.today())
                lacks = [f"スキル{names[place]}" for place in range(3) if short(who, seats[who], place) and not (
                    held[who, place] < wants[old, place][0] >= wants[seats[who], place][0])]
                said += [(who, clock.today(), lacks)] if lacks else []
                keep_plans()
                assert [(each.user_id, each.since, [name for name, _, _ in each.lacks]) for each in talks()] == [
                    (people[who].user_id, since, lacks) for who, since, lacks in said]
            found = needs({people[one].user_id: unit(seats[one]) for one in crowd})
            assert {(one, each.name[-1]) for one in crowd for each in found[people[one].user_id] if each.short} == {
                (one, names[place]) for one in crowd for place in range(3) if short(one, seats[one], place)}


def test_a_new_edition_takes_open_plans_along_and_leaves_those_that_are_complete(people: dict[str, Actor]) -> None:
    with clock.at(datetime(2025, 6, 18, 1, tzinfo=UTC)):
        old = active(people, year=2025)
        move_plan(people["head"], old, "complete")
    new = written(people["self"])
    before = skills_in_force()[0].id
    framework(people["steering"], "令和9年度", ("A", "D"))
    after = skills_in_force()[0].id
    assert [aims_of(now(number))[0].item.skill_id for number in (old, new)] == [before, after]


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


def wanting(people: dict[str, Actor], code: str, place: int, level: int = 3, many: int = 1) -> None:
    set_wanted(people["steering"], WantedDraft(unit(code), "staff", skills_in_force()[place].id, level, many))
    db.end_reading()


def talks() -> list[Talk]:
    db.end_reading()
    return db.session.query(Talk).order_by(Talk.id).all()


def put_talk(number: int, state: str) -> None:
    def change() -> None:
        db.session.get_one(Talk, number).state = state
    db.write(change)
    db.end_reading()

"""What is asked at the end of a course: judged on the server alone, for those of the course alone, kept as it was handed in."""
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited, statements_of
from tests.training.hall import again, town
from tests.training.school import ALL, ASKED, answers, begin, course, move, sitting, state, take
from training.commands.courses import retire_course
from training.commands.learning import learn_alone
from training.commands.quizzes import take_quiz, write_quiz
from training.commands.seats import mark_seats
from training.forms.courses import Mark
from training.forms.quizzes import Answers, QuizDraft
from training.judging import ONE, Question, as_written, judge, paper
from training.models.courses import ALONE, Seat
from training.models.quizzes import Quiz, Try
from training.queries.courses import completions_of
from training.queries.quizzes import outcome_of, quizzed_for, standing_in

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


def test_papers_hold_every_choice_once_and_lead_back_to_what_was_written() -> None:
    """Against an oracle that reads the words: whatever is picked by its words is judged by its words."""
    chance = Random(8)
    for trial in range(200):
        asked = paper(ASKED, 5, trial % 7, trial)
        assert asked == paper(ASKED, 5, trial % 7, trial)
        picked = [[pick for pick in range(len(each.choices)) if chance.random() < 0.5] for each in asked]
        words = {each.text: {each.choices[pick] for pick in picks} for each, picks in zip(asked, picked, strict=True)}
        right = {each.text: {each.choices[place] for place in each.right} for each in ASKED}
        assert all(sorted(each.choices) == sorted(ASKED[each.place].choices) for each in asked)
        verdict = judge(ASKED, as_written(asked, picked), 50)
        missed = frozenset(place for place, each in enumerate(ASKED) if words[each.text] != right[each.text])
        assert (verdict.missed, verdict.score, verdict.passed) == (missed, 100 - 50 * len(missed), len(missed) < 2)
    assert len({tuple(each.order for each in paper(ASKED, 5, 1, number)) for number in range(30)}) > 10


@pytest.mark.parametrize(("right", "needed", "passed"), [(2, 67, False), (2, 66, True), (3, 100, True), (1, 34, False), (0, 1, False)])
def test_who_passes_is_not_rounded_up(right: int, needed: int, passed: bool) -> None:
    asked = [Question(str(each), ONE, ("い", "ろ"), (0,), "") for each in range(3)]
    assert judge(asked, [[0]] * right + [[1]] * (3 - right), needed).passed == passed


def test_nothing_of_what_is_right_leaves_the_server_before_it_is_handed_in(house: InProcess, people: dict[str, Actor]) -> None:
    """The page is the same whatever is right and whatever explains it."""
    number = asked(people)
    client = signed_in(house, people["self"])
    pages = []
    for choice in range(3):
        question = Question(ASKED[0].text, ONE, ASKED[0].choices, (choice,), f"わけ{choice}")
        write_quiz(people["steering"], number, QuizDraft(True, 80, 3, (question, ASKED[1])))
        db.end_reading()
        page = client.get(f"/training/courses/{number}/quiz")
        assert page.status_code == 200
        assert "わけ" not in page.text
        assert "鍵と名簿です" not in page.text
        assert "checked" not in page.text.partition("<main")[2]
        pages.append(re.sub(r'(name="version" value=)"\d+"', r"\1", page.text.partition("<main")[2].partition("</main")[0]))
    assert len(set(pages)) == 1
    assert "わけ" not in client.get(f"/training/courses/{number}").text


def test_written_taken_and_passed_by_the_pages(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL, owner="other_head")
    keeper, me = signed_in(house, people["other_head"]), signed_in(house, people["self"])
    assert keeper.post(f"/training/courses/{number}/quiz", data=written()).status_code == 303
    assert "この版は、まだだれも受けていません" in keeper.get(f"/training/courses/{number}/quiz/outcome").text
    assert "乙だけが届いたものです。" in keeper.get(f"/training/courses/{number}/quiz/edit").text
    page = me.get(f"/training/courses/{number}").text
    assert "確認テストを受ける" in page
    assert "学び終えた" not in page
    assert me.post(f"/training/courses/{number}/completion").status_code == 409
    assert me.post(f"/training/courses/{number}/tries", data={"version": 1, "number": 1}).status_code == 422
    failed = me.post(f"/training/courses/{number}/tries", data=form(people["self"], number, (1,)))
    assert failed.status_code == 303
    page = me.get(failed.location).text
    assert all(words in page for words in ("50%", "届きませんでした", "鍵と名簿です。", "もう一度受ける", "あと2回"))
    assert completions_of(people["self"].user_id) == []
    assert signed_in(house, people["colleague"]).get(failed.location).status_code == 404
    assert keeper.get(failed.location).status_code == 404
    passed = me.post(f"/training/courses/{number}/tries", data=form(people["self"], number))
    assert "合格しました。修了になりました。" in me.get(passed.location).text
    assert [each.title for each in completions_of(people["self"].user_id)] == ["情報の扱い"]
    assert "合格しています。" in me.get(f"/training/courses/{number}/quiz").text
    page = keeper.get(f"/training/courses/{number}/quiz/outcome").text
    assert "まちがいがいちばん多い" in page
    assert "柏木" not in page.partition("<main")[2].partition("</main")[0]
    assert [len(audited(f"training.{event}")) for event in ("QuizWritten", "QuizTaken", "CourseLearned")] == [1, 2, 1]


def test_only_those_of_the_course_take_it_and_only_its_keepers_write_it(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, owner="other_head")
    write_quiz(people["steering"], number, QuizDraft(True, 80, 3, ASKED))
    at = sitting(people, number, 1)
    for who in ("self", "colleague"):
        move(people["head"], at, people[who].user_id, "name")
    assert state(at, people["colleague"].user_id) == "waiting"
    for who, actor in people.items():
        client, mine = signed_in(house, actor), who == "self"
        statuses = [client.get(f"/training/courses/{number}/quiz").status_code,
                    client.post(f"/training/courses/{number}/tries", data={"version": 1, "number": 1}).status_code]
        assert statuses == ([200, 422] if mine else [404, 404] if who == "adviser" else [403, 403]), who
        assert ("確認テストを受ける" in client.get(f"/training/courses/{number}").text) == mine, who
        kept = [client.get(f"/training/courses/{number}/quiz/{page}").status_code for page in ("edit", "outcome")]
        kept.append(client.post(f"/training/courses/{number}/quiz", data=written()).status_code)
        assert kept == ([200, 200, 303] if who in {"steering", "other_head"} else [404] * 3 if who == "adviser" else [403] * 3), who
    move(people["self"], at, people["self"].user_id, "withdraw")
    assert signed_in(house, people["self"]).get(f"/training/courses/{number}/quiz").status_code == 403
    assert signed_in(house, people["colleague"]).get(f"/training/courses/{number}/quiz").status_code == 200


def test_a_seat_is_completed_only_after_passing(people: dict[str, Actor]) -> None:
    number = course(people)
    at = sitting(people, number)
    mine = people["self"]
    move(people["head"], at, mine.user_id, "name")
    write_quiz(people["steering"], number, QuizDraft(True, 80, 0, ASKED))
    begin(at)
    seat = db.session.query(Seat).one().id
    with pytest.raises(Conflict, match="柏木 真帆 さんは、まだ"):
        mark_seats(people["steering"], at, [Mark(seat, "complete", "")])
    take(mine, number)
    assert completions_of(mine.user_id) == []
    with pytest.raises(Conflict, match="もう合格"):
        take(mine, number)
    mark_seats(people["steering"], at, [Mark(seat, "complete", "")])
    db.end_reading()
    assert (state(at, mine.user_id), len(completions_of(mine.user_id))) == ("completed", 1)


def test_other_questions_are_another_version_and_old_tries_keep_theirs(house: InProcess, people: dict[str, Actor]) -> None:
    number, mine = asked(people), people["self"]
    first = take(mine, number, (0,))
    open_paper = form(mine, number)
    better = (Question("ほかの問い", ONE, ("い", "ろ"), (0,), ""), *ASKED)
    write_quiz(people["steering"], number, QuizDraft(True, 80, 3, better))
    db.end_reading()
    client = signed_in(house, mine)
    assert client.post(f"/training/courses/{number}/tries", data=open_paper).status_code == 409
    assert "ほかの問い" not in client.get(f"/training/tries/{first}").text
    assert len(db.session.get_one(Try, first).questions) == 2
    quizzed = quizzed_for(mine, number)
    standing = standing_in(quizzed.course, quizzed.quiz, mine.user_id)
    assert (quizzed.quiz.version, standing.made, standing.left(quizzed.quiz), outcome_of(quizzed.quiz).tries) == (2, 1, 3, 0)
    take(mine, number)
    assert len(completions_of(mine.user_id)) == 1
    with pytest.raises(AssertionError, match="never changed"):
        db.write(partial(setattr_of, first, passed=True))


def test_tries_are_counted_and_what_is_sent_twice_is_one(people: dict[str, Actor]) -> None:
    number, mine = asked(people, tries=2), people["self"]
    paper_one = answers(mine, number, (0,))
    assert take_quiz(mine, number, paper_one) == take_quiz(mine, number, paper_one)
    take(mine, number, (1,))
    with pytest.raises(Conflict, match="回数"):
        take(mine, number)
    write_quiz(people["steering"], number, QuizDraft(True, 80, 3, ASKED))
    take(mine, number)
    assert (db.session.query(Try).count(), db.session.get_one(Quiz, number).version) == (3, 1)


def test_a_completion_that_has_run_out_asks_for_passing_anew(people: dict[str, Actor]) -> None:
    number, mine = asked(people, tries=1, months=12), people["self"]
    take(mine, number)
    with clock.at(THIS + timedelta(days=400)):
        with pytest.raises(Conflict, match="まだこの研修の確認テスト"):
            learn_alone(again(mine), number)
        take(mine, number)
        assert len(completions_of(mine.user_id)) == 2
    write_quiz(people["steering"], number, QuizDraft(False, 80, 1, ASKED))
    learn_alone(people["colleague"], number)
    gone = asked(people, title="やめる")
    retire_course(people["steering"], gone)
    with pytest.raises(Forbidden):
        take(people["colleague"], gone)


@pytest.mark.parametrize(("change", "words"), [
    ({"least": ""}, "合格点"), ({"least": "101"}, "1から100"), ({"tries": "21"}, "0から20"), ({"text-0": "", "text-1": "", **{
        f"choice-{each}-{slot}": "" for each in (0, 1) for slot in range(6)}}, "問いを一つ以上"), ({"text-0": ""}, "問いを書いて"),
    ({"choice-0-0": "", "choice-0-2": ""}, "二つ以上"), ({"choice-0-0": "乙の紙"}, "同じ選択肢"), ({"right-0": []}, "印を付けて"),
    ({"right-0": ["5"]}, "印を付けて"), ({"right-0": ["0", "1"]}, "一つにして"), ({"kind-0": "all"}, "答え方"), ({"right-0": ["x"]}, "選び直して")])
def test_what_cannot_be_asked_is_refused_with_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        QuizDraft.parse(MultiDict({**written(), **change}))


def test_the_pages_cost_the_same_for_few_and_for_many(house: InProcess, people: dict[str, Actor]) -> None:
    number = asked(people, tries=0)
    made = take(people["self"], number, (0,))
    keeper, me = signed_in(house, people["steering"]), signed_in(house, people["self"])
    pages = {f"/training/courses/{number}/quiz/outcome": keeper, f"/training/courses/{number}/quiz/edit": keeper,
             f"/training/courses/{number}/quiz": me, f"/training/tries/{made}": me}

    def cost() -> list[int]:
        return [statements_of(partial(client.get, page)) for page, client in pages.items()]
    cost()
    few = cost()
    for who, missed in (("colleague", (0, 1)), ("stranger", (0,)), ("head", ()), ("self", (1,)), ("self", (0,))):
        take(people[who], number, missed)
    write_quiz(people["steering"], number, QuizDraft(True, 80, 0, ASKED))
    db.end_reading()
    assert cost() == few
    assert max(few) <= 25
    outcome = outcome_of(db.session.get_one(Quiz, number))
    assert (outcome.tries, outcome.people, outcome.passed, outcome.missed, outcome.hardest) == (6, 4, 1, (4, 2), 0)
    with pytest.raises(Forbidden):
        take_quiz(again(people["self"]), asked_of_leaders(people), Answers(1, 1, ()))


def asked(people: dict[str, Actor], tries: int = 3, **more: Any) -> int:
    """Of everybody, to be learned alone."""
    number = course(people, ALONE, parts=ALL, **more)
    write_quiz(people["steering"], number, QuizDraft(True, 80, tries, ASKED))
    db.end_reading()
    return number


def asked_of_leaders(people: dict[str, Actor]) -> int:
    number = course(people, ALONE, parts=(("to", "role:leader"),), title="リーダー")
    write_quiz(people["steering"], number, QuizDraft(True, 80, 0, ASKED))
    db.end_reading()
    return number


def form(actor: Actor, number: int, missed: Collection[int] = ()) -> dict[str, Any]:
    said = answers(actor, number, missed)
    return {"version": said.version, "number": said.number, **{f"q-{place}": list(map(str, picks)) for place, picks in enumerate(said.picked)}}


def written() -> dict[str, Any]:
    found: dict[str, Any] = {"used": "1", "least": "80", "tries": "3"}
    for place, each in enumerate(ASKED):
        found |= {f"text-{place}": each.text, f"kind-{place}": each.kind, f"why-{place}": each.why, f"right-{place}": list(map(str, each.right))}
        found |= {f"choice-{place}-{slot}": words for slot, words in enumerate(each.choices)}
    return found


def setattr_of(number: int, **values: object) -> None:
    row = db.session.get_one(Try, number)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()

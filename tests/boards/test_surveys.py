"""回答: put, answered by name, for a section or without a name, changed, counted, taken out as a list."""
import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from werkzeug.datastructures import MultiDict

from boards.commands.reminding import remind_missing
from boards.commands.surveys import answer_notice
from boards.forms import AnswerDraft
from boards.models.surveys import Count, Reply, Word
from boards.queries.receipts import readers
from boards.queries.surveys import in_words, questions_of, reply_of, results_of, units_missing
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.boards.town import WEDNESDAY, arrive, board, draft, edit, hall, ids, notice, sheet, the_notice, unit, waiting
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, move, person
from tests.files.office import browser

ALL_KINDS = {
    "strength": "answer", "q1_text": "参加しますか", "q1_kind": "one", "q1_options": "参加する\n参加しない", "q1_required": "1",
    "q2_text": "使っている道具", "q2_kind": "many", "q2_options": "チャット\n掲示板\n会議", "q3_text": "使いやすさ", "q3_kind": "scale",
    "q3_options": "使いにくい\n使いやすい", "q4_text": "困っていること", "q4_kind": "words", "q5_text": "人数", "q5_kind": "number",
    "q6_text": "希望の日", "q6_kind": "day"}
YES = {1: "0", 2: ["0", "2"], 3: "4", 4: "＝声が届かない", 5: "１２", 6: "R8.10.20"}
CHOICE = {"strength": "answer", "q1_text": "参加しますか", "q1_kind": "one", "q1_options": "する\nしない", "q1_required": "1"}


def answer(who: Actor, notice_id: int, given: dict[int, Any]) -> None:
    """By the number of the question on the page."""
    questions, form = questions_of(the_notice(notice_id)), MultiDict[str, str]()
    for place, value in given.items():
        form.setlist(f"a{questions[place - 1].id}", value if isinstance(value, list) else [value])
    answer_notice(who, notice_id, AnswerDraft.parse(form, questions, the_notice(notice_id).asked))
    db.end_reading()


def said(notice_id: int, who: Actor) -> list[str]:
    found = sheet(who, notice_id)
    reply = reply_of(found.notice, found.receipt) if found.receipt else None
    return [in_words(question, reply.answers.get(str(question.id))) for question in questions_of(found.notice)] if reply else []


@pytest.mark.usefixtures("each_house")
def test_every_kind_of_question_is_answered_changed_until_the_due_date_and_counted() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = notice(people["sender"], board(), **ALL_KINDS, due_on="2026-10-20")
        answer(people["clerk"], notice_id, YES)
        answer(people["other"], notice_id, {1: "1", 5: "-3.5"})
        assert said(notice_id, people["clerk"]) == ["参加する", "チャット、会議", "5 使いやすい", "＝声が届かない", "12", "令和8年10月20日（火）"]
        assert (waiting(people["clerk"]), waiting(people["head"])) == (0, 1)
        answer(people["clerk"], notice_id, {**YES, 1: "1"})
        found = results_of(the_notice(notice_id))
    assert (found.answered, [bar.people for bar in found.questions[0].bars]) == (2, [0, 2])
    assert [bar.words for bar in found.questions[5].bars] == ["令和8年10月20日（火）"]
    assert found.questions[4].summary == "合計 8.5　平均 4.25　最小 -3.5　最大 12"
    with clock.at(WEDNESDAY + timedelta(days=7)), pytest.raises(Forbidden):
        answer(people["clerk"], notice_id, YES)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("given", [
    {}, {1: "7"}, {1: "x"}, {1: "0", 5: "たくさん"}, {1: "0", 6: "いつか"}, {1: "0", 2: ["9"]}, {1: "0", 4: "あ" * 2001}])
def test_what_does_not_answer_the_question_is_refused_with_a_sentence(given: dict[int, Any]) -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **ALL_KINDS)
    with pytest.raises(Invalid):
        answer(people["clerk"], notice_id, given)
    assert said(notice_id, people["clerk"]) == []


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("more", [
    {"q1_text": None}, {"q1_options": "一つ"}, {"q1_options": "同じ\n同じ"}, {"q1_kind": "riddle"},
    {"anonymous": "1", "by_unit": "1"}, {"due_on": None}])
def test_questions_that_cannot_be_put_are_refused(more: dict[str, Any]) -> None:
    hall()
    with pytest.raises(Invalid):
        draft(**{**CHOICE, **more})


@pytest.mark.usefixtures("each_house")
def test_one_answer_stands_for_a_section_also_for_who_comes_into_it_later() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **CHOICE, by_unit="1", to_below=[str(unit("0300"))])
    assert units_missing(the_notice(notice_id)) == ["市民課", "税務課"]
    answer(people["clerk"], notice_id, {1: "0"})
    assert [waiting(people[key]) for key in ("head", "clerk", "other", "tax")] == [0, 0, 0, 1]
    assert units_missing(the_notice(notice_id)) == ["税務課"]
    move(people["tax"].user_id, "0312", clock.today())
    arrive(notice_id)
    assert waiting(people["tax"]) == 0
    answer(people["other"], notice_id, {1: "1"})
    assert db.session.scalars(select(Reply.user_name).where(Reply.notice_id == notice_id)).all() == ["長谷部 悠"]


def crowd(number: int = 5) -> list[Actor]:
    return [actor(person(f"職員 {n}", at="0311")) for n in range(number)]


@pytest.mark.usefixtures("each_house")
def test_nothing_that_was_answered_without_a_name_can_be_joined_to_anybody() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **ALL_KINDS, anonymous="1")
    answer(people["clerk"], notice_id, YES)
    answer(people["other"], notice_id, {1: "1", 4: "とくにない"})
    assert db.session.scalars(select(Reply)).all() == []
    columns = {column["name"] for table in (Count, Word) for column in inspect(db.session.connection()).get_columns(table.__tablename__)}
    assert columns == {"question_id", "choice", "people", "id", "text"}
    if db.session.connection().dialect.name == "postgresql":       # not even by the transaction that wrote it
        written = [set(db.session.scalars(text(f"select distinct xmin::text from {table} where question_id = {question.id}")))  # noqa: S608
                   for table in ("boards_count", "boards_word") for question in questions_of(the_notice(notice_id))]
        assert all(len(each) <= 1 for each in written)
    moments = {each.receipt.confirmed_at for each in readers(sheet(people["sender"], notice_id)) if each.receipt.confirmed_at}
    assert len(moments) == 1
    with pytest.raises(Forbidden):
        answer(people["clerk"], notice_id, YES)


@pytest.mark.usefixtures("house")
def test_results_without_names_are_shown_after_the_due_date_and_never_of_few() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        one = notice(people["sender"], board(), **CHOICE, anonymous="1", due_on="2026-10-15")
        many = notice(people["sender"], board(name="もう一つ"), **CHOICE, anonymous="1", due_on="2026-10-15")
        answer(people["clerk"], one, {1: "0"})
        everybody = [people["clerk"], people["head"], people["other"], *crowd()]
        arrive(many)
        for each in everybody:
            answer(each, many, {1: "0"})
        assert results_of(the_notice(many)).hidden
    with clock.at(WEDNESDAY + timedelta(days=3)):
        assert results_of(the_notice(one)).hidden
        assert [bar.people for bar in results_of(the_notice(many)).questions[0].bars] == [8, 0]


@pytest.mark.usefixtures("house")
def test_questions_stay_what_they_were_when_somebody_has_answered_and_an_edit_in_substance_asks_again() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **CHOICE)
    edit(people["sender"], notice_id, **{**CHOICE, "q1_text": "出席しますか"})
    answer(people["clerk"], notice_id, {1: "0"})
    with pytest.raises(Invalid):
        edit(people["sender"], notice_id, **{**CHOICE, "q1_text": "欠席しますか"})
    edit(people["sender"], notice_id, **{**CHOICE, "q1_text": "出席しますか", "body": "日が変わりました", "in_substance": "1"})
    assert (waiting(people["clerk"]), said(notice_id, people["clerk"])) == (1, ["する"])
    with pytest.raises(Conflict):
        answer_notice(people["clerk"], notice_id, AnswerDraft({}, 1))


@pytest.mark.usefixtures("house")
def test_only_those_who_have_not_answered_are_reminded_and_nobody_else_sees_the_answers() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = notice(people["sender"], board(), **CHOICE, due_on="2026-10-20")
        answer(people["clerk"], notice_id, {1: "0"})
        assert remind_missing(people["sender"], notice_id) == 2
        assert {each.card.id for each in readers(sheet(people["sender"], notice_id)) if each.state == "done"} == ids([people["clerk"]])


def test_the_list_of_answers_is_for_the_sending_side_survives_excel_and_carries_no_formula(house: InProcess) -> None:
    people = hall() | {"stranger": adviser()}
    notice_id = notice(people["sender"], board(), **ALL_KINDS)
    answer(people["clerk"], notice_id, {**YES, 4: "=1+1髙"})
    where = f"/boards/notices/{notice_id}/answers.csv"
    sender = browser(house, people["sender"])
    plain, old = sender.get(where), sender.get(where + "?encoding=cp932")
    assert plain.data.startswith(b"\xef\xbb\xbf")
    for body in (plain.data.decode("utf-8-sig"), old.data.decode("cp932")):
        heads, row = csv.reader(io.StringIO(body))
        assert heads[3:] == ["参加しますか", "使っている道具", "使いやすさ", "困っていること", "人数", "希望の日"]
        assert row[1:2] + row[3:] == ["柏木 真帆", "参加する", "チャット、会議", "5 使いやすい", "'=1+1髙", "12", "2026-10-20"]
    assert sender.get(f"/boards/notices/{notice_id}/results").status_code == 200
    for who, status in (("clerk", 403), ("head", 403), ("stranger", 404)):
        assert browser(house, people[who]).get(where).status_code == status
        assert browser(house, people[who]).get(f"/boards/notices/{notice_id}/results").status_code == status


@pytest.mark.usefixtures("house")
def test_whoever_is_not_asked_does_not_answer() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), **CHOICE)
    for who, refusal in ((people["tax"], Forbidden), (adviser(), NotFound)):
        with pytest.raises(refusal):
            answer(who, notice_id, {1: "0"})

"""What those who were there say of a sitting: once, by name or without; without a name nothing leads back to anybody."""
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Invalid
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited, statements_of
from tests.training.hall import town
from tests.training.school import begin, course, move, sitting
from training.asking import FIRST, MANY, ONE, WORDS, Question, dropped, nothing
from training.commands.courses import move_sitting
from training.commands.surveys import answer_survey, write_survey
from training.forms.surveys import ReplyDraft, SurveyDraft
from training.models.surveys import Box, Reply
from training.queries.surveys import outcome_of_sitting, surveyed_for, to_answer
from training.widgets import surveys_to_do

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)
ASKED = (Question("役に立った", "scale"), Question("よかったもの", MANY, ("講義", "実習", "資料")), Question("改めること", WORDS))
CROWD = ("self", "colleague", "stranger", "head", "administrator", "other_head")


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


def test_counts_and_words_are_those_that_were_dropped_in() -> None:
    chance = Random(3)
    counts, words = nothing(ASKED)
    given = [([chance.randrange(5)], sorted(chance.sample(range(3), chance.randrange(4))), chance.choice(("", "い", "ろ"))) for _ in range(300)]
    for answers in given:
        counts, words = dropped(counts, words, answers)
    for place in (0, 1):
        chosen = Counter(pick for answers in given for pick in answers[place])
        assert counts[place] == [chosen[pick] for pick in range(len(ASKED[place].choices))]
    assert Counter(words[2]) == Counter(answers[2] for answers in given if answers[2])
    assert words[2] != [answers[2] for answers in given if answers[2]]


def test_asked_answered_and_read_by_the_pages(house: InProcess, people: dict[str, Actor]) -> None:
    number, at = _held(people, ("self", "colleague"), owner="other_head")
    keeper, me = signed_in(house, people["other_head"]), signed_in(house, people["self"])
    assert "仕事に役立つ内容だった" in keeper.get(f"/training/courses/{number}/survey/edit").text
    assert me.get(f"/training/sittings/{at}/survey").status_code == 404
    assert keeper.post(f"/training/courses/{number}/survey", data=_written(anonymous="")).status_code == 303
    assert "アンケートに答える" in me.get(f"/training/sittings/{at}").text
    page = me.get(f"/training/sittings/{at}/survey").text
    assert all(words in page for words in ("記名です。", "とてもそう思う", "実習", "令和8年7月12日"))
    assert me.post(f"/training/sittings/{at}/replies", data={"version": 1, "a-2": "長く"}).status_code == 422
    said = {"version": 1, "a-0": "1", "a-1": ["0", "2"], "a-2": "実例を増やす"}
    for _ in range(2):
        assert me.post(f"/training/sittings/{at}/replies", data=said).status_code == 303
    assert "ありがとうございました" in me.get(f"/training/sittings/{at}/survey").text
    page = keeper.get(f"/training/sittings/{at}/survey/outcome").text
    assert all(words in page for words in ("実例を増やす", "柏木 真帆 さん", "資料 1人"))
    assert "そう思う,講義、資料,実例を増やす" in keeper.get(f"/training/sittings/{at}/survey.csv").get_data(as_text=True)
    assert [len(audited(f"training.{event}")) for event in ("SurveyWritten", "SurveyAnswered")] == [1, 1]


def test_only_those_who_were_there_answer_and_only_keepers_read(house: InProcess, people: dict[str, Actor]) -> None:
    number, at = _held(people, ("self",), owner="other_head")
    write_survey(people["steering"], number, SurveyDraft(True, False, ASKED))
    for who, actor in people.items():
        client, gone = signed_in(house, actor), who == "adviser"
        answers = [client.get(f"/training/sittings/{at}/survey").status_code,
                   client.post(f"/training/sittings/{at}/replies", data={"version": 1}).status_code]
        assert answers == ([200, 422] if who == "self" else [404] * 2 if gone else [403] * 2), who
        kept = [client.get(f"/training/{page}").status_code for page in (
            f"sittings/{at}/survey/outcome", f"sittings/{at}/survey.csv", f"courses/{number}/survey/edit")]
        kept.append(client.post(f"/training/courses/{number}/survey", data=_written()).status_code)
        assert kept == ([200, 200, 200, 303] if who in {"steering", "other_head"} else [404] * 4 if gone else [403] * 4), who


def test_without_a_name_nothing_kept_leads_back_and_nothing_is_shown_before_its_time(house: InProcess, people: dict[str, Actor]) -> None:
    number, at = _held(people, CROWD)
    write_survey(people["steering"], number, SurveyDraft(True, True, ASKED))
    for place, who in enumerate(CROWD[:5]):
        _answer(people[who], at, place % 2, f"{place}番")
    assert {row.answers for row in db.session.query(Reply)} == {None}
    kept = (box := db.session.query(Box).one()).counts, sorted(box.words[2])
    assert kept == ([[3, 2, 0, 0, 0], [5, 0, 0], []], [f"{place}番" for place in range(5)])
    keeper = signed_in(house, people["steering"])
    page, table = keeper.get(f"/training/sittings/{at}/survey/outcome").text, keeper.get(f"/training/sittings/{at}/survey.csv").get_data(as_text=True)
    assert "期限の令和8年7月12日（日）が過ぎてから" in page
    assert "番" not in table
    with clock.at(THIS + timedelta(days=25)):
        assert sorted(words for words, card in _outcome(people, at).rows[2].words if card is None) == kept[1]
        with pytest.raises(Conflict, match="期限"):
            _answer(people["other_head"], at, 0, "遅れて")
    _answer(people["other_head"], at, 0, "六番")
    outcome = _outcome(people, at)
    assert (outcome.hidden, outcome.answered, outcome.rows[0].counts) == ("", 6, [4, 2, 0, 0, 0])
    few, small = _held(people, ("self", "head"), title="小さい")
    write_survey(people["steering"], few, SurveyDraft(True, True, ASKED))
    for who in ("self", "head"):
        _answer(people[who], small, 0, "")
    assert "5人に満たない" in _outcome(people, small).hidden


def test_what_somebody_has_answered_stays_as_it_was_asked(people: dict[str, Actor]) -> None:
    number, at = _held(people, ("self", "colleague"))
    later = sitting(people, number)
    write_survey(people["steering"], number, SurveyDraft(True, False, ASKED))
    _answer(people["self"], at, 0, "")
    write_survey(people["steering"], number, SurveyDraft(False, True, FIRST))
    db.end_reading()
    assert surveyed_for(people["colleague"], at).questions == ASKED
    with pytest.raises(Conflict, match="改められ"):
        answer_survey(people["colleague"], at, ReplyDraft(2, ([0], [0], "")))
    _answer(people["colleague"], at, 4, "あ")
    assert [row.counts for row in _outcome(people, at).rows] == [[1, 0, 0, 0, 1], [2, 0, 0], []]
    assert later


def test_who_was_there_is_asked_on_the_first_page_until_they_answer(people: dict[str, Actor]) -> None:
    number, at = _held(people, ("self",))
    mine = people["self"].user_id
    assert to_answer(mine) == []
    write_survey(people["steering"], number, SurveyDraft(True, True, ASKED))
    db.end_reading()
    assert to_answer(mine) == []
    with clock.at(THIS + timedelta(days=11)):
        assert [each.title for each in surveys_to_do(people["self"])] == ["情報の扱いの受講後アンケート"]
        assert [list(surveys_to_do(people[who])) for who in ("head", "adviser")] == [[], []]
        _answer(people["self"], at, 0, "")
        assert to_answer(mine) == []
    called_off = sitting(people, number)
    move_sitting(people["steering"], called_off, "cancel", "わけ")


@pytest.mark.parametrize(("change", "words"), [
    ({"text-0": "", "text-1": "", "options-1": "", "text-2": ""}, "一つ以上"), ({"text-1": ""}, "聞くこと"), ({"kind-0": "x"}, "答え方"),
    ({"options-1": "講義"}, "2個から"), ({"options-1": "講義\n講義"}, "たがいに違う")])
def test_what_cannot_be_asked_is_refused_with_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        SurveyDraft.parse(MultiDict({**_written(), **change}))


@pytest.mark.parametrize("said", [{"a-0": "5"}, {"a-0": "x"}, {"a-0": ["0", "1"]}, {"a-0": ""}, {"a-0": "0", "a-1": "3"}])
def test_what_cannot_be_chosen_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        ReplyDraft.parse(MultiDict(said), 1, (*ASKED, Question("一つ", ONE, ("い", "ろ"))))


def test_the_pages_cost_the_same_for_few_and_for_many(house: InProcess, people: dict[str, Actor]) -> None:
    number, at = _held(people, CROWD)
    write_survey(people["steering"], number, SurveyDraft(True, False, ASKED))
    _answer(people["self"], at, 0, "あ")
    keeper = signed_in(house, people["steering"])

    def cost() -> int:
        return statements_of(partial(keeper.get, f"/training/sittings/{at}/survey/outcome"))
    cost()
    few = cost()
    for who in CROWD[1:]:
        _answer(people[who], at, 1, "い")
    cost()                              # whose cards nobody has asked for yet
    assert cost() == few <= 20


def _held(people: dict[str, Actor], who: tuple[str, ...], **more: Any) -> tuple[int, int]:
    """A course with a sitting that has begun and these in it."""
    number = course(people, **more)
    at = sitting(people, number)
    for each in who:
        move(people["steering"], at, people[each].user_id, "name")
    begin(at)
    return number, at


def _answer(actor: Actor, at: int, first: int, words: str) -> None:
    db.end_reading()
    answer_survey(actor, at, ReplyDraft(surveyed_for(actor, at).version, ([first], [0], words)))
    db.end_reading()


def _outcome(people: dict[str, Actor], at: int) -> Any:
    db.end_reading()
    return outcome_of_sitting(surveyed_for(people["steering"], at))


def _written(**more: str) -> dict[str, Any]:
    found = {"used": "1", "anonymous": "1", **{f"text-{place}": each.text for place, each in enumerate(ASKED)},
             **{f"kind-{place}": each.kind for place, each in enumerate(ASKED)}, "options-1": "講義\n実習\n資料"}
    return {**found, **more}

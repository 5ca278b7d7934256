"""The words people ask with: cut into pieces, understood by whoever asks, and made by the form."""
from datetime import UTC, date, datetime
from typing import Any

import pytest

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.search.language.meaning import Asked, meaning
from groupware.search.language.pieces import LONGEST, Piece, pieces, typed_from
from groupware.search.query import Query
from tests.directory.town import actor, adviser, person

READ = [
    ("予算 会議", [Piece("予算"), Piece("会議")]),
    ("予算　会議", [Piece("予算"), Piece("会議")]),
    ("予算、会議。", [Piece("予算"), Piece("会議")]),
    ('"補正 予算"', [Piece("補正 予算", literal=True)]),
    ("“補正 予算”", [Piece("補正 予算", literal=True)]),
    ("「補正予算」の件", [Piece("補正予算", literal=True), Piece("の件")]),
    ('"閉じない 引用', [Piece("閉じない 引用", literal=True)]),
    ("会議 -中止", [Piece("会議"), Piece("中止", unwanted=True)]),
    ("会議 －中止", [Piece("会議"), Piece("中止", unwanted=True)]),
    ("A-12", [Piece("A-12")]),
    ("-", [Piece("-")]),
    ("予算 OR 決算", [Piece("予算"), Piece("決算", either=True)]),
    ("予算 または 決算", [Piece("予算"), Piece("決算", either=True)]),
    ("or", [Piece("or")]),
    ("差出人：藤倉", [Piece("藤倉", "from")]),
    ("差出人: 藤倉", [Piece("藤倉", "from")]),
    ("from:藤倉", [Piece("藤倉", "from")]),
    ('From:"藤倉 美咲"', [Piece("藤倉 美咲", "from")]),
    ("差出人:「藤倉 美咲」", [Piece("藤倉 美咲", "from")]),
    ("-種類:投稿", [Piece("投稿", "kind", unwanted=True)]),
    ("以前:", [Piece("", "before")]),
    ("http://example.test/x", [Piece("http://example.test/x")]),
    ("12:30", [Piece("12:30")]),
    ("*a* ?", [Piece("*a*"), Piece("?")]),
    ("", []), ("  ", []), ("OR", []),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_what_is_typed_is_cut_into_pieces(typed: str, read: list[Piece]) -> None:
    assert pieces(typed) == read


@pytest.mark.parametrize(("typed", "read"), READ)
def test_pieces_can_be_typed_again(typed: str, read: list[Piece]) -> None:
    assert pieces(typed_from(read)) == read


@pytest.mark.parametrize("typed", ["あ" * (LONGEST + 1), "a " * 30, "- " * 100])
def test_more_than_anybody_means_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Invalid, match="まで"):
        pieces(typed)


def test_words_become_groups_and_what_is_between_quotes_stays_as_it_is() -> None:
    assert asked('申し込み "申し込み" 予算 OR 決算 -中止').query == Query(
        (("申し込み", "申込", "申しこみ"), ("申し込み",), ("予算", "決算")), ("中止",))


def test_a_date_is_looked_for_as_a_day_too() -> None:
    assert asked("R6.4.1").query.every == (("r6.4.1", "d:20240401"),)


def test_people_are_meant_by_any_of_their_names_also_those_who_left(town: Any) -> None:
    one, other, me = person("渡邉 由紀", "わたなべ ゆき"), person("渡辺 誠", "わたなべ まこと"), actor(person())
    assert asked("差出人:渡辺", me).query.every == ((f"from:{one}", f"from:{other}"),)
    assert asked("差出人:わたなべまこと", me).query.every == ((f"from:{other}",),)
    assert asked('from:"渡邊 由紀"', me).query.every == ((f"from:{one}",),)
    assert asked("差出人:自分", me).query.every == ((f"from:{me.user_id}",),)
    assert asked("会議 -差出人:自分", me).query.none == (f"from:{me.user_id}",)


def test_an_outsider_means_nobody_they_may_not_know(town: Any) -> None:
    person("渡邉 由紀", "わたなべ ゆき")
    assert asked("差出人:渡邉", adviser()).troubles
    assert asked("差出人:渡邉", actor(person())).troubles == ()


def test_days_make_a_span_that_holds_them(town: Any) -> None:
    query = asked("以後:先週 以前:今日").query
    assert (query.since, query.until) == (at(2026, 10, 5), at(2026, 10, 16))
    assert (asked("日付:R8.10.1").query.since, asked("on:2026/10/1").query.until) == (at(2026, 10, 1), at(2026, 10, 2))
    assert (asked("after:今年度").query.since, asked("before:令和7年度").query.until) == (at(2026, 4, 1), at(2026, 4, 1))


def test_what_hangs_on_it_and_which_measure(town: Any) -> None:
    assert asked("付き:ファイル").query.every == (("has:file",),) == asked("has:file").query.every
    assert asked("施策:7").query.every == (("measure:M07",),) == asked("measure:M07").query.every == asked("施策：Ｍ７").query.every


@pytest.mark.parametrize(("typed", "says"), [
    ("差出人:いない人", "見つかりません"), ("場所:ない部屋", "見つかりません"), ("種類:手紙", "という種類はありません"), ("付き:犬", "分かりません"),
    ("以前:いつか", "日付として読めません"), ("差出人:", "続けてください"), ("施策:大きい", "M07"), ("-中止", "除く言葉だけ"), ("🎉", "記号だけ"),
    ("-日付:今日", "除けません")])
def test_what_cannot_be_resolved_says_why(town: Any, typed: str, says: str) -> None:
    assert any(says in trouble for trouble in asked(f"{typed}").troubles)


def test_a_condition_that_cannot_be_resolved_is_not_left_out(town: Any) -> None:
    assert asked("会議 差出人:いない人").troubles
    assert asked("").is_empty
    assert not asked("場所:ない部屋").is_empty


def asked(typed: str, who: Actor | None = None) -> Asked:
    with clock.at(datetime(2026, 10, 15, 3, 0, tzinfo=UTC)):
        return meaning(who or Actor(1, "藤倉 美咲"), pieces(typed))


def at(*day: int) -> int:
    return int(datetime.combine(date(*day), datetime.min.time(), clock.JST).timestamp()) * 1_000_000

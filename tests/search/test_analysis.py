"""One form for searching: what is folded, what a text is found by, where in the original it stood."""
from datetime import date

import pytest

from groupware.search.analysis import folded, folded_with_places, tokens
from groupware.search.days import date_token, span
from groupware.search.language.variants import variants
from groupware.search.terms import Term, term
from tests.search.pairs import ALIKE, UNLIKE
from tests.search.shelf import meant

TODAY = date(2026, 10, 15)      # Thursday


@pytest.mark.parametrize(("word", "text"), ALIKE)
def test_what_is_typed_is_found_as_what_is_meant(word: str, text: str) -> None:
    assert _finds(term(meant(word)), text)


@pytest.mark.parametrize(("word", "text"), UNLIKE)
def test_what_only_looks_alike_is_not_found(word: str, text: str) -> None:
    assert not _finds(term(meant(word)), text)


TRICKY = ["ｻｰﾊﾞｰの髙橋さん　ＤＸ推進①", "わたなへ\u3099の㍿ ﾊﾟｽﾜｰﾄﾞ",
          "葛\U000e0100城 渡邉\U000e0101", "  先頭と  末尾  ", "Straße ŉ İstanbul ﬁle", "メモリー\nサーバー", "e\u0301te\u0301",
          "㌔㍍ ㈱ ℡ ㌻", "\x00なか\ud800", "", "ー", "ーーー",
          "コーヒー・ルーター（予備）", "令和６年４月１日〜30日", "🎉お祝い🎉", "ア゛ ｶﾞｶﾞ"]


@pytest.mark.parametrize("text", TRICKY)
def test_every_letter_of_the_folded_text_knows_where_it_came_from(text: str) -> None:
    even, places = folded_with_places(text)
    assert even == folded(text)
    assert len(places) == len(even) + 1
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize("text", TRICKY)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_text_is_found_by_pairs_words_last_letters_and_dates() -> None:
    assert tokens(folded("DX推進は令和6年4月1日")) == {
        "dx", "推進", "進は", "は令", "令和", "和", "6", "年", "4", "月", "1", "日", "d:20240401", "m:202404", "y:2024"}


@pytest.mark.parametrize(("typed", "first", "until"), [
    ("今日", (2026, 10, 15), (2026, 10, 16)), ("昨日", (2026, 10, 14), (2026, 10, 15)), ("先週", (2026, 10, 5), (2026, 10, 12)),
    ("今週", (2026, 10, 12), (2026, 10, 19)), ("先月", (2026, 9, 1), (2026, 10, 1)), ("今年度", (2026, 4, 1), (2027, 4, 1)),
    ("昨年度", (2025, 4, 1), (2026, 4, 1)), ("令和６年度", (2024, 4, 1), (2025, 4, 1)), ("令和元年", (2019, 1, 1), (2020, 1, 1)),
    ("R8.4.1", (2026, 4, 1), (2026, 4, 2)), ("Ｒ8／4／1", (2026, 4, 1), (2026, 4, 2)), ("平成三十一年四月", (2019, 4, 1), (2019, 5, 1)),
    ("2024-02-29", (2024, 2, 29), (2024, 3, 1)), ("10/15", (2026, 10, 15), (2026, 10, 16)), ("10/16", (2025, 10, 16), (2025, 10, 17)),
    ("12月", (2025, 12, 1), (2026, 1, 1)), ("昭和64年1月7日", (1989, 1, 7), (1989, 1, 8))])
def test_days_are_read_as_people_write_them(typed: str, first: tuple[int, int, int], until: tuple[int, int, int]) -> None:
    assert span(folded(typed), TODAY) == (date(*first), date(*until))


@pytest.mark.parametrize("typed", ["2024-02-30", "13月", "いつか", "令和", "R8.13.1", "0/0", "9999年度", "令和0年", "2024", "４月３１日"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert span(folded(typed), TODAY) is None


def test_a_date_is_one_whatever_the_calendar() -> None:
    assert {date_token(folded(each)) for each in ("令和6年4月1日", "R6.4.1", "2024/04/01", "令和六年四月一日", "2024-4-1")} == {"d:20240401"}


def test_words_written_with_more_or_fewer_kana_are_one() -> None:
    assert set(variants("申し込み")) == {"申し込み", "申込", "申しこみ"}
    assert "住民票申込書" in variants("住民票申し込み書")
    assert variants("会議") == ("会議",)


def _finds(wanted: Term, text: str) -> bool:
    """As an engine does: by the tokens, then by looking."""
    here = tokens(folded(text))
    near = all(any(each.startswith(need[:-1]) for each in here) if need.endswith("*") else need in here for need in wanted.needs)
    return near and (wanted.is_exact or wanted.found_in(folded(text)))

"""One form for comparing, and what a round trip through Excel may change."""
import pytest

from groupware.kernel.text import VARIANTS, fold, hiragana, narrow, same


@pytest.mark.parametrize(("typed", "meant"), [
    ("渡邉", "渡辺"), ("渡邊", "渡辺"), ("髙﨑", "高崎"), ("齋藤", "斉藤"), ("齊藤", "斎藤"), ("濵田", "浜田"), ("黑栁", "黒柳"), ("德永", "徳永"),
    ("渡邉\U000e0101", "渡辺"), ("\ufa4f子", "祐子"), ("𠮷田", "吉田"), ("ﾜﾀﾅﾍﾞ", "わたなべ"), ("ワタナベ", "わたなべ"),
    ("わたなへ\u3099", "わたなべ"),
    ("００２０７９", "002079"), ("ＤＸ推進係", "dx推進係"), ("藤倉　美咲", "藤倉美咲"), ("関ヶ原", "関ケ原")])
def test_what_people_type_is_found_as_what_they_mean(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize(("one", "other"), [("智子", "知子"), ("渡辺", "渡部"), ("高橋", "高階"), ("はし", "ばし"), ("つや", "っや")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing_more_and_no_variant_is_in_two_groups() -> None:
    letters = VARIANTS.replace(" ", "")
    assert fold(fold(letters)) == fold(letters)
    assert len(set(letters)) == len(letters)
    assert all(len(set(fold(group))) == 1 for group in VARIANTS.split())


@pytest.mark.parametrize(("written", "back"), [
    ("4月〜6月", "4月～6月"), ("A−B", "A－B"), ("a—b", "a―b"), ("‖", "∥"), ("¢£¬", "￠￡￢"), ("係 長", "係　長"),
    ("主事 ", "主事"), ("ｱﾝﾄﾞｳ", "アンドウ"), ("DX", "ＤＸ")])
def test_what_excel_and_cp932_turn_around_is_the_same(written: str, back: str) -> None:
    assert same(written, back)


@pytest.mark.parametrize(("one", "other"), [("主事", "主任"), ("渡邉", "渡辺"), ("晴\ufa12", "晴晴"), ("あんどう", "アンドウ"), ("1", "①"),
                                            ("a", "A")])
def test_what_a_person_has_changed_is_not_the_same(one: str, other: str) -> None:
    assert not same(one, other)


def test_numbers_keep_their_zeros_and_kana_become_hiragana() -> None:
    assert narrow(" ００２０７９ ") == "002079"
    assert narrow("Ａ－１") == "A-1"
    assert hiragana("ｱﾝﾄﾞｳ") == "あんどう"
    assert hiragana("ヴィッキー") == "ゔぃっきー"

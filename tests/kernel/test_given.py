"""What is sent is read in one way, whoever reads it."""
import unicodedata
from datetime import date, time

import pytest
from werkzeug.datastructures import MultiDict

from groupware.kernel.errors import Invalid
from groupware.kernel.given import amount, between, day, files, hour, line, needed_day, number, numbers, one_of, ref, words
from groupware.kernel.ref import Ref

INVISIBLE = [chr(code) for code in range(0x110000)
             if unicodedata.category(chr(code)) in {"Cc", "Cs"} or unicodedata.bidirectional(chr(code)) in {"LRE", "RLE", "LRO", "RLO", "PDF",
                                                                                                           "LRI", "RLI", "FSI", "PDI"}]


def test_no_control_half_character_or_turn_of_direction_is_kept() -> None:
    kept = {sign for sign in INVISIBLE if words({"body": f"前{sign}後"}, "body") not in {"前後", "前\n後"}}
    assert kept == {"\t"}
    assert all(line({"name": f"前{sign}後"}, "name") in {"前後", "前 後"} for sign in INVISIBLE)


def test_a_sound_mark_sent_apart_comes_to_its_kana_and_rare_characters_stay() -> None:
    assert line({"name": unicodedata.normalize("NFD", "ガイドブック")}, "name") == "ガイドブック"
    assert line({"name": "神田 髙﨑 葛\U000e0100城"}, "name") == "神田 髙﨑 葛\U000e0100城"


def test_a_line_is_one_line_and_words_keep_theirs() -> None:
    assert line({"name": "\t庁内　業務\r\n改善 "}, "name") == "庁内 業務 改善"
    assert words({"body": "\n一行目\r\n\r三行目\u2028四行目 "}, "body") == "一行目\n\n三行目\n四行目"


def test_what_is_too_long_or_missing_is_said_at_its_field() -> None:
    with pytest.raises(Invalid, match=r"^5字までにしてください（いま6字）。$") as long:
        line({"name": "一二三四五六"}, "name", most=5)
    with pytest.raises(Invalid, match="題名を書いて") as missing:
        words({"title": "\u200f\r\n "}, "title", "題名を書いてください。")
    assert (list(long.value.fields), list(missing.value.fields)) == (["name"], ["title"])


def test_a_number_is_read_in_either_width() -> None:
    assert [number({"n": said}, "n") for said in ("12", "１２", " ０７ ", 12, 0, "", None)] == [12, 12, 7, 12, 0, 0, 0]
    assert numbers(MultiDict([("n", "3"), ("n", "１"), ("n", ""), ("n", "3")]), "n") == (3, 1)


@pytest.mark.parametrize("said", ["-1", "1.5", "1e3", "三", "١٢", "1" * 16, True, 1.5, {"a": 1}, [1], "0x10", "1 2"])
def test_what_is_no_whole_number_is_refused_at_its_field(said: object) -> None:
    with pytest.raises(Invalid) as refused:
        number({"n": said}, "n")
    assert refused.value.fields == {"n": "選び直してください。"}


def test_a_number_has_its_bounds() -> None:
    assert (between({"n": 0}, "n", 0, 5), amount({"n": "５"}, "n", 1, 5), amount({"n": " "}, "n", 1, 5)) == (0, 5, None)
    for read, said, wrong in ((between, "", "0から5までの数で書いて"), (between, "6", "0から5まで"), (amount, "-1", "空けておいて")):
        with pytest.raises(Invalid, match=wrong):
            read({"n": said}, "n", 0, 5)


def test_days_and_hours_are_read_as_people_write_them() -> None:
    assert (day({"on": "Ｒ８．１０．２０"}, "on"), day({"on": " "}, "on"), needed_day({"on": "2026/10/20"}, "on", "いつ？")) == (
        date(2026, 10, 20), None, date(2026, 10, 20))
    assert [hour({"at": said}, "at") for said in ("9:05", "１３：３０", "13時30分")] == [time(9, 5), time(13, 30), time(13, 30)]


@pytest.mark.parametrize(("read", "said"), [(day, "あした"), (hour, "24:00"), (hour, ""), (hour, "9"), (ref, "chat.message:x"), (ref, "1")])
def test_what_cannot_be_read_is_refused(read: object, said: str) -> None:
    with pytest.raises(Invalid):
        read({"it": said}, "it")      # type: ignore[operator]


def test_choices_things_and_files_are_those_that_can_be() -> None:
    assert one_of({"kind": "a"}, "kind", {"a": "甲"}) == "a"
    assert (ref({"about": "chat.message:4"}, "about"), ref({}, "about")) == (Ref("chat.message", 4), None)
    assert files(["x" * 16, "", "x" * 16], 1) == ("x" * 16,)
    for found in (["x" * 15], ["../" + "x" * 16], ["x" * 16, "y" * 16], [7], [{"a": 1}]):
        with pytest.raises(Invalid):
            files(found, 1)      # type: ignore[arg-type]
    with pytest.raises(Invalid, match="種類を選んで"):
        one_of({"kind": {"a": 1}}, "kind", ("a",), "種類を選んでください。")

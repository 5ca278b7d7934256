import pytest

from groupware.auth.romaji import romaji
from groupware.auth.strength import check, common_words, is_guessable
from groupware.kernel.errors import Invalid

ABOUT = ("003005", "藤倉", "美咲", "ふじくら", "みさき", "fujikura", "misaki", "北広島市", "2111")


@pytest.mark.parametrize("password", [
    "password", "P@ssw0rd2024", "passw0rd!!", "12345678", "87654321", "11111111", "abababab", "qwertyuiop", "1qaz2wsx", "qwerty1234",
    "sakura2024", "さくらさくら2024", "パスワード1234", "しやくしょ2026!", "shiyakusho1", "市役所市役所市役所", "Reiwa8nen!", "19750412",
    "0312345678", "aiueo12345", "iloveyou!", "administrator", "つながるチャット"])
def test_a_password_everybody_would_try_is_refused(password: str) -> None:
    assert is_guessable(password, ())


@pytest.mark.parametrize("password", [
    "003005003005", "fujikura1975", "Misaki.Fujikura", "フジクラミサキ", "ふじくらみさき2024",
    "藤倉美咲藤倉美咲", "北広島市北広島市2026", "fujikura@2111"])
def test_a_password_made_of_the_persons_own_names_and_numbers_is_refused(password: str) -> None:
    assert is_guessable(password, ABOUT)


@pytest.mark.parametrize("password", [
    "kx7mnqpw", "83057264", "correct horse battery", "しゅうまつはやまへいく", "雨の日は靴下を替える",
    "fujikura likes wet socks", "nagagutsu to ame", "h9tf-k7mp-3wxa"])
def test_any_kind_of_characters_will_do_if_they_are_not_what_others_think_of(password: str) -> None:
    check(password, ABOUT)


def test_seven_characters_are_too_few_and_a_hundred_and_twenty_eight_are_fine() -> None:
    with pytest.raises(Invalid, match="8文字以上"):
        check("kx7mnqp", ())
    check("雨の日は靴下を替える" * 12 + "kx7mnqpw", ())


def test_a_hundred_and_twenty_nine_characters_are_refused_rather_than_cut() -> None:
    with pytest.raises(Invalid, match="128文字まで"):
        check("kx7mnqpw" * 16 + "x", ())


def test_the_list_of_common_words_has_no_word_that_would_eat_every_password() -> None:
    assert len(common_words()) > 350
    assert all(len(word) > 1 or not word.isascii() for word in common_words())


@pytest.mark.parametrize(("kana", "letters"), [
    ("ふじくら", "fujikura"), ("きょうこ", "kyouko"), ("はっとり", "hattori"), ("しゅうへい", "shuuhei"),
    ("じゅんいち", "junichi"), ("ちゃえん", "chaen")])
def test_kana_is_spelled_as_people_spell_it(kana: str, letters: str) -> None:
    assert romaji(kana) == letters

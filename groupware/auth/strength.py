"""Which passwords are refused: the short ones and those that others would guess. No rule about kinds of characters, no expiry (ASVS 5.0, 6.2).

What everybody knows is taken out of the password: common words, the person's own names, runs of the keyboard, years. What is left
must have something of its own.
"""
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from groupware.auth.hashing import LONGEST
from groupware.auth.romaji import romaji
from groupware.directory.forms import PersonDraft
from groupware.directory.models import User
from groupware.kernel.errors import Invalid

SHORTEST, ADVISED = 8, 15
OWN = 5                 # different characters beyond what everybody knows
RUNS = ("0123456789012", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "あいうえおかきくけこさしすせそ")
YEAR = re.compile(r"(19[2-9]\d|20[0-4]\d|昭和|平成|令和|[shr]\d{2})")
AGAIN = re.compile(r"(.{1,4})\1+")
LOOKS_LIKE = str.maketrans("@4301!5$7", "aaeoiisst")
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def check(password: str, about: Iterable[str]) -> None:
    """``about``: words that others know of this person (numbers, names, the city). Raises Invalid with what to do instead."""
    if len(password) < SHORTEST:
        raise Invalid(new=f"{SHORTEST}文字以上にしてください。{ADVISED}文字以上をお勧めします。")
    if len(password) > LONGEST:
        raise Invalid(new=f"{LONGEST}文字までにしてください。")
    if is_guessable(password, about):
        raise Invalid(new="ほかの人が思いつきやすいパスワードです。関係のない言葉をいくつかつなぐと、覚えやすく破られにくくなります。")


def composed(password: str) -> str:
    """が typed as one character or as two is the same password."""
    return unicodedata.normalize("NFC", password)


def is_guessable(password: str, about: Iterable[str]) -> bool:
    folded = _folded(password)
    words = sorted({*common_words(), *filter(_tells, map(_folded, about))}, key=len, reverse=True)
    return any(len(set(_without(variant, words))) < OWN for variant in (folded, folded.translate(LOOKS_LIKE)))


def words_of(person: PersonDraft | User) -> tuple[str, ...]:
    """What others know of the person and would try first."""
    kana = (person.family_kana, person.given_kana)
    mail = re.split(r"[@._-]", person.email)
    return (person.staff_number, person.family_name, person.given_name, *kana, *map(romaji, kana), *mail, person.extension)


@cache
def common_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_folded(line) for line in lines if line and not line.startswith("#"))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(KATAKANA)


def _tells(word: str) -> bool:
    """A name of one letter would eat up every password; one kanji does not."""
    return len(word) > (2 if word.isascii() else 0)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    for run in RUNS:
        text = _without_run(_without_run(text, run), run[::-1])
    return AGAIN.sub(r"\1", YEAR.sub(" ", text)).replace(" ", "")


def _without_run(text: str, run: str) -> str:
    """Three neighbours or more."""
    for length in range(len(run), 2, -1):
        for start in range(len(run) - length + 1):
            text = text.replace(run[start:start + length], " ")
    return text

"""What comes in at the door, made sure of."""
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from groupware.auth.strength import check, composed
from groupware.kernel.errors import Invalid

STAFF_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
HIRAGANA = re.compile(r"[ぁ-ゖー]+")
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Credentials:
    staff_number: str
    password: str

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Full-width digits are taken as what was meant; leading zeros stay."""
        number, password = _folded(data.get("staff_number", "")), data.get("password", "")
        if not number:
            raise Invalid(staff_number="職員番号を入れてください。")
        if not password:
            raise Invalid(password="パスワードを入れてください。")
        return cls(number[:100], composed(password))


@dataclass(frozen=True, slots=True)
class PasswordDraft:
    current: str
    new: str

    @classmethod
    def parse(cls, data: Mapping[str, str], about: Iterable[str]) -> Self:
        """``about``: what others know of the person."""
        current, new = composed(data.get("current", "")), new_password(data, about)
        if not current:
            raise Invalid(current="いまのパスワードを入れてください。")
        if new == current:
            raise Invalid(new="いまと違うパスワードにしてください。")
        return cls(current, new)


@dataclass(frozen=True, slots=True)
class Foundation:
    """The first run: a city and its first administrator."""

    city: str
    staff_number: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    password: str

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        number = _folded(data.get("staff_number", ""))
        if not STAFF_NUMBER.fullmatch(number):
            raise Invalid(staff_number="職員番号を、半角の数字か英字で入れてください。")
        words = {key: _words(data, key) for key in ("city", "family_name", "given_name")}
        kana = {key: _kana(data, key) for key in ("family_kana", "given_kana")}
        password = new_password(data, (number, *words.values(), *kana.values()))
        return cls(staff_number=number, password=password, **words, **kana)


def new_password(data: Mapping[str, str], about: Iterable[str]) -> str:
    new, again = composed(data.get("new", "")), composed(data.get("again", ""))
    check(new, about)
    if again != new:
        raise Invalid(again="上と同じパスワードを、もう一度入れてください。")
    return new


def _words(data: Mapping[str, str], key: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", data.get(key, "")).split())
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise Invalid(**{key: f"{LABELS[key]}を入れてください（{LONGEST_NAME}文字まで）。"})
    return text


def _kana(data: Mapping[str, str], key: str) -> str:
    """Katakana is taken as well; the directory keeps hiragana."""
    text = unicodedata.normalize("NFKC", data.get(key, "")).strip()
    folded = "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in text)
    if not HIRAGANA.fullmatch(folded) or len(folded) > LONGEST_NAME:
        raise Invalid(**{key: f"{LABELS[key]}を、ひらがなで入れてください。"})
    return folded


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


LABELS = {"city": "市の名前", "family_name": "姓", "given_name": "名", "family_kana": "姓のふりがな", "given_kana": "名のふりがな"}

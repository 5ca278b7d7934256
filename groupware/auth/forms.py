"""What comes in at the door, made sure of."""
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from groupware.auth.strength import check, composed, words_of
from groupware.directory.forms import PersonDraft, UnitDraft
from groupware.kernel.errors import Invalid

LONGEST_NAME = 40
CITY_CODE = "0000"      # of the unit at the top of the tree


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
            raise Invalid(password="パスワードを入れてください。")     # noqa: S106 (a sentence)
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

    city: UnitDraft
    person: PersonDraft
    password: str

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        city = " ".join(data.get("city", "").split())
        if not city or len(city) > LONGEST_NAME:
            raise Invalid(city=f"市の名前を入れてください（{LONGEST_NAME}文字まで）。")
        person = PersonDraft.parse({**data, "staff_number": _folded(data.get("staff_number", "")), "kind": "正職員"})
        return cls(UnitDraft.parse({"code": CITY_CODE, "name": city, "kind": "市"}), person, new_password(data, (city, *words_of(person))))


def new_password(data: Mapping[str, str], about: Iterable[str]) -> str:
    new, again = composed(data.get("new", "")), composed(data.get("again", ""))
    check(new, about)
    if again != new:
        raise Invalid(again="上と同じパスワードを、もう一度入れてください。")
    return new


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


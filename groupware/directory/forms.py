"""Drafts of people and units; the same parser for the screens, the CSV and the demo city."""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.directory.models import MAIN, NATURES
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.text import fold

NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}")
KANA = re.compile(r"[ぁ-ゖー゛゜・ 　-]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True, slots=True)
class PersonDraft:
    staff_number: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    kind: str
    email: str = ""
    extension: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid with a sentence for each field to mend."""
        draft = cls(_text(data, "staff_number"), _text(data, "family"), _text(data, "given"), hiragana(_text(data, "family_kana")),
                    hiragana(_text(data, "given_kana")), _text(data, "kind"), _text(data, "email"), _text(data, "extension"))
        wrong = draft._troubles()
        if wrong:
            raise Invalid(**wrong)
        return draft

    @property
    def search_key(self) -> str:
        return fold(f"{self.family_name}{self.given_name}|{self.family_kana}{self.given_kana}|{self.staff_number}|{self.extension}")

    def _troubles(self) -> dict[str, str]:
        wrong = {}
        if not NUMBER.fullmatch(self.staff_number):
            wrong["staff_number"] = "職員番号は半角の英数字20字までで書いてください。"
        if not self.family_name:
            wrong["family"] = "姓を書いてください。"
        if not KANA.fullmatch(self.family_kana or ""):
            wrong["family_kana"] = "姓のふりがなをひらがなで書いてください。"
        if self.given_kana and not KANA.fullmatch(self.given_kana):
            wrong["given_kana"] = "名のふりがなをひらがなで書いてください。"
        if not self.kind:
            wrong["kind"] = "職員の区分を選んでください。"
        if self.email and ("@" not in self.email or " " in self.email or len(self.email) > 254):
            wrong["email"] = "メールアドレスの形を確かめてください。"
        return wrong


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """An assignment: unit by code, post by name."""

    unit_code: str
    nature: str = MAIN
    post: str = ""
    starts_on: date | None = None

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        nature = _text(data, "nature") or MAIN
        if nature not in NATURES:
            raise Invalid(nature=f"発令の種類は {'・'.join(NATURES)} のどれかです。")
        if not _text(data, "unit_code"):
            raise Invalid(unit_code="所属のコードを書いてください。")
        return cls(_text(data, "unit_code"), nature, _text(data, "post"), day(data, "starts_on"))


@dataclass(frozen=True, slots=True)
class UnitDraft:
    code: str
    name: str
    kind: str
    parent_code: str = ""
    authority: str = "市長"
    position: int = 0
    starts_on: date | None = None

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        code, name, position = _text(data, "code"), _text(data, "name"), _text(data, "position") or "0"
        if not NUMBER.fullmatch(code):
            raise Invalid(code="所属のコードは半角の英数字20字までで書いてください。")
        if not name or len(name) > 60:
            raise Invalid(name="所属の名前を60字までで書いてください。")
        if not position.isdecimal() or len(position) > 6:
            raise Invalid(position="並び順は数で書いてください。")
        return cls(code, name, _text(data, "kind") or "課", _text(data, "parent_code"), _text(data, "authority") or "市長", int(position), day(data, "starts_on"))


def day(data: Mapping[str, str], name: str) -> date | None:
    """2026-04-01 or 2026/4/1; None when empty."""
    text = _text(data, name).replace("/", "-")
    if not text:
        return None
    try:
        return date(*map(int, text.split("-")))
    except (TypeError, ValueError) as error:
        raise Invalid(**{name: f"日付「{text}」を読み取れません。{clock.today().isoformat()} のように書いてください。"}) from error


def hiragana(text: str) -> str:
    return text.translate(_TO_HIRAGANA)


def _text(data: Mapping[str, str], name: str) -> str:
    value = data.get(name) or ""
    return value.strip().strip("　")[:300]

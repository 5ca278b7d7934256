"""Drafts of people and of where they sit."""
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.directory.forms.fields import CODE, code, day, text
from groupware.directory.models import MAIN, NATURES
from groupware.directory.search_key import search_key
from groupware.kernel.errors import Invalid
from groupware.kernel.text import hiragana, narrow

KANA = re.compile(r"[ぁ-ゖー・ -]+")
LONGEST_NAME = 40
LONGEST_MAIL = 254
LONGEST_EXTENSION = 20
MAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


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
        draft = cls(code(data, "staff_number"), text(data, "family"), text(data, "given"), hiragana(text(data, "family_kana")),
                    hiragana(text(data, "given_kana")), text(data, "kind"), narrow(text(data, "email")), narrow(text(data, "extension")))
        wrong = dict(draft._troubles())
        if wrong:
            raise Invalid(**wrong)
        return draft

    @property
    def search_key(self) -> str:
        return search_key(self.staff_number, (self.family_name, self.given_name), (self.family_kana, self.given_kana), self.extension, self.email)

    def _troubles(self) -> Iterator[tuple[str, str]]:
        if not CODE.fullmatch(self.staff_number):
            yield "staff_number", "職員番号は英数字20字までで書いてください。"
        if not 0 < len(self.family_name) <= LONGEST_NAME:
            yield "family", f"姓を{LONGEST_NAME}文字までで書いてください。"
        if len(self.given_name) > LONGEST_NAME:
            yield "given", f"名を{LONGEST_NAME}文字までで書いてください。"
        if not KANA.fullmatch(self.family_kana):
            yield "family_kana", "姓のふりがなを、かなで書いてください。"
        if self.given_kana and not KANA.fullmatch(self.given_kana):
            yield "given_kana", "名のふりがなを、かなで書いてください。"
        if not self.kind:
            yield "kind", "職員の区分を選んでください。"
        if self.email and not (MAIL.fullmatch(self.email) and len(self.email) <= LONGEST_MAIL):
            yield "email", "メールアドレスの形を確かめてください。"
        if len(self.extension) > LONGEST_EXTENSION:
            yield "extension", f"内線は{LONGEST_EXTENSION}文字までで書いてください。"


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """An assignment: unit by code, post by name. Without a day it begins today."""

    unit_code: str
    nature: str = MAIN
    post: str = ""
    starts_on: date | None = None

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        nature, unit_code = text(data, "nature") or MAIN, code(data, "unit_code")
        if nature not in NATURES:
            raise Invalid(nature=f"発令の種類は {'・'.join(NATURES)} のどれかです。")
        if not unit_code:
            raise Invalid(unit_code="所属を選んでください。")
        return cls(unit_code, nature, text(data, "post", LONGEST_NAME), day(data, "starts_on"))

"""Frameworks, what sections want, and evidence as they come in."""
from dataclasses import dataclass
from typing import Any, Self

from groupware.directory.tables.columns import Column
from groupware.directory.tables.reading import read_table
from groupware.kernel.errors import Invalid
from groupware.kernel.given import amount, line, number, one_of, words
from training.models.skills import LEVELS, PROOFS, ROLES

COLUMNS = (Column("code", "項目ID", ("ID", "番号"), needed=True), Column("area", "区分", ("分類", "カテゴリ")),
           Column("name", "名称", ("項目名", "スキル"), needed=True), Column("about", "説明", ("内容",)))
MOST_ITEMS, MOST_BYTES, MOST_AREAS, LONGEST_MONTHS = 300, 500_000, 20, 120


@dataclass(frozen=True, slots=True)
class FrameworkDraft:
    name: str
    edition: str
    source: str
    areas: tuple[str, ...]

    @classmethod
    def parse(cls, data: Any) -> Self:
        areas = tuple(dict.fromkeys(filter(None, (each.strip() for each in words(data, "areas").splitlines()))))
        if len(areas) > MOST_AREAS:
            raise Invalid(areas=f"区分は{MOST_AREAS}個までです。")
        return cls(line(data, "name", "枠組の名前を書いてください。", most=100), line(data, "edition", "版を書いてください。", most=60),
                   line(data, "source", "出典を書いてください。"), areas)


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    area: str
    name: str
    about: str


def items(body: bytes) -> tuple[Item, ...]:
    """All lines or none. Raises Invalid with the line."""
    if not body or len(body) > MOST_BYTES:
        raise Invalid(file="CSV を選んでください（500KBまで）。")
    sheet = read_table(COLUMNS, body)
    if not 0 < len(sheet.lines) <= MOST_ITEMS:
        raise Invalid(file=f"項目の行を、1行から{MOST_ITEMS}行までにしてください。")
    seen: dict[str, int] = {}
    for each in sheet.lines:
        _check(each.number, each.cells, seen)
    return tuple(Item(each.cells["code"], each.cells.get("area", ""), each.cells["name"], each.cells.get("about", "")) for each in sheet.lines)


def _check(number: int, cells: dict[str, str], seen: dict[str, int]) -> None:
    if not cells["code"] or not cells["name"]:
        raise Invalid(file=f"{number}行目: 項目IDと名称を書いてください。何も取り込んでいません。")
    if len(cells["code"]) > 40 or len(cells["name"]) > 100 or len(cells.get("area", "")) > 100 or len(cells.get("about", "")) > 2_000:
        raise Invalid(file=f"{number}行目: 長すぎる欄があります（項目ID40字、名称・区分100字、説明2,000字まで）。何も取り込んでいません。")
    if seen.setdefault(cells["code"], number) != number:
        raise Invalid(file=f"{number}行目: 項目ID「{cells['code']}」は{seen[cells['code']]}行目と同じです。何も取り込んでいません。")


@dataclass(frozen=True, slots=True)
class WantedDraft:
    """``people`` 0: wanted no more."""

    unit_id: int
    role: str
    skill_id: int
    level: int
    people: int

    @classmethod
    def parse(cls, data: Any) -> Self:
        role = one_of(data, "role", ROLES, "だれに要るかを選んでください。")
        return cls(number(data, "unit", "課を選んでください。"), role, number(data, "skill", "スキルを選んでください。"), level(data),
                   amount(data, "people", 0, 200) or 0)


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    skill_id: int
    level: int
    proof: str
    words: str

    @classmethod
    def parse(cls, data: Any) -> Self:
        proof = one_of(data, "proof", PROOFS, "証拠の種類を選んでください。")
        return cls(number(data, "skill", "スキルを選んでください。"), level(data), proof,
                   words(data, "words", "したこと・学んだことを書いてください。"))


def level(data: Any) -> int:
    found = number(data, "level", "レベルを選んでください。")
    if found not in LEVELS:
        raise Invalid(level="レベルを選んでください。")
    return found


def months(data: Any) -> int | None:
    """How long a certification counts; empty: for ever."""
    return amount(data, "months", 1, LONGEST_MONTHS)

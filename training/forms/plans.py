"""Plans as they come in: an aim, and up to ten things to learn, each in a numbered row."""
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import line, needed_day, number, one_of, words
from groupware.kernel.text import narrow
from training.models.skills import LEVELS

MOST_ITEMS, LONGEST_AIM, LONGEST_HOW = 10, 1_000, 300
SKILL, COURSE = "skill", "course"


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """``what``: a skill with the level to be reached, or a course (level 0)."""

    what: str
    number: int
    level: int
    until: date
    how: str


@dataclass(frozen=True, slots=True)
class PlanDraft:
    aim: str
    items: tuple[ItemDraft, ...]

    @classmethod
    def parse(cls, data: Any, year: int) -> Self:
        aim = words(data, "aim", "この一年でめざすことを、一言書いてください。", LONGEST_AIM)
        found = tuple(_item(data, place, year) for place in range(MOST_ITEMS) if _filled(data, place))
        if len({(each.what, each.number) for each in found}) < len(found):
            raise Invalid("同じスキルや研修が二つあります。一つにまとめてください。")
        return cls(aim, found)


def _filled(data: Any, place: int) -> bool:
    return any(line(data, f"{name}-{place}", most=LONGEST_HOW) for name in ("what", "until", "how"))


def _item(data: Any, place: int, year: int) -> ItemDraft:
    what, _, which = line(data, f"what-{place}").partition(":")
    if what not in {SKILL, COURSE}:
        raise Invalid(**{f"what-{place}": "学ぶもの（スキルか研修）を選んでください。"})
    until = needed_day(data, f"until-{place}", "いつまでに学ぶかを書いてください。例 R9.3.31")
    if not date(year, 4, 1) <= until <= date(year + 1, 3, 31):
        raise Invalid(**{f"until-{place}": f"その年度のうち（{year}/4/1〜{year + 1}/3/31）の日にしてください。"})
    return ItemDraft(what, number({f"what-{place}": which}, f"what-{place}", "学ぶもの（スキルか研修）を選んでください。"),
                     _level(data, f"level-{place}") if what == SKILL else 0, until, line(data, f"how-{place}", most=LONGEST_HOW))


def _level(data: Any, name: str) -> int:
    return int(one_of({name: narrow(str(data.get(name) or ""))}, name, {str(level) for level in LEVELS}, "どこまでめざすかを選んでください。"))

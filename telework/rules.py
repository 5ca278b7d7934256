"""The city's rules of working from home, as parameters: cities decide them differently (永平寺町・出雲市・都農町の要綱)."""
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from groupware.kernel.errors import Invalid
from groupware.kernel.text import narrow

REASONS = {"work": "集中して行う業務", "childcare": "育児", "care": "介護", "pregnancy": "妊娠", "infection": "感染症などの待機",
           "disaster": "災害時", "other": "所属長が認めるもの"}
EXCLUDED = {"special": "所属長が特に認めたときだけ", "never": "認めない", "same": "ほかの職員と同じ"}
MOST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Rules:
    """``week_limit``: days a week, None for no limit, half a day counting a half. ``halves``: whether half days may be asked for.

    ``limited_kinds``: kinds of staff for whom ``excluded`` says what holds. ``starts``, ``ends``: the hours of the day, only told, never measured.
    """

    week_limit: int | None = 3
    halves: bool = True
    starts: str = "8:30"
    ends: str = "17:15"
    limited_kinds: tuple[str, ...] = ("会計年度任用職員",)
    excluded: str = "special"

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Rules":
        return cls(**{**content, "limited_kinds": tuple(content["limited_kinds"])})

    @classmethod
    def parse(cls, data: Mapping[str, str], kinds: tuple[str, ...]) -> "Rules":
        """Raises Invalid. ``kinds``: those chosen."""
        limit = narrow(str(data.get("week_limit") or ""))
        if limit and not (limit.isdecimal() and 1 <= int(limit) <= MOST_DAYS):
            raise Invalid(week_limit="1から7までの日数を入れてください。限らないときは空けておいてください。")
        if data.get("excluded") not in EXCLUDED:
            raise Invalid(excluded="どう扱うかを選んでください。")
        return cls(int(limit) if limit else None, bool(data.get("halves")), limited_kinds=kinds, excluded=str(data["excluded"]))

    def content(self) -> dict[str, Any]:
        return asdict(self) | {"limited_kinds": list(self.limited_kinds)}

    def is_special(self, kind: str) -> bool:
        """Whether the head must say that this is an exception. Raises Invalid where there is none."""
        if kind not in self.limited_kinds or self.excluded == "same":
            return False
        if self.excluded == "never":
            raise Invalid(on_date=f"{kind}の在宅勤務は、市のきまりで認められていません。")
        return True

    def check_week(self, days_before: float, more: float) -> None:
        if self.week_limit is not None and days_before + more > self.week_limit:
            raise Invalid(on_date=f"この週の在宅勤務は、{self.week_limit}日までです（すでに {days_before:g}日）。")


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weight(span: str) -> float:
    return 1.0 if span == "day" else 0.5

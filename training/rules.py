"""What a city may decide otherwise about its leaders, how long things count, and what follows: pure, without a database."""
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Self

from groupware.kernel import clock

FILLED, SURPLUS, VACANT, ARRANGING, EXEMPT = "filled", "surplus", "vacant", "arranging", "exempt"
BESIDE = {"0": "数えない", "0.5": "0.5人と数える", "1": "1人と数える"}
COVERS = {FILLED: "充足", SURPLUS: "余剰", VACANT: "欠員", ARRANGING: "後任を調整中", EXEMPT: "免除"}


@dataclass(frozen=True, slots=True)
class Rules:
    """``years``: a term lasts to the end of that fiscal year, counted from the one it begins in. ``by_cio``: the CIO appoints.

    ``beside``: how much of a person is counted in a 課 they sit in beside their 主務.
    """

    years: int = 3
    least: int = 1
    keeps: bool = True          # a transfer does not end it
    review_days: int = 90
    by_cio: bool = False
    beside: float = 0

    @classmethod
    def of(cls, content: dict[str, Any]) -> Self:
        return cls(**content)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def reviewed_from(self, ends_on: date) -> date:
        return ends_on - timedelta(days=self.review_days)


def term_end(starts_on: date, years: int) -> date:
    """起算した年度から数えて n 年度の末日."""
    return date(clock.fiscal_year(starts_on) + years, 3, 31)


def valid_until(done_on: date, months: int | None) -> date | None:
    """The last day on which it counts: 12 months from 18 June end on 17 June. A day that a month does not have is its last."""
    if months is None:
        return None
    year, month = divmod(done_on.year * 12 + done_on.month - 1 + months, 12)
    return date(year, month + 1, min(done_on.day, monthrange(year, month + 1)[1])) - timedelta(days=1)


def cover(serving: int, coming: int, least: int, *, exempt: bool) -> str:
    """How a section stands. Who comes is seen only where somebody is missing."""
    if serving > least:
        return SURPLUS
    if serving == least:
        return FILLED
    if exempt:
        return EXEMPT
    return ARRANGING if coming else VACANT


def lacking_since(today: date, changes: Iterable[date], enough: Callable[[date], bool]) -> date | None:
    """The first day of the gap that lasts today. ``changes``: every day on which there may have been too few for the first time.

    None where there is no gap, and where as far back as is known there never were enough.
    """
    if enough(today):
        return None
    ends = sorted({day for day in changes if day <= today}, reverse=True)
    return next((day for day in ends if enough(day - timedelta(days=1))), None)

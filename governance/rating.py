"""Which letter a value earns against base and target (S, A, B, C, －), and how reports are asked for: set for each edition of the plan."""
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from governance.models.indicators import DOWN

PERIODS = {"quarter": 4, "half": 2, "year": 1}
EVERY = {"quarter": "四半期ごと", "half": "半期ごと", "year": "年度ごと"}
WORDS = {"S": "目標を超えた", "A": "予定どおり", "B": "やや遅れ", "C": "遅れ", "-": "評価なし"}
REMINDED = ("書く人", "係長", "課長")
NONE = "-"
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Ruling:
    """``within``: so many percent short of the base are still B. ``reaching``: the target itself is S already. ``council``: reports pass the
    liaison council. ``interim``: the 総務部長 confirms evaluations before the CIO. ``remind``: how many working days after the due day each of
    ``REMINDED`` is reminded; 0: never.
    """

    every: str = "quarter"
    within: int = 10
    reaching: bool = False
    council: bool = True
    interim: bool = False
    due_days: int = 15
    remind: tuple[int, ...] = (1, 3, 5)
    words: dict[str, str] = field(default_factory=lambda: dict(WORDS))

    @classmethod
    def of(cls, content: dict[str, Any] | None) -> Self:
        return cls(**{**content, "remind": tuple(content.get("remind", USUAL.remind))}) if content else cls()

    @property
    def periods(self) -> int:
        return PERIODS[self.every]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def name_of(self, period: int) -> str:
        """第2四半期, 下半期, 年度"""
        return {"quarter": f"第{period}四半期", "half": ("", "上半期", "下半期")[min(period, 2)], "year": "年度"}[self.every]

    def rate(self, value: str, base: str, target: str, direction: str) -> str:
        """``-`` wherever a number is missing: nothing is guessed."""
        numbers = [number(each) for each in (value, base, target)]
        if None in numbers:
            return NONE
        got, first, wanted = (each if direction != DOWN else -each for each in numbers if each is not None)
        if got > wanted or (self.reaching and got == wanted):
            return "S"
        if got >= first:
            return "A"
        return "B" if got >= first - abs(first) * self.within / HUNDRED else "C"


USUAL = Ruling()


def number(text: str) -> Decimal | None:
    """None for nothing and for what is no number."""
    try:
        found = Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None

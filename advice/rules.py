"""What the city decides about advice."""
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Rules:
    """``by_head``: the answer of a section holds once its head has agreed.

    ``years``: how long a commission, or its renewal, lasts at most. ``review_days``: so long before its end it is asked what comes then.
    ``closes``: with the last commission the account is stopped too, if it serves nothing else.
    """

    by_head: bool = True
    years: int = 3
    review_days: int = 90
    closes: bool = True

    @classmethod
    def of(cls, content: dict[str, Any]) -> Self:
        return cls(bool(content.get("by_head", True)), int(content.get("years", 3)), int(content.get("review_days", 90)),
                   bool(content.get("closes", True)))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def reviewed_from(self, ends_on: date) -> date:
        return ends_on - timedelta(days=self.review_days)

    def latest(self, first: date) -> date:
        """The last day that a period beginning on this day may have."""
        yearly = date(first.year, 3, 1) if (first.month, first.day) == (2, 29) else first
        return yearly.replace(year=first.year + self.years) - timedelta(days=1)

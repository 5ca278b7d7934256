"""One parser per draft."""
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields, day, line, needed_day, number, words
from groupware.kernel.ports import Seat
from groupware.kernel.ref import Ref

LONGEST_TITLE = 120
LONGEST = 5000
LONGEST_REASON = 500
MOST_STEPS = 2
LONGEST_ABSENCE = 366


@dataclass(frozen=True, slots=True)
class AskingDraft:
    """``thing`` None: about nothing but these words. ``route``: one or two steps."""

    title: str
    summary: str
    route: tuple[Seat, ...]
    thing: Ref | None = None

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if not self.title:
            raise Invalid(title="何についての決裁かを、題名に書いてください。")
        if not 1 <= len(self.route) <= MOST_STEPS:
            raise Invalid(steps="決裁する人は、一段か二段で選んでください。")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written by hand: the title, the text, how many steps up."""

    title: str
    summary: str
    steps: int

    @classmethod
    def parse(cls, data: Fields) -> Self:
        """Raises Invalid."""
        title, summary = line(data, "title", most=LONGEST_TITLE), words(data, "summary", most=LONGEST)
        wrong = {} if title else {"title": "何についての決裁かを、題名に書いてください。"}
        if not summary:
            wrong["summary"] = "何をしてよいかを決めてもらうのか、内容を書いてください。"
        if wrong:
            raise Invalid(**wrong)
        return cls(title, summary, 2 if data.get("steps") == "2" else 1)


@dataclass(frozen=True, slots=True)
class AbsenceDraft:
    starts_on: date
    ends_on: date
    deputy_id: int | None

    @classmethod
    def parse(cls, data: Fields) -> Self:
        """Raises Invalid."""
        starts = needed_day(data, "starts_on", "いつから不在かを書いてください。")
        ends = day(data, "ends_on") or starts
        if ends < starts:
            raise Invalid(ends_on="終わりの日は、始まりの日より後にしてください。")
        if ends < clock.today() or (ends - starts).days > LONGEST_ABSENCE:
            raise Invalid(ends_on="終わりの日は、今日から一年までにしてください。")
        return cls(starts, ends, number(data, "deputy") or None)


def reason(data: Fields) -> str:
    return words(data, "reason", most=LONGEST_REASON)

"""One parser per draft."""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.ports import Seat
from groupware.kernel.ref import Ref
from groupware.ui.dates import read_date

LONGEST_TITLE = 120
LONGEST = 5000
LONGEST_REASON = 500
MOST_STEPS = 2
LONGEST_ABSENCE = 366
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


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
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        title, summary = line(data, "title", LONGEST_TITLE), line(data, "summary", LONGEST)
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
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        starts, ends = read_date(data.get("starts_on", "")), read_date(data.get("ends_on", "") or data.get("starts_on", ""))
        if starts is None:
            raise Invalid(starts_on="いつから不在かを書いてください。")
        if ends is None or ends < starts:
            raise Invalid(ends_on="終わりの日は、始まりの日より後にしてください。")
        if ends < clock.today() or (ends - starts).days > LONGEST_ABSENCE:
            raise Invalid(ends_on="終わりの日は、今日から一年までにしてください。")
        deputy = data.get("deputy", "")
        return cls(starts, ends, int(deputy) if deputy.isascii() and deputy.isdigit() and len(deputy) < 16 else None)


def reason(data: Mapping[str, str]) -> str:
    return line(data, "reason", LONGEST_REASON)


def line(data: Mapping[str, str], name: str, longest: int) -> str:
    """Raises Invalid when it is too long."""
    said = CONTROL.sub("", data.get(name) or "").replace("\r\n", "\n").strip()
    if len(said) > longest:
        raise Invalid(**{name: f"{longest}字までにしてください（いま{len(said)}字）。"})
    return said

"""The city's rules of working from home, as parameters: cities decide them differently (永平寺町・大阪市消防局・出雲市・小美玉市・長与町・都農町)."""
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.given import Form, amount, hour, one_of
from telework.hours import meet, minutes, written

REASONS = {"work": "集中して行う業務", "childcare": "育児", "care": "介護", "pregnancy": "妊娠", "infection": "感染症などの待機",
           "disaster": "災害時", "other": "所属長が認めるもの"}
EXCLUDED = {"special": "所属長が特に認めたときだけ", "never": "認めない", "same": "ほかの職員と同じ"}
TRIPS = {"none": "いらない（自宅への出張として扱い、出張命令簿は使わない）", "order": "市内出張命令を申請する"}
REPORTS = {"four": "始業・中断・再開・終業", "two": "始業と終業だけ"}
DECLARED = {"personal": "個人情報を扱う業務はしません", "trip": "市内出張命令を申請しました"}
MOST_DAYS, ROUNDING = 7, .01
UNDECIDED = {"hours": False}        # what rules older than a parameter did not allow


@dataclass(frozen=True, slots=True)
class Rules:
    """``week_limit``: days a week, None for no limit, half a day counting a half and hours their share of the day.

    ``halves``, ``hours``: whether less than a day may be asked for. ``overtime``, ``break_split``: only told, never measured.
    ``limited_kinds``: kinds of staff for whom ``excluded`` says what holds.
    """

    week_limit: int | None = 3
    halves: bool = True
    starts: str = "8:30"
    ends: str = "17:15"
    limited_kinds: tuple[str, ...] = ("条件付採用", "会計年度任用")
    excluded: str = "special"
    hours: bool = True
    rests: str = "12:00"
    resumes: str = "13:00"
    overtime: bool = False
    trips: str = "none"
    reasons: tuple[str, ...] = tuple(REASONS)
    personal: bool = False
    reports: str = "four"
    break_split: bool = True

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Rules":
        """Also of what was written before some of these could be decided."""
        known = {each.name for each in fields(cls)}
        decided: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                                   for name, value in {**UNDECIDED, **content}.items() if name in known}
        return cls(**decided)

    @classmethod
    def parse(cls, data: Form, kinds: tuple[str, ...]) -> "Rules":
        """Raises Invalid. ``kinds``: those chosen."""
        reasons = tuple(each for each in REASONS if each in data.getlist("reasons"))
        if not reasons:
            raise Invalid(reasons="理由を一つは選んでください。")
        times: dict[str, Any] = {name: written(hour(data, name)) for name in ("starts", "rests", "resumes", "ends")}
        for earlier, later in (("starts", "rests"), ("rests", "resumes"), ("resumes", "ends")):
            if minutes(times[earlier]) >= minutes(times[later]):
                raise Invalid(**{later: "始業、休憩の始まり、休憩の終わり、終業の順になるように入れてください。"})
        yes: dict[str, Any] = {name: bool(data.get(name)) for name in ("halves", "hours", "overtime", "personal", "break_split")}
        return cls(week_limit=amount(data, "week_limit", 1, MOST_DAYS), **times, **yes, limited_kinds=kinds, reasons=reasons,
                   excluded=one_of(data, "excluded", EXCLUDED, "どう扱うかを選んでください。"), trips=one_of(data, "trips", TRIPS),
                   reports=one_of(data, "reports", REPORTS))

    def content(self) -> dict[str, Any]:
        return asdict(self) | {"limited_kinds": list(self.limited_kinds), "reasons": list(self.reasons)}

    @property
    def declarations(self) -> dict[str, str]:
        """What whoever asks has to declare."""
        wanted = {"personal": not self.personal, "trip": self.trips == "order"}
        return {name: words for name, words in DECLARED.items() if wanted[name]}

    def is_special(self, kind: str) -> bool:
        """Whether the head must say that this is an exception. Raises Invalid where there is none."""
        if kind not in self.limited_kinds or self.excluded == "same":
            return False
        if self.excluded == "never":
            raise Invalid(on_date=f"{kind}のテレワークは、市のきまりで認められていません。")
        return True

    def share(self, span: str, begins: str = "", ends: str = "") -> float:
        """Of a day. Raises Invalid for a span that the city does not know, and for hours outside its day."""
        if span in {"am", "pm"} and not self.halves:
            raise Invalid(span="半日のテレワークは、市のきまりで認められていません。")
        if span != "hours":
            return 1.0 if span == "day" else 0.5
        if not self.hours:
            raise Invalid(span="時間を決めたテレワークは、市のきまりで認められていません。")
        if not minutes(self.starts) <= minutes(begins) < minutes(ends) <= minutes(self.ends) or not self._at_work(begins, ends):
            raise Invalid(begins=f"勤務の時間（{self.starts}〜{self.ends}）のうちで、始まりと終わりを入れてください。")
        return round(self._at_work(begins, ends) / self._at_work(self.starts, self.ends), 3)

    def is_too_much(self, days_before: float, more: float) -> bool:
        return self.week_limit is not None and days_before + more > self.week_limit + ROUNDING

    def check_asked(self, reason: str, declared: tuple[str, ...]) -> None:
        if reason not in self.reasons:
            raise Invalid(reason="その理由のテレワークは、市のきまりで認められていません。")
        for name, words in self.declarations.items():
            if name not in declared:
                raise Invalid(**{name: f"「{words}」を確かめて、印を付けてください。"})

    def wants_report(self, act: str) -> bool:
        """Whoever paused under older rules goes on all the same."""
        return act != "pause" or self.reports == "four"

    def units(self, spans: Mapping[str, str]) -> list[tuple[str, str]]:
        """Of these, what may be asked for."""
        return [(span, words) for span, words in spans.items() if span == "day" or (self.hours if span == "hours" else self.halves)]

    def check_report(self, act: str) -> None:
        if not self.wants_report(act):
            raise Conflict("市のきまりで、報告するのは始業と終業だけです。中断の報告はいりません。")

    def _at_work(self, begins: str, ends: str) -> int:
        asked = minutes(begins), minutes(ends)
        return asked[1] - asked[0] - meet(asked, (minutes(self.rests), minutes(self.resumes)))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)

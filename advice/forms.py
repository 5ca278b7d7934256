"""What comes in, read once."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from advice.models import DECISIONS, SORTS, TRAVEL
from advice.rules import Rules
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, between, day, line, needed_day, number, one_of, ref, words
from groupware.kernel.ref import Ref

LONGEST_TITLE, LONGEST_DAY, STEP, MOST_MEASURES = 80, 8 * 60, 15, 11
MOST_YEARS, MOST_REVIEW = 10, 365
DECIDERS = {"cio": "CIO（副市長）", "director": "総務部長"}
CODE = re.compile(r"M\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ties:
    """What a piece of advice belongs to. ``unit_id`` 0: the section of the team; ``about``: what it came from."""

    unit_id: int = 0
    team: Ref | None = None
    measures: tuple[str, ...] = ()
    about: Ref | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(number(data, "unit"), ref(data, "team"), _codes(data.getlist("measure")), ref(data, "about"))


@dataclass(frozen=True, slots=True)
class AskDraft:
    author_id: int
    title: str
    question: str
    ties: Ties

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(number(data, "author", "助言をお願いする人を選んでください。"), _title(data),
                   words(data, "question", "聞きたいことを書いてください。"), Ties.parse(data))


@dataclass(frozen=True, slots=True)
class WordsDraft:
    """What was said. ``version``: the one that the writer saw, 0 for a new one."""

    sort: str
    title: str
    body: str
    minutes: int
    day: date | None = None
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        sort, minutes = one_of(data, "sort", SORTS, "助言か提言かを選んでください。"), number(data, "minutes")
        if minutes % STEP or not 0 <= minutes <= LONGEST_DAY:
            raise Invalid(minutes="15分きざみで、8時間までにしてください。")
        return cls(sort, _title(data), words(data, "body", "助言の中身を書いてください。"), minutes, _past(data, "day"), number(data, "version"))


@dataclass(frozen=True, slots=True)
class GiveDraft:
    """``author_id`` 0: the writer's own."""

    words: WordsDraft
    ties: Ties
    author_id: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(WordsDraft.parse(data), Ties.parse(data), number(data, "author"))


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """``decision`` is what is proposed to the head, ``until`` of a 保留, ``effect`` what came of it."""

    act: str
    reason: str = ""
    decision: str = ""
    until: date | None = None
    effect: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        decision = str(data.get("decision") or "")
        if decision and decision not in DECISIONS:
            raise Invalid(decision="対応を選んでください。")
        until = day(data, "until")
        if until and until <= clock.today():
            raise Invalid(until="保留の期限は、あしたからあとの日付にしてください。例 R9.3.31")
        return cls(str(data.get("act") or ""), words(data, "reason"), decision, until, words(data, "effect"))


@dataclass(frozen=True, slots=True)
class CandidateDraft:
    """``user_id``: their account, 0 while there is none. ``version``: the one that the writer saw, 0 for a new one."""

    name: str
    affiliation: str
    field: str
    why: str = ""
    user_id: int = 0
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(line(data, "name", "候補の方の氏名を書いてください。", 60), line(data, "affiliation", most=100),
                   line(data, "field", "どの分野の助言をお願いするかを書いてください。", 100), words(data, "why", most=2000), number(data, "account"),
                   number(data, "version"))


@dataclass(frozen=True, slots=True)
class TermDraft:
    """What is asked for at the desk. ``starts_on`` None: a renewal, which goes on from the last day."""

    ends_on: date
    decider: str
    travel: str
    starts_on: date | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(needed_day(data, "ends_on", "いつまで委嘱するかを書いてください。例 R9.3.31"),
                   one_of(data, "decider", DECIDERS, "決裁する人を選んでください。"),
                   one_of(data, "travel", TRAVEL, "旅費の決まりを選んでください。"), day(data, "starts_on"))


@dataclass(frozen=True, slots=True)
class CommissionMove:
    """``secrecy_on`` and ``order_number`` are of the 委嘱."""

    act: str
    reason: str = ""
    secrecy_on: date | None = None
    order_number: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(line(data, "act"), words(data, "reason", most=2000), _past(data, "secrecy_on"), line(data, "order_number", most=60))


def rules(data: Form) -> Rules:
    return Rules(bool(data.get("by_head")), between(data, "years", 1, MOST_YEARS), between(data, "review_days", 1, MOST_REVIEW),
                 bool(data.get("closes")))


def _title(data: Form) -> str:
    return line(data, "title", "何についての助言かを、一行で書いてください。", LONGEST_TITLE)


def _past(data: Form, name: str) -> date | None:
    found = day(data, name)
    if found and found > clock.today():
        raise Invalid(**{name: "今日までの日付で書いてください。例 R8.10.20"})
    return found


def _codes(found: list[str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(filter(None, found)))
    if any(not CODE.fullmatch(each) for each in codes) or len(codes) > MOST_MEASURES:
        raise Invalid(measure="施策を選び直してください。")
    return tuple(sorted(codes))

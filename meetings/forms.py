"""One parser per draft."""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.ui.dates import read_date
from meetings.agenda import natural
from meetings.models.answers import ANSWERS, DEPUTY
from meetings.models.bodies import CHAIR, LEVELS, ROLES, SECRETARY
from meetings.models.sittings import KINDS

LONGEST_NAME = 60
LONGEST_TITLE = 120
LONGEST_LINE = 300
LONGEST_NOTE = 5_000
LONGEST_URL = 500
MOST_MEMBERS = 400
MOST_MINUTES = 600
MOST_PAPERS = 20
MOST_DAYS = 180
FILE_ID = re.compile(r"[0-9A-Za-z_-]{16,64}")
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """``members``: (person, role) in the order in which they sit. ``quorum`` None: more than half of chair and members."""

    name: str
    level: str
    members: tuple[tuple[int, str], ...]
    purpose: str = ""
    quorum: int | None = None
    deputies_vote: bool = True
    answer_days: int | None = None
    papers_days: int | None = None
    opens_days: int | None = None
    item_level: str | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        members = tuple((number(each), role) for role in ROLES for each in data.getlist(role) if each)
        _check_members(members)
        return cls(line(data, "name", LONGEST_NAME, "名前を書いてください。"), _one_of(data, "level", LEVELS, "だれが見られるかを選んでください。"),
                   members, line(data, "purpose", LONGEST_LINE), number(data.get("quorum"), "quorum") or None if data.get("quorum") else None,
                   bool(data.get("deputies_vote")), _days(data, "answer_days"), _days(data, "papers_days"), _days(data, "opens_days"),
                   _one_of(data, "item_level", LEVELS, "だれが見られるかを選び直してください。") if data.get("item_level") else None)


@dataclass(frozen=True, slots=True)
class SittingDraft:
    """``papers_at``: when papers open, None with the call. ``version`` is the one the person was looking at, 0 for a new one."""

    starts_at: datetime
    place: str = ""
    url: str = ""
    papers_at: datetime | None = None
    like_last: bool = False
    like_standing: bool = False
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        starts = _moment(data, "starts", "いつ開くかを書いてください。")
        papers, begin = _moment(data, "papers"), data.get("begin")
        if starts is None:
            raise Invalid(starts_on="いつ開くかを書いてください。")
        if papers and papers > starts:
            raise Invalid(papers_on="資料は、会議が始まるまでに開いてください。当日に配るものは、資料ごとに「当日配付」にできます。")
        return cls(starts, line(data, "place", LONGEST_TITLE), url(data), papers, begin == "last",
                   begin == "standing", number(data.get("version") or 0))


@dataclass(frozen=True, slots=True)
class ItemDraft:
    title: str
    kind: str
    minutes: int
    level: str | None = None
    parent_id: int | None = None
    presenter_id: int | None = None
    presenter: str = ""
    note: str = ""
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        minutes = number(data.get("minutes") or 0, "minutes")
        if minutes > MOST_MINUTES:
            raise Invalid(minutes=f"{MOST_MINUTES}分までで書いてください。")
        level, parent, person = data.get("level"), data.get("parent"), data.get("presenter_id")
        return cls(line(data, "title", LONGEST_TITLE, "議題を書いてください。"), _one_of(data, "kind", KINDS, "種類を選んでください。"), minutes,
                   _one_of(data, "level", LEVELS, "だれが見られるかを選び直してください。") if level else None, number(parent) if parent else None,
                   number(person) if person else None, line(data, "presenter", LONGEST_NAME), text(data, "note", LONGEST_NOTE),
                   number(data.get("version") or 0))


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    answer: str
    deputy: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        answer = _one_of(data, "answer", ANSWERS, "出席するかどうかを選んでください。")
        return cls(answer, line(data, "deputy", LONGEST_NAME, "代わりに出る人の名前を書いてください。") if answer == DEPUTY else "")


@dataclass(frozen=True, slots=True)
class PapersDraft:
    """``files``: (id, title), 資料2 before 資料10. ``instead_of``: the paper still awaited whose place they take."""

    files: tuple[tuple[str, str], ...]
    handout: bool = False
    instead_of: int | None = None

    @classmethod
    def parse(cls, data: Form, names: Mapping[str, str]) -> Self:
        """``names`` of the files by id; Raises Invalid for none, too many, or what is no file."""
        found = tuple(dict.fromkeys(each for each in data.getlist("files") if each))
        if not found or len(found) > MOST_PAPERS or not all(FILE_ID.fullmatch(each) for each in found):
            raise Invalid(files=f"資料のファイルを{MOST_PAPERS}個までで選んでください。")
        titled = sorted(((each, title_of(names.get(each, ""))) for each in found), key=lambda pair: natural(pair[1]))
        awaited = data.get("awaited")
        return cls(tuple(titled), bool(data.get("handout")), number(awaited) if awaited else None)


def title_of(name: str) -> str:
    """A file's name without its ending."""
    return (name.rpartition(".")[0] or name)[:LONGEST_TITLE] or "資料"


def line(data: Mapping[str, Any] | Form, name: str, most: int, needed: str = "") -> str:
    """One line, without space at the ends."""
    value = " ".join(CONTROL.sub("", str(data.get(name) or "")).split())
    if len(value) > most:
        raise Invalid(**{name: f"{most}文字までで書いてください。"})
    if needed and not value:
        raise Invalid(**{name: needed})
    return value


def text(data: Mapping[str, Any] | Form, name: str, most: int) -> str:
    value = CONTROL.sub("", str(data.get(name) or "")).replace("\r\n", "\n").strip()
    if len(value) > most:
        raise Invalid(**{name: f"{most:,}文字までで書いてください。"})
    return value


def number(said: object, name: str = "") -> int:
    """Raises Invalid for what is no whole number of ours."""
    value = str(said)
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise Invalid(**{name: "数で書いてください。"}) if name else Invalid("番号を読み取れません。")
    return int(value)


def hour(data: Mapping[str, Any] | Form, name: str) -> time:
    found = CLOCK.fullmatch(str(data.get(name) or "").strip())
    if found is None:
        raise Invalid(**{name: "時刻を 10:30 のように書いてください。"})
    return time(int(found[1]), int(found[2]))


def url(data: Form) -> str:
    value = line(data, "url", LONGEST_URL)
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if value and not (parts.scheme in {"http", "https"} and parts.netloc):
        raise Invalid(url="オンラインの番地は https:// から書いてください。")
    return value


def _days(data: Form, name: str) -> int | None:
    found = number(data.get(name), name) if data.get(name) else None
    if found is not None and found > MOST_DAYS:
        raise Invalid(**{name: f"{MOST_DAYS}日前までで書いてください。"})
    return found


def _check_members(members: tuple[tuple[int, str], ...]) -> None:
    people, roles = [person for person, _ in members], [role for _, role in members]
    if SECRETARY not in roles:
        raise Invalid(secretary="事務局を一人は選んでください。次第と資料を整える人です。")
    if roles.count(CHAIR) > 1:
        raise Invalid(chair="議長は一人だけ選んでください。")
    if len(people) != len(set(people)):
        raise Invalid(members="同じ人が二つの役目にいます。一つにしてください。")
    if len(people) > MOST_MEMBERS:
        raise Invalid(members=f"{MOST_MEMBERS}人までです。")


def _one_of(data: Form, name: str, choices: Mapping[str, str], sentence: str) -> str:
    value = data.get(name)
    if value not in choices:
        raise Invalid(**{name: sentence})
    return str(value)


def _moment(data: Form, name: str, needed: str = "") -> datetime | None:
    """``starts_on`` with ``starts_time``."""
    said = str(data.get(f"{name}_on") or "").strip()
    if not said:
        if needed:
            raise Invalid(**{f"{name}_on": needed})
        return None
    day = read_date(said)
    if day is None:
        raise Invalid(**{f"{name}_on": "日付を読み取れません。例 R8.10.20"})
    return datetime.combine(day, hour(data, f"{name}_time"), clock.JST)

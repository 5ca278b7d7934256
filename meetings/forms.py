"""One parser per draft."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields, Form, amount, day, files, hour, line, number, numbers, one_of, words
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
        members = tuple((each, role) for role in ROLES for each in numbers(data, role))
        _check_members(members)
        return cls(line(data, "name", "名前を書いてください。", LONGEST_NAME), one_of(data, "level", LEVELS, "だれが見られるかを選んでください。"),
                   members, line(data, "purpose", most=LONGEST_LINE), amount(data, "quorum", 0, MOST_MEMBERS) or None,
                   bool(data.get("deputies_vote")), amount(data, "answer_days", 0, MOST_DAYS), amount(data, "papers_days", 0, MOST_DAYS),
                   amount(data, "opens_days", 0, MOST_DAYS), _level(data, "item_level"))


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
        starts, papers, begin = _moment(data, "starts"), _moment(data, "papers"), data.get("begin")
        if starts is None:
            raise Invalid(starts_on="いつ開くかを書いてください。")
        if papers and papers > starts:
            raise Invalid(papers_on="資料は、会議が始まるまでに開いてください。当日に配るものは、資料ごとに「当日配付」にできます。")
        return cls(starts, line(data, "place", most=LONGEST_TITLE), url(data), papers, begin == "last",
                   begin == "standing", number(data, "version"))


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
        return cls(line(data, "title", "議題を書いてください。", LONGEST_TITLE), one_of(data, "kind", KINDS, "種類を選んでください。"),
                   amount(data, "minutes", 0, MOST_MINUTES) or 0, _level(data, "level"), number(data, "parent") or None,
                   number(data, "presenter_id") or None, line(data, "presenter", most=LONGEST_NAME), words(data, "note", most=LONGEST_NOTE),
                   number(data, "version"))


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    answer: str
    deputy: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        answer = one_of(data, "answer", ANSWERS, "出席するかどうかを選んでください。")
        return cls(answer, line(data, "deputy", "代わりに出る人の名前を書いてください。", LONGEST_NAME) if answer == DEPUTY else "")


@dataclass(frozen=True, slots=True)
class PapersDraft:
    """``files``: (id, title), 資料2 before 資料10. ``instead_of``: the paper still awaited whose place they take."""

    files: tuple[tuple[str, str], ...]
    handout: bool = False
    instead_of: int | None = None

    @classmethod
    def parse(cls, data: Form, names: Mapping[str, str]) -> Self:
        """``names`` of the files by id; Raises Invalid for none, too many, or what is no file."""
        found = files(data.getlist("files"), MOST_PAPERS)
        if not found:
            raise Invalid(files=f"資料のファイルを{MOST_PAPERS}個までで選んでください。")
        titled = sorted(((each, title_of(names.get(each, ""))) for each in found), key=lambda pair: natural(pair[1]))
        return cls(tuple(titled), bool(data.get("handout")), number(data, "awaited") or None)


def title_of(name: str) -> str:
    """A file's name without its ending."""
    return (name.rpartition(".")[0] or name)[:LONGEST_TITLE] or "資料"


def url(data: Fields) -> str:
    value = line(data, "url", most=LONGEST_URL)
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if value and not (parts.scheme in {"http", "https"} and parts.netloc):
        raise Invalid(url="オンラインの番地は https:// から書いてください。")
    return value


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


def _level(data: Form, name: str) -> str | None:
    return one_of(data, name, LEVELS, "だれが見られるかを選び直してください。") if data.get(name) else None


def _moment(data: Form, name: str) -> datetime | None:
    """``starts_on`` with ``starts_time``."""
    found = day(data, f"{name}_on")
    return datetime.combine(found, hour(data, f"{name}_time"), clock.JST) if found else None

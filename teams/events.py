"""What happened to teams."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfTeam(Event):
    kind: ClassVar[str] = "teams.team"
    key: ClassVar[str] = "team_id"
    team_id: int


@dataclass(frozen=True, slots=True)
class TeamProposed(_OfTeam):
    words: ClassVar[str] = "チームの発足を提案した"


@dataclass(frozen=True, slots=True)
class CharterWritten(_OfTeam):
    words: ClassVar[str] = "チームの定めを書いた"


@dataclass(frozen=True, slots=True)
class TeamMoved(_OfTeam):
    words: ClassVar[str] = "チームの手続を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class MemberSeated(_OfTeam):
    words: ClassVar[str] = "チームに人を加えた"
    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class MemberLeft(_OfTeam):
    words: ClassVar[str] = "チームから人が外れた"
    user_id: int


@dataclass(frozen=True, slots=True)
class _OfTask(Event):
    kind: ClassVar[str] = "teams.task"
    key: ClassVar[str] = "task_id"
    task_id: int
    team_id: int


@dataclass(frozen=True, slots=True)
class TaskAdded(_OfTask):
    words: ClassVar[str] = "チームのタスクを加えた"
    owner_id: int | None
    by_id: int


@dataclass(frozen=True, slots=True)
class TaskChanged(_OfTask):
    """``owner_id``: somebody to whom it was given now."""

    words: ClassVar[str] = "チームのタスクを書き直した"
    owner_id: int | None
    by_id: int


@dataclass(frozen=True, slots=True)
class TaskMoved(_OfTask):
    words: ClassVar[str] = "チームのタスクを進めた"
    state: str
    by_id: int


@dataclass(frozen=True, slots=True)
class TaskTicked(_OfTask):
    words: ClassVar[str] = "タスクの小さな項目に印を付けた"
    place: int
    done: bool


@dataclass(frozen=True, slots=True)
class TaskDropped(_OfTask):
    words: ClassVar[str] = "チームのタスクを取り除いた"


@dataclass(frozen=True, slots=True)
class TaskReminded(_OfTask):
    words: ClassVar[str] = "タスクの期限を知らせた"
    people: tuple[int, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class CheckinGiven(Event):
    kind: ClassVar[str] = "teams.checkin"
    key: ClassVar[str] = "checkin_id"
    words: ClassVar[str] = "チームの週の一言を書いた"
    checkin_id: int
    team_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CheckinDayChosen(_OfTeam):
    words: ClassVar[str] = "週の一言をたずねる曜日を決めた"
    day: int | None


@dataclass(frozen=True, slots=True)
class CheckinAsked(_OfTeam):
    words: ClassVar[str] = "チームに週の一言をたずねた"
    people: tuple[int, ...]
    week: int


@dataclass(frozen=True, slots=True)
class _OfMilestone(Event):
    kind: ClassVar[str] = "teams.milestone"
    key: ClassVar[str] = "milestone_id"
    milestone_id: int
    team_id: int


@dataclass(frozen=True, slots=True)
class MilestoneSet(_OfMilestone):
    words: ClassVar[str] = "チームの節目を決めた"


@dataclass(frozen=True, slots=True)
class MilestoneReached(_OfMilestone):
    words: ClassVar[str] = "チームの節目に印を付けた"
    reached: bool


@dataclass(frozen=True, slots=True)
class MilestoneDropped(_OfMilestone):
    words: ClassVar[str] = "チームの節目を取り除いた"


@dataclass(frozen=True, slots=True)
class DecisionNoted(Event):
    kind: ClassVar[str] = "teams.decision"
    key: ClassVar[str] = "decision_id"
    words: ClassVar[str] = "チームの決定を載せた"
    decision_id: int
    team_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class _OfPage(Event):
    kind: ClassVar[str] = "teams.page"
    key: ClassVar[str] = "page_id"
    page_id: int
    team_id: int


@dataclass(frozen=True, slots=True)
class PageBegun(_OfPage):
    words: ClassVar[str] = "チームの文書をつくった"
    slow: bool


@dataclass(frozen=True, slots=True)
class PageWritten(_OfPage):
    words: ClassVar[str] = "チームの文書を書き直した"
    slow: bool


@dataclass(frozen=True, slots=True)
class PageRendered(_OfPage):
    words: ClassVar[str] = "チームの文書の書式を整えた"


@dataclass(frozen=True, slots=True)
class PagePutAway(_OfPage):
    words: ClassVar[str] = "チームの文書をしまった"


PAGE_EVENTS = (PageBegun, PageWritten, PageRendered, PagePutAway)
PLAN_EVENTS = (MilestoneSet, MilestoneReached, MilestoneDropped, DecisionNoted)
CHECKIN_EVENTS = (CheckinGiven, CheckinDayChosen, CheckinAsked)
TASK_EVENTS = (TaskAdded, TaskChanged, TaskMoved, TaskTicked, TaskDropped, TaskReminded)
EVENTS = (TeamProposed, CharterWritten, TeamMoved, MemberSeated, MemberLeft, *TASK_EVENTS, *CHECKIN_EVENTS, *PLAN_EVENTS, *PAGE_EVENTS)

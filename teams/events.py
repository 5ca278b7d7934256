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


EVENTS = (TeamProposed, CharterWritten, TeamMoved, MemberSeated, MemberLeft)

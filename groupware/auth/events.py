"""What happened at the door. Never a password, never a token, never what a stranger typed."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    words: ClassVar[str] = "サインインした"
    kind: ClassVar[str] = "auth.session"
    key: ClassVar[str] = "session_id"
    session_id: int
    user_id: int
    way: str


@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """``user_id`` is 0 for a staff number that does not exist."""

    words: ClassVar[str] = "サインインに失敗した"
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    words: ClassVar[str] = "サインインを終わらせた"
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int
    session_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    words: ClassVar[str] = "パスワードを変えた"
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class PasswordIssued(Event):
    """An administrator handed over an initial password, the first or after a reset."""

    words: ClassVar[str] = "初めのパスワードを発行した"
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class DemoPersonListed(Event):
    words: ClassVar[str] = "実演の人を並べた"
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class CityFounded(Event):
    """The first run: the city's name stands at the top of the tree, and there is one administrator."""

    words: ClassVar[str] = "市を登録した"
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class _OfFactor(Event):
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class FactorSet(_OfFactor):
    words: ClassVar[str] = "確認コードを準備した"


@dataclass(frozen=True, slots=True)
class FactorProved(_OfFactor):
    """``way``: code, or recovery (one of the codes on paper)."""

    words: ClassVar[str] = "確認コードを示した"
    way: str


@dataclass(frozen=True, slots=True)
class CodesRenewed(_OfFactor):
    words: ClassVar[str] = "予備のコードを出し直した"


@dataclass(frozen=True, slots=True)
class FactorRemoved(_OfFactor):
    """By the person, or by an administrator because the telephone is lost."""

    words: ClassVar[str] = "確認コードを取り消した"


EVENTS = (SignedIn, SignInFailed, SessionsEnded, PasswordChanged, PasswordIssued, DemoPersonListed, CityFounded, FactorSet, FactorProved,
          CodesRenewed, FactorRemoved)

"""Facts about how people are told."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class WaysChosen(Event):
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    words: ClassVar[str] = "お知らせの届き方を決めた"

    user_id: int


@dataclass(frozen=True, slots=True)
class PostChanged(Event):
    """``titles``: mails may say what things are called."""

    kind: ClassVar[str] = "notifications.post"
    key: ClassVar[str] = "post_id"
    words: ClassVar[str] = "メールの決まりを変えた"

    titles: bool
    post_id: int = 1


@dataclass(frozen=True, slots=True)
class LetterTriedAgain(Event):
    kind: ClassVar[str] = "notifications.letter"
    key: ClassVar[str] = "letter_id"
    words: ClassVar[str] = "届かなかったメールをもう一度送ることにした"

    letter_id: int


@dataclass(frozen=True, slots=True)
class TrialSent(Event):
    kind: ClassVar[str] = "notifications.letter"
    key: ClassVar[str] = "letter_id"
    words: ClassVar[str] = "試しのメールを送った"

    letter_id: int


@dataclass(frozen=True, slots=True)
class AlarmRaised(Event):
    """``what`` is the Ref of the thing."""

    kind: ClassVar[str] = "notifications.alarm"
    key: ClassVar[str] = "alarm_id"
    words: ClassVar[str] = "災害の知らせにした"

    alarm_id: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class AlarmRung(Event):
    """How many people were told in spite of night, leave and choice."""

    kind: ClassVar[str] = "notifications.alarm"
    key: ClassVar[str] = "alarm_id"
    words: ClassVar[str] = "災害の知らせを、夜間・休暇にかかわらず届けた"

    alarm_id: int
    people: int


@dataclass(frozen=True, slots=True)
class AlarmEnded(Event):
    kind: ClassVar[str] = "notifications.alarm"
    key: ClassVar[str] = "alarm_id"
    words: ClassVar[str] = "災害の知らせを終えた"

    alarm_id: int


EVENTS = (WaysChosen, PostChanged, LetterTriedAgain, TrialSent, AlarmRaised, AlarmRung, AlarmEnded)

"""The effects by which a feature has people told, and no longer told."""
from dataclasses import dataclass

from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Notice:
    """``reason`` is a short sentence for the person: 「あなた宛て」. ``kind`` is the name of a declared kind.

    What happens in one ``place`` (a room, a notice, a sitting; else the thing itself) becomes one line of the stream.
    """

    user_id: int
    about: Ref
    reason: str
    kind: str = ""
    place: Ref | None = None


@dataclass(frozen=True, slots=True)
class Reconsider:
    """A right to ``what`` (a thing, or a place) may have ended, for one person or for anybody: who cannot see it is not told of it any more."""

    what: Ref
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class RingAlarm:
    """Whoever was told of its thing and has not read it is reached, whatever the hour."""

    alarm_id: int

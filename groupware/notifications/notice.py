"""The effect by which a feature has people told."""
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

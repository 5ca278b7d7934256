"""The effect by which a feature has a person told."""
from dataclasses import dataclass

from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Notice:
    """``reason`` is a short sentence for the person: 「あなた宛て」."""

    user_id: int
    about: Ref
    reason: str

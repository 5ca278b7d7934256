"""What happened at the desk. The features which asked listen to the last three, and look at ``ref``.

``ApprovalGranted`` and ``ApprovalReturned`` come within the transaction of the last decision (``@on.within``) and later (``@on.later``).
"""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event
from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class _OfAsking(Event):
    """``thing``: what was asked about, as text; empty for an asking about its own words."""

    kind: ClassVar[str] = "approvals.asking"
    key: ClassVar[str] = "asking_id"
    asking_id: int
    thing: str

    @property
    def ref(self) -> Ref:
        """Of what was asked about."""
        return Ref.parse(self.thing) if self.thing else self.about


@dataclass(frozen=True, slots=True)
class ApprovalAsked(_OfAsking):
    """``before``: on whose desks it was laid."""

    words: ClassVar[str] = "決裁をあおいだ"
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepApproved(_OfAsking):
    """The first of two."""

    words: ClassVar[str] = "決裁の段を承認した"
    step_id: int
    stands_in: bool
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ApprovalGranted(_OfAsking):
    """``decider_id`` decided last; ``stands_in``: in somebody's stead (代決)."""

    words: ClassVar[str] = "決裁した"
    asker_id: int
    decider_id: int
    stands_in: bool


@dataclass(frozen=True, slots=True)
class ApprovalReturned(_OfAsking):
    """Why is in the asking, which is read by those who may."""

    words: ClassVar[str] = "差し戻した"
    asker_id: int
    decider_id: int
    stands_in: bool


@dataclass(frozen=True, slots=True)
class ApprovalWithdrawn(_OfAsking):
    words: ClassVar[str] = "決裁の願いを取り下げた"
    asker_id: int


@dataclass(frozen=True, slots=True)
class HoldersMoved(_OfAsking):
    """Others than before may decide: a transfer, an absence."""

    words: ClassVar[str] = "決裁する人が替わった"
    arrived: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _OfPerson(Event):
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class AbsenceRegistered(_OfPerson):
    words: ClassVar[str] = "決裁の不在を登録した"
    deputy_id: int | None


@dataclass(frozen=True, slots=True)
class AbsenceCancelled(_OfPerson):
    words: ClassVar[str] = "決裁の不在を取り消した"


EVENTS = (ApprovalAsked, StepApproved, ApprovalGranted, ApprovalReturned, ApprovalWithdrawn, HoldersMoved, AbsenceRegistered, AbsenceCancelled)

"""What an administrator does to work that stands still."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfJob(Event):
    """``job_id`` 0: all that stood still, ``many`` of them."""

    kind: ClassVar[str] = "kernel.job"
    key: ClassVar[str] = "job_id"
    job_id: int
    many: int


@dataclass(frozen=True, slots=True)
class JobsRetried(_OfJob):
    words: ClassVar[str] = "止まった仕事をもう一度させた"


@dataclass(frozen=True, slots=True)
class JobsDropped(_OfJob):
    words: ClassVar[str] = "止まった仕事をやめた"


EVENTS = (JobsRetried, JobsDropped)

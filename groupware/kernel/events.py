"""Facts in the past tense: what a command leaves behind. Ids and plain values only."""
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Self

from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.trace import Trace


@dataclass(frozen=True, slots=True)
class Event:
    """``kind`` and ``key`` say what it is about: ``kind="chat.message", key="message_id"`` gives ``chat.message:42``.

    ``words`` tell a person what was done, as in 「投稿した」.
    """

    kind: ClassVar[str] = ""
    key: ClassVar[str] = ""
    words: ClassVar[str] = ""

    @classmethod
    def name(cls) -> str:
        """``chat.MessagePosted``: the package and the class."""
        return _name_of(cls)    # type: ignore[arg-type]  # mypy takes its objects' __hash__ for the class's

    @property
    def about(self) -> Ref:
        return Ref(self.kind, getattr(self, self.key))

    def as_dict(self) -> dict[str, Any]:
        """Of plain values: nothing lies deeper."""
        return {name: getattr(self, name) for name in _names(type(self))}     # type: ignore[arg-type]  # mypy takes its objects' __hash__ for the class's

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Fields that are lists come back as tuples."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known})


@cache
def _name_of(kind: type) -> str:
    package = kind.__module__.removeprefix("groupware.").partition(".")[0]
    return f"{package}.{kind.__name__}"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@dataclass(frozen=True, slots=True)
class Fact:
    """An event, who did it, and where the act came from. ``touched``: what is to be found otherwise after it."""

    actor: Actor
    event: Event
    trace: Trace
    touched: list[Ref] = field(default_factory=list, compare=False)

"""What the city decides about advice."""
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Rules:
    """``by_head``: the answer of a section holds once its head has agreed."""

    by_head: bool = True

    @classmethod
    def of(cls, content: dict[str, Any]) -> Self:
        return cls(bool(content.get("by_head", True)))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

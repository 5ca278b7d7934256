"""One name for every durable thing: ``chat.message:42``. The only way in which features speak of each other's things."""
from dataclasses import dataclass
from typing import Self

from groupware.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Ref:
    """``kind`` is ``<package>.<noun>``; ``id`` the row's number."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Invalid for anything that is not ``package.noun:number``."""
        kind, _, number = text.partition(":")
        if kind.count(".") != 1 or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise Invalid("指定されたものを特定できません。")
        return cls(kind, int(number))

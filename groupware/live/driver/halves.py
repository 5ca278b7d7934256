"""What is held for messages that are not whole yet, of all connections together."""
from typing import Protocol

WORTH_COUNTING = 16 * 1024


class Holder(Protocol):
    def cut(self) -> None: ...


class Halves:
    """When too much is held, whoever began first and is still not done is cut off: an honest message is whole within a moment."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held: dict[Holder, int] = {}       # in the order of their beginnings
        self.total = 0

    def note(self, holder: Holder, count: int) -> None:
        """So many bytes have come of its message by now."""
        before = self.held.get(holder, 0)
        if count >= WORTH_COUNTING:
            self.held[holder] = count
            self.total += count - before
            while self.total > self.most:
                self._cut_slowest()
        elif before:
            self.forget(holder)

    def forget(self, holder: Holder) -> None:
        self.total -= self.held.pop(holder, 0)

    def _cut_slowest(self) -> None:
        slowest = next(iter(self.held))
        self.forget(slowest)
        slowest.cut()

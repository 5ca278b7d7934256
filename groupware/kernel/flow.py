"""How a thing goes from state to state: one table, asked by the command, by the page that offers acts, and by the test."""
from collections.abc import Collection
from dataclasses import dataclass

from groupware.kernel.errors import Conflict, Forbidden, Invalid


@dataclass(frozen=True, slots=True)
class Step:
    """``act`` leads from one of the states ``before`` to ``after``; ``by``: the parts one of which the actor must play."""

    act: str
    before: tuple[str, ...]
    after: str
    by: frozenset[str]
    words: str
    needs_reason: bool = False

    def want(self, reason: str, words: str = "わけを書いてください。") -> None:
        """Raises Invalid with these words where the step needs a reason and has none."""
        if self.needs_reason and not reason:
            raise Invalid(reason=words)


class Flow:
    def __init__(self, *steps: Step) -> None:
        self._steps = {(step.act, state): step for step in steps for state in step.before}
        self._players = {act: frozenset().union(*(step.by for step in steps if step.act == act)) for act in {step.act for step in steps}}
        self.acts = frozenset(self._players)
        self.players = frozenset().union(*self._players.values())
        self.states = frozenset(state for step in steps for state in (*step.before, step.after))

    def step(self, state: str, act: str, parts: Collection[str]) -> Step:
        """Raises Forbidden for whom the act is never, Conflict for whom it is not now: somebody was quicker."""
        found = self._steps.get((act, state))
        if not self._players.get(act, frozenset()) & frozenset(parts):
            raise Forbidden
        if found is None:
            raise Conflict
        if not found.by & frozenset(parts):
            raise Forbidden
        return found

    def open_to(self, state: str, parts: Collection[str]) -> list[Step]:
        """What may be done now by whoever plays these parts."""
        return [step for (_, before), step in self._steps.items() if before == state and step.by & frozenset(parts)]

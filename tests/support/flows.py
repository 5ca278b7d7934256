"""Tries a flow in every state, with every act, by everybody, against a table that a test has written down apart from the code."""
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from itertools import product

from groupware.kernel.errors import Refusal
from groupware.kernel.flow import Flow

Oracle = Mapping[tuple[str, str], tuple[Collection[str], str]]      # (state, act): (who, next state)
Case = tuple[str, str, str]


def strays(flow: Flow, oracle: Oracle, states: Collection[str], acts: Collection[str], people: Collection[str],
           parts: Callable[[str, str], Collection[str]]) -> Iterator[tuple[Case, str | None]]:
    """Where the flow leads somewhere else. ``parts``: what somebody plays in a state; nothing for whom the rule refuses."""
    for state, act, who in product(states, acts, people):
        reached = None
        with suppress(Refusal):
            reached = flow.step(state, act, parts(state, who)).after
        if reached != expected(oracle, state, act, who):
            yield (state, act, who), reached


def permitted(oracle: Oracle) -> Iterator[Case]:
    for (state, act), (people, _) in oracle.items():
        yield from ((state, act, who) for who in people)


def expected(oracle: Oracle, state: str, act: str, who: str) -> str | None:
    """None: refused."""
    people, after = oracle.get((state, act), ((), None))
    return after if who in people else None

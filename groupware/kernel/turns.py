"""Turns of the loop: in each, whoever has something to say is heard once, and nobody works for long."""
import time
from collections import deque

import gevent
from gevent.event import Event

LONGEST = 0.005         # seconds of work in one turn before those who come next wait for another


def next_turn() -> None:
    """Lets everybody else be heard before going on. ``sleep(0)`` would not: the loop runs such callbacks again and again, up to 5 ms
    long, before it looks at the network.
    """
    gevent.idle(gevent.get_hub().loop.MAXPRI)


def give_way() -> None:
    """In the midst of long work: the next turn, if this one has lasted long enough."""
    if _worked_long_enough():
        next_turn()


class Turnstile:
    """Everything that comes from outside goes through, in the order in which it came: at once, unless this turn has worked long enough.

    Without it, what arrives together would be done at a stretch: twenty posts are 15 ms, twenty pages 200, and nobody is heard meanwhile.
    """

    def __init__(self) -> None:
        self.waiting: deque[Event] = deque()

    def enter(self) -> None:
        if self.waiting or _worked_long_enough():
            self.waiting.append(ticket := Event())
            if len(self.waiting) == 1:
                gevent.spawn(self._let_in)
            ticket.wait()

    def _let_in(self) -> None:
        while self.waiting:
            next_turn()
            while self.waiting and not _worked_long_enough():
                self.waiting[0].set()
                gevent.sleep(0)             # here it works, until it waits for something
                self.waiting.popleft()


def _worked_long_enough() -> bool:
    return time.time() - gevent.get_hub().loop.now() > LONGEST


turnstile = Turnstile()

"""Turns of the loop."""
import time

import gevent
from gevent import socket

from groupware.kernel.turns import LONGEST, Turnstile, next_turn


def test_the_network_is_looked_at_in_the_next_turn() -> None:
    """A sleep of nothing in its place comes back hundreds of times before what arrived is heard."""
    here, there = socket.socketpair()
    with here, there:
        hearing = gevent.spawn(here.recv, 1)
        next_turn()
        there.send(b"!")
        for _ in range(3):
            next_turn()
        assert hearing.ready()


def test_those_who_come_together_go_in_as_they_came_and_never_long_at_a_stretch() -> None:
    stile, order, stretches = Turnstile(), list[int](), list[int]()

    def come(number: int) -> None:
        stile.enter()
        order.append(number)
        stretches[-1] += 1
        until = time.perf_counter() + LONGEST / 2
        while time.perf_counter() < until:
            pass

    def beat() -> None:
        while len(order) < 20:
            stretches.append(0)
            next_turn()
    beating = gevent.spawn(beat)
    gevent.joinall([gevent.spawn(come, number) for number in range(20)], raise_error=True)
    beating.get()
    assert order == list(range(20))
    assert max(stretches) <= 4


def test_who_comes_alone_does_not_wait() -> None:
    next_turn()
    stile, turns = Turnstile(), list[int]()
    gevent.spawn(lambda: turns.append(1))
    stile.enter()
    assert not turns

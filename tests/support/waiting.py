"""The one place in the tests where time passes: a condition is asked until it holds, and nobody sleeps for luck."""
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
PAUSE = 0.02


def until(condition: Callable[[], Answer], seconds: float = 20, what: str = "") -> Answer:
    """The first answer that is true. A condition that never comes true fails the test and says which one it was."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what or getattr(condition, '__name__', condition)}")
        time.sleep(PAUSE)

"""How much a browser may say in a while: a bucket of tokens that fills by itself."""
from time import monotonic

from groupware.live.driver.frames import POLICY, Violation

TOKEN_BYTES = 8192          # a long message costs as much as several short ones


class Budget:
    __slots__ = ("at", "burst", "rate", "tokens")

    def __init__(self, rate: float, burst: int) -> None:
        self.rate, self.burst = rate, burst
        self.tokens, self.at = float(burst), monotonic()

    def charge(self, length: int) -> None:
        """For one frame. Raises Violation when nothing is left."""
        now = monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate) - 1 - length / TOKEN_BYTES
        self.at = now
        if self.tokens < 0:
            raise Violation(POLICY, "too much at once")

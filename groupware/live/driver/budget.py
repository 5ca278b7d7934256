"""How much a browser may say in a while: a bucket of tokens that fills by itself."""
from time import monotonic

from groupware.live.driver.frames import CLOSE, POLICY, TEXT, Violation

TOKEN_BYTES = 8192          # a long message costs as much as several short ones
CONTROL = 20                # tokens for a ping or a pong: no page sends any, and programs send one in many seconds


class TooMuch(Violation):
    """Said so fast that it can be no person."""

    def __init__(self) -> None:
        super().__init__(POLICY, "too much at once")


class Budget:
    __slots__ = ("at", "burst", "rate", "tokens")

    def __init__(self, rate: float, burst: int) -> None:
        self.rate, self.burst = rate, burst
        self.tokens, self.at = float(burst), monotonic()

    def charge(self, length: int, opcode: int = TEXT) -> None:
        """For one frame. Raises TooMuch when nothing is left."""
        now = monotonic()
        cost = CONTROL if opcode > CLOSE else 1 + length / TOKEN_BYTES
        self.tokens, self.at = min(self.burst, self.tokens + (now - self.at) * self.rate) - cost, now
        if self.tokens < 0:
            raise TooMuch

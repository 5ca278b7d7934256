"""A large form is taken apart on the loop, piece by piece; between the pieces everybody else has their turn."""
from typing import BinaryIO

from groupware.kernel.turns import next_turn


class Breathing:
    """What a form's parser reads from."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def read(self, size: int = -1) -> bytes:
        next_turn()
        return self.stream.read(size)

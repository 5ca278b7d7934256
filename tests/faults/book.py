"""The harness's own memory: JSON lines. What was acknowledged is handed to the system before the next message is sent."""
from pathlib import Path
from time import monotonic
from typing import Any

from groupware.kernel import json

Line = dict[str, Any]


class Book:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = path.open("a", encoding="utf-8")

    def note(self, what: str, **facts: Any) -> None:
        """Kept with the next ``keep``."""
        self.file.write(json.dumps({"at": self.now(), "what": what, **facts}) + "\n")

    def keep(self, what: str, **facts: Any) -> None:
        """Whatever happens to this process from now on, the line stays."""
        self.note(what, **facts)
        self.file.flush()

    @staticmethod
    def now() -> float:
        return round(monotonic(), 4)

    def close(self) -> None:
        self.file.close()


def read(path: Path) -> list[Line]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]

"""One installation, one crowd, its share of the faults; then silence, and the judge."""
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from tests.faults import records
from tests.faults.book import Book, read
from tests.faults.checker import Verdict, judge
from tests.faults.crowd import Crowd
from tests.faults.house import House
from tests.faults.nemesis import Nemesis
from tests.support.waiting import until

PEOPLE, ROOMS, ROVERS = 16, 4, 4
ENDS_WITHIN = 600
REMOVED_WITHIN = 1.0        # seconds until a removal has reached the other web processes


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    postgresql: bool
    processes: int
    faults: int
    acked: int
    seed: str
    kinds: tuple[str, ...] = ()         # of faults; all that are possible when none is named
    sabotage: str = ""
    hushed: float = 0.5                 # share of the faults after which nothing is said that would show what was missed


@dataclass(frozen=True, slots=True)
class Outcome:
    task: Task
    verdict: Verdict
    faults: list[str]
    seconds: float
    slowest: float
    disk: str

    @property
    def clean(self) -> bool:
        return self.verdict.clean and len(self.faults) == self.task.faults

    def as_dict(self) -> dict[str, Any]:
        return {"leg": self.task.name, "seed": self.task.seed, "faults": Counter(self.faults), "acked": self.verdict.acked, "slowest": self.slowest,
                "seconds": self.seconds, "disk": self.disk, "trouble": len(self.verdict.trouble),
                **{kind: len(found) for kind, found in self.verdict.complaints.items()}}


def run(task: Task, folder: Path) -> Outcome:
    """Raises AssertionError when the house does not come round at all."""
    began = monotonic()
    house, book = House(folder, postgresql=task.postgresql, processes=task.processes, sabotage=task.sabotage), Book(folder / "book.jsonl")
    try:
        nemesis = _play(task, house, book)
        records.keep(house, folder / "database.jsonl")
    finally:
        house.close()
        book.close()
    verdict = judge(read(folder / "book.jsonl"), read(folder / "database.jsonl"), REMOVED_WITHIN if task.processes > 1 else 0)
    return Outcome(task, verdict, nemesis.done, round(monotonic() - began, 1), nemesis.slowest, house.disk.way)


def _play(task: Task, house: House, book: Book) -> Nemesis:
    dice = Random(task.seed)
    crowd = Crowd(house.found(PEOPLE, ROOMS, ROVERS), house.front.port, book, dice)
    nemesis = Nemesis(house, crowd, book)
    house.start()
    crowd.come()
    crowd.begin()
    nemesis.strike_all(task.kinds, task.faults, task.acked, dice, task.hushed)
    until(lambda: crowd.acked >= task.acked, ENDS_WITHIN, f"{task.acked} acknowledged messages")
    crowd.finish()
    nemesis.expect_everything_shown("the end")
    newcomer = crowd.newcomer()
    nemesis.expect_to_read_everything(newcomer)
    crowd.part(newcomer)
    return nemesis

"""The 次第: numbers and clock come from the order and the lengths alone. Pure: knows no database and no person."""
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from meetings.models.sittings import Item, Paper, Sitting

KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
DEEPEST = 2
HYPHENS = re.compile("[‐-―−ー－]")


@dataclass(slots=True)
class Line:
    """One item of the agenda: 「(2)」, from when to when, and its papers as (資料2-1, paper)."""

    item: Item
    depth: int
    number: str
    begins: datetime
    ends: datetime
    papers: list[tuple[str, Paper]] = field(default_factory=list)


def lay_out(sitting: Sitting, items: Sequence[Item], papers: Iterable[Paper]) -> list[Line]:
    """In the order of the agenda. Numbers and clock are the same for everybody, whatever of it they may see."""
    at, lines = sitting.starts_at, []
    for item, depth, place in _walk(items):
        ends = at + timedelta(minutes=item.minutes)
        lines.append(Line(item, depth, number_at(depth, place), at, ends))
        at = ends
    _end_with_those_below(lines)
    _hang(lines, papers)
    return lines


def number_at(depth: int, place: int) -> str:
    """1, (1), ア; ``place`` begins at 1."""
    if depth == 0:
        return str(place)
    return f"({place})" if depth == 1 else KANA[place - 1] if place <= len(KANA) else f"({place})"


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """資料2 before 資料10, whatever the width of its digits and the make of its hyphens."""
    words = HYPHENS.sub("-", unicodedata.normalize("NFKC", name))
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"([0-9]+)", words) if part)


def _walk(items: Sequence[Item]) -> Iterator[tuple[Item, int, int]]:
    """(item, how deep, which of its siblings)."""
    below: dict[int | None, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.position, item.id)):
        below[item.parent_id].append(item)

    def branch(parent_id: int | None, depth: int) -> Iterator[tuple[Item, int, int]]:
        for place, item in enumerate(below[parent_id], 1):
            yield item, depth, place
            yield from branch(item.id, depth + 1)
    return branch(None, 0)


def _end_with_those_below(lines: list[Line]) -> None:
    above: list[Line] = []
    for line in lines:
        del above[line.depth:]
        for each in above:
            each.ends = line.ends
        above.append(line)


def _hang(lines: list[Line], papers: Iterable[Paper]) -> None:
    """資料1, 資料2-1, 資料2-2: by the items at the top that have any. What is handed out on the day renumbers nothing: 当日配付1."""
    by_item: dict[int, list[Paper]] = defaultdict(list)
    for paper in sorted(papers, key=lambda paper: (paper.position, paper.id)):
        by_item[paper.item_id].append(paper)
    number = handed = 0
    for block in _blocks(lines):
        usual = [paper for line in block for paper in by_item[line.item.id] if not paper.handout]
        number += bool(usual)
        place = 0
        for line in block:
            for paper in by_item[line.item.id]:
                if paper.handout:
                    handed += 1
                    label = f"当日配付{handed}"
                else:
                    place += 1
                    label = f"資料{number}" + (f"-{place}" if len(usual) > 1 else "")
                line.papers.append((label, paper))


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """Each item at the top with all below it."""
    found: list[list[Line]] = []
    for line in lines:
        if line.depth == 0:
            found.append([])
        found[-1].append(line)
    return found

"""The hours of a day, as they are written (8:30) and as they are counted (minutes)."""
from datetime import time

NOON, MIDNIGHT = 12 * 60, 24 * 60
COVERED = {"day": (0, MIDNIGHT), "am": (0, NOON), "pm": (NOON, MIDNIGHT)}


def written(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def minutes(words: str) -> int:
    hour, minute = words.split(":")
    return int(hour) * 60 + int(minute)


def covered(span: str, begins: str, ends: str) -> tuple[int, int]:
    """From and to, in minutes: a half goes to noon or begins there, whatever the hours of the city."""
    return COVERED.get(span) or (minutes(begins), minutes(ends))


def meet(one: tuple[int, int], other: tuple[int, int]) -> int:
    """For how many minutes both last."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def halves_of(span: str, begins: str, ends: str) -> tuple[str, ...]:
    """The halves of the day into which it falls."""
    return tuple(half for half in ("am", "pm") if meet(covered(span, begins, ends), COVERED[half]))

"""Candidates of a Whoosh index in the order of time, by kind. The permission is tested first; only what passes is sorted, counted or read."""
import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from groupware.kernel.ref import Ref
from groupware.search.engines.engine import Question
from groupware.search.engines.gathering import Candidate, Streams, mark_of
from groupware.search.engines.whoosh_format import kind_number
from groupware.search.engines.whoosh_segments import Segment
from groupware.search.entries import number
from groupware.search.query import BEST


@dataclass(frozen=True, slots=True)
class _Bounds:
    """``behind``: places of the pages before are left out."""

    since: int | None
    until: int | None
    behind: tuple[int, str, int] | None


def streams(segments: list[Segment], question: Question) -> Streams:
    allowed, bounds = frozenset(map(number, question.allowed)), _bounds(question)
    found: dict[int, list[tuple[Segment, list[int]]]] = defaultdict(list)
    for segment in segments:
        for kind, numbers in _by_kind(segment, _passing(segment, question, allowed, bounds)).items():
            found[kind].append((segment, numbers))
    return {kind: _merged(kind, found[kind_number(kind)], bounds) for kind in question.kinds}


def _passing(segment: Segment, question: Question, allowed: frozenset[int], bounds: _Bounds) -> list[int]:
    audience, at = segment.audience, segment.at
    found = [each for each in segment.matching(question.query) if audience[each] in allowed]
    if bounds.since is not None:
        found = [each for each in found if at[each] >= bounds.since]
    if bounds.until is not None:
        found = [each for each in found if at[each] < bounds.until]
    return found


def _by_kind(segment: Segment, numbers: list[int]) -> dict[int, list[int]]:
    kind, found = segment.kind, defaultdict(list)
    for each in numbers:
        found[kind[each]].append(each)
    return found


def _merged(kind: str, found: list[tuple[Segment, list[int]]], bounds: _Bounds) -> Iterator[Candidate]:
    every = heapq.merge(*(_ordered(kind, segment, numbers) for segment, numbers in found), key=lambda each: (each.place, each.part))
    return (each for each in every if bounds.behind is None or each.place > bounds.behind)


def _ordered(kind: str, segment: Segment, numbers: list[int]) -> Iterator[Candidate]:
    """Documents come nearly in the order of time, which is quickly made a full one; the few of one moment are put in order at the end."""
    numbers.sort()
    numbers.sort(key=segment.at.__getitem__, reverse=True)
    start = 0
    while start < len(numbers):
        end, moment = start + 1, segment.at[numbers[start]]
        while end < len(numbers) and segment.at[numbers[end]] == moment:
            end += 1
        for each in sorted(numbers[start:end], key=lambda each: (-segment.id[each], segment.part[each])):
            yield Candidate(moment, Ref(kind, segment.id[each]), segment.part[each], partial(segment.text, each))
        start = end


def _bounds(question: Question) -> _Bounds:
    query, behind = question.query, mark_of(question.after) if question.sort != BEST else None
    last = [until for until in (query.until, 1 - behind[0] if behind else None) if until is not None]
    return _Bounds(query.since, min(last, default=None), behind)

"""Building the whole index anew, beside the one that serves; and comparing it with what there is, every night."""
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from groupware.kernel import clock, db
from groupware.kernel.house import house
from groupware.kernel.ref import Ref
from groupware.search.engines.engine import Away, Engine
from groupware.search.entries import number, version_of
from groupware.search.indexing import Indexer, documents
from groupware.search.notes import BUILDING, CHECKED, put_note
from groupware.search.waiting import bring_back, take_all_away, wait_for

TOGETHER = 500          # things that are read at a time
AT_A_TIME = 2_000       # things that are written at a time: what is touched meanwhile waits for a second or two
GoOn = Callable[[], bool]


def rebuild(indexer: Indexer, go_on: GoOn) -> None:
    """What is touched meanwhile goes into both. Given up when told to stop: then the old one serves on, and the new one is thrown away.
    Where none serves, nothing need go in twice that waits already: whoever is broken off begins with everything again.
    """
    serving = indexer.engines[0]
    new = serving.beside()
    if not _serves(serving):
        take_all_away()
    total = sum(map(len, _all_refs(AT_A_TIME)))
    with _both(indexer, new):
        for done, refs in _counted(_all_refs(AT_A_TIME)):
            if not go_on():
                return
            put_note(BUILDING, {"done": done, "total": total, "at": clock.now().isoformat()})
            Indexer(new).put(refs)
            indexer.step()
        indexer.drain()
        serving.give_way(new)


def check(indexer: Indexer, go_on: GoOn) -> int:
    """How many things were missing, stale or left over. They are mended at once. Raises Away."""
    indexer.drain()
    doubtful = set(_differences(indexer, go_on))
    indexer.drain()                         # what was only on its way is no fault
    wrong = sorted(_still_wrong(indexer.engines[0], doubtful), key=str)
    wait_for(wrong)
    bring_back()
    put_note(CHECKED, {"at": clock.now().isoformat(), "wrong": len(wrong), "count": indexer.engines[0].count()})
    return len(wrong)


@contextmanager
def _both(indexer: Indexer, new: Engine) -> Iterator[None]:
    serving = indexer.engines[0]
    indexer.engines = [serving, new] if _serves(serving) else [new]
    try:
        yield
    finally:
        indexer.engines = [serving]
        put_note(BUILDING, {})


def _serves(engine: Engine) -> bool:
    try:
        engine.count()
    except Away:
        return False
    return True


def _all_refs(together: int) -> Iterator[list[Ref]]:
    """All that can be found, some at a time: those of several kinds together, for a piece of an index that few things make is merged soon."""
    some: list[Ref] = []
    for kind, findable in house.findables.items():
        after = 0
        while ids := findable.ids(after, together - len(some)):
            some += [Ref(kind, each) for each in ids]
            after = ids[-1]
            if len(some) >= together:
                yield some
                some = []
            db.forget_reading()
    yield some


def _counted(chunks: Iterable[list[Ref]]) -> Iterator[tuple[int, list[Ref]]]:
    done = 0
    for refs in chunks:
        yield done, refs
        done += len(refs)


def _differences(indexer: Indexer, go_on: GoOn) -> Iterator[Ref]:
    """Both sides are summed up by thing, in a few bytes each; what is touched meanwhile is indexed meanwhile."""
    engine = indexer.engines[0]
    there = _sums(engine.versions())
    for refs in _all_refs(TOGETHER):
        here = _sums((each.ref, each.part, version_of(each)) for each in documents(refs))
        yield from (ref for ref in refs if here.get(number(str(ref))) != there.pop(number(str(ref)), None))
        if not go_on():
            return
        indexer.step()
    if there:
        yield from {ref for ref, _, _ in engine.versions() if number(str(ref)) in there}


def _still_wrong(engine: Engine, refs: set[Ref]) -> Iterator[Ref]:
    if refs:
        here = _sums((each.ref, each.part, version_of(each)) for each in documents(refs))
        there = _sums(each for each in engine.versions() if each[0] in refs)
        yield from (ref for ref in refs if here.get(number(str(ref))) != there.get(number(str(ref))))


def _sums(parts: Iterable[tuple[Ref, int, int]]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for ref, part, version in parts:
        found[number(str(ref))] += version * (part + 1)
    return dict(found)

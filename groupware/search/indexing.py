"""The one indexer: takes what waits, reads it as it is now, and puts it into the index; only then does it wait no more."""
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from groupware.kernel import db
from groupware.kernel.findable import Document
from groupware.kernel.house import house
from groupware.kernel.ref import Ref
from groupware.search.engines.engine import Engine
from groupware.search.entries import Entry, entry
from groupware.search.waiting import next_rows, put_aside, take_away

log = logging.getLogger(__name__)


class Indexer:
    """``engines``: the one that serves, and while another is built beside it that one too, so that nothing passes it by."""

    def __init__(self, engine: Engine) -> None:
        self.engines = [engine]

    def step(self) -> int:
        """One batch; how many rows were taken. Killed at any moment, it begins with the same rows again."""
        rows = next_rows()
        if rows:
            self.put({Ref.parse(row.ref) for row in rows})
            take_away(rows)
        db.forget_reading()
        return len(rows)

    def drain(self) -> None:
        while self.step():
            pass

    def put(self, refs: Collection[Ref]) -> None:
        """These, and what follows them, as they are now; what is not there any more is gone from the index."""
        everything = with_following(refs)
        entries, unreadable = _entries(everything)
        good = everything - unreadable
        for engine in self.engines:
            self._put(engine, [each for each in entries if each.ref in good], good)

    def _put(self, engine: Engine, entries: list[Entry], refs: set[Ref]) -> None:
        try:
            engine.put(entries, refs)
        except Exception:
            engine.put([], [])          # if not even that works it is the index that is ill, and no document
            log.exception("%d documents are indexed one by one", len(refs))
            for ref in refs:
                _or_aside(ref, lambda ref=ref: engine.put([each for each in entries if each.ref == ref], [ref]))      # type: ignore[misc]


def with_following(refs: Collection[Ref]) -> set[Ref]:
    """A paper hangs on an item, a file on the paper."""
    everything, ahead = set(refs), set(refs)
    while ahead:
        follow = (findable.following for findable in house.findables.values() if findable.following)
        ahead = {ref for following in follow for ref in following(ahead)} - everything
        everything |= ahead
    return everything


def documents(refs: Collection[Ref]) -> Iterator[Document]:
    """Those that are there now, with the words that others have put on them."""
    tags: dict[Ref, list[str]] = defaultdict(list)
    for ask in house.tags:
        for ref, words in ask(refs).items():
            tags[ref].extend(words)
    for each in _own(refs):
        yield replace(each, labels=tuple(dict.fromkeys((*each.labels, *tags[each.ref])))) if each.ref in tags else each


def documents_shown(parts: Collection[tuple[Ref, int]]) -> Iterator[Document]:
    """Just these parts, where a thing may have thousands."""
    many = {kind: findable.parts for kind, findable in house.findables.items() if findable.parts}
    yield from _own({ref for ref, _ in parts if ref.kind not in many})
    for kind, those in many.items():
        wanted = {(ref.id, part) for ref, part in parts if ref.kind == kind}
        yield from those(wanted) if wanted else ()


def _own(refs: Collection[Ref]) -> Iterator[Document]:
    """Each owner is asked once."""
    ids: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        ids[ref.kind].append(ref.id)
    for kind, numbers in ids.items():
        if kind in house.findables:
            yield from house.findables[kind].documents(numbers)


def _entries(refs: set[Ref]) -> tuple[list[Entry], set[Ref]]:
    """Ready for the index, and those that could not even be read."""
    try:
        return [entry(document) for document in documents(refs)], set()
    except Exception:
        log.exception("%d documents are read one by one", len(refs))
        db.forget_reading()
    found: list[Entry] = []
    unreadable = {ref for ref in refs if not _or_aside(ref, lambda ref=ref: found.extend(map(entry, documents([ref]))))}      # type: ignore[misc]
    return found, unreadable


def _or_aside(ref: Ref, act: Callable[[], None]) -> bool:
    try:
        act()
    except Exception as trouble:
        log.exception("%s cannot be indexed and is put aside", ref)
        db.forget_reading()
        put_aside(ref, f"{type(trouble).__name__}: {trouble}")
        return False
    return True

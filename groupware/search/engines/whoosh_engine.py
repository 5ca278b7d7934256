"""The index in a folder. Used by one process alone, the helper: Whoosh holds the interpreter's lock while it works.

Written with loose segments (others are copied into memory by every reader) and with merges that stay small while somebody waits;
never through Whoosh's query parser, filters, time limits, buffered or asynchronous writers. ``docs/adr/0005`` says why.
"""
import itertools
import secrets
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from groupware.kernel.ref import Ref
from groupware.search.analysis import ANALYSIS
from groupware.search.engines.engine import Away, Page, Question
from groupware.search.engines.gathering import Gathering
from groupware.search.engines.whoosh_format import SCHEMA, codec, row
from groupware.search.engines.whoosh_segments import Segment, Snapshot
from groupware.search.engines.whoosh_streams import streams
from groupware.search.entries import Entry

NAME = "MAIN"
MEGABYTES = 128
TOGETHER = 10                   # as many segments of one size become one of the next
WRITTEN_AGAIN = 1_000           # documents, at most, while somebody waits for what is just being written
READ_TOGETHER = 200             # documents, while a question waits
LARGE = 10_000                  # documents of a segment that stays as it is


class WhooshEngine:
    """``folder`` holds ``current`` (the name of the index that serves) and the indexes themselves, each in a folder of its own."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder, self.name = folder, name or _current(folder)
        self._lock = threading.RLock()      # Whoosh's files have one reading position for all threads
        self._snapshot: Snapshot | None = None

    @property
    def path(self) -> Path:
        return self.folder / self.name

    def put(self, entries: Iterable[Entry], refs: Collection[Ref]) -> None:
        with self._writer(WRITTEN_AGAIN) as writer:
            for number in self._numbers_of(refs):
                writer.delete_document(number)
            for each in entries:
                writer.add_document(**row(each))

    def search(self, question: Question) -> Page:
        if not question.allowed or question.query.is_hopeless:
            return Page()
        with self._reading() as segments:
            return Gathering(question).page(streams(segments, question))

    def versions(self) -> Iterator[tuple[Ref, int, int]]:
        """A few at a time, so that questions get their turn. To be read to the end before anything is put."""
        with self._reading() as segments:
            pieces = [(segment, start) for segment in segments for start in range(0, segment.count, READ_TOGETHER)]
        for segment, start in pieces:
            with self._lock, self._or_away():
                found = [each[:3] for each in segment.all_kept(start, start + READ_TOGETHER)]
            yield from ((Ref.parse(ref), part, version) for ref, part, version in found)

    def ready(self) -> None:
        with self._reading():
            pass

    def count(self) -> int:
        with self._reading() as segments:
            return sum(segment.count - len(segment.deleted) for segment in segments)

    def beside(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = type(self)(self.folder, f"{ANALYSIS}-{secrets.token_hex(4)}")
        new.path.mkdir(mode=0o700)
        TOC.create(FileStorage(str(new.path)), SCHEMA, NAME)
        return new

    def give_way(self, new: Self) -> None:
        with self._lock:
            pointer = self.folder / "current.new"
            pointer.write_text(new.name)
            pointer.rename(self.folder / "current")
            new.close()
            self.close()
            self.name = new.name
            self.clear_away()

    def clear_away(self) -> None:
        """Indexes that do not serve: the one before, and one that was never finished."""
        for path in self.folder.glob(f"*-{'[0-9a-f]' * 8}"):
            if path.name != self.name:
                shutil.rmtree(path, ignore_errors=True)

    def tidy(self, most: int) -> None:
        with self._reading() as segments:
            untidy = _Merging(most).chosen([segment.row for segment in segments])
        if untidy:
            with self._writer(most):
                pass

    def close(self) -> None:
        """Gives the open files back; the next question opens them again."""
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot = None

    @contextmanager
    def _reading(self) -> Iterator[list[Segment]]:
        with self._lock, self._or_away():
            yield self._look()

    @contextmanager
    def _or_away(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, EmptyIndexError) as trouble:
            self.close()
            raise Away from trouble

    def _look(self) -> list[Segment]:
        self._snapshot = self._snapshot or Snapshot(self._index())
        return self._snapshot.look()

    def _index(self) -> FileIndex:
        if not self.name.startswith(f"{ANALYSIS}-"):
            raise Away
        return FileIndex(FileStorage(str(self.path)), SCHEMA, NAME)

    def _numbers_of(self, refs: Collection[Ref]) -> list[int]:
        """As the whole index counts its documents."""
        with self._reading() as segments:
            found, base = [], 0
            for segment in segments:
                found += [base + each for ref in refs for each in segment.numbers_of(str(ref))]
                base += segment.count
            return found

    @contextmanager
    def _writer(self, most: int) -> Iterator[SegmentWriter]:
        """Written down at the end of the block; after a failure nothing has happened."""
        with self._or_away():
            writer = self._index().writer(compound=False, codec=codec(), limitmb=MEGABYTES)
            writer.mergetype = _Merging(most)
            with writer:
                yield writer


class _Merging:
    """Ten segments of one size become one, if they have no more than ``most`` documents together."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, writer: SegmentWriter, segments: list[Any]) -> list[Any]:
        together = self.chosen(segments)
        for segment in together:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return [segment for segment in segments if segment not in together]

    def chosen(self, segments: list[Any]) -> list[Any]:
        size = TOGETHER
        while size <= LARGE:
            small = self._within([segment for segment in segments if segment.doc_count_all() < size])
            if len(small) >= TOGETHER:
                return small
            size *= TOGETHER
        return []

    def _within(self, segments: list[Any]) -> list[Any]:
        """The smallest first, as many as may be written again."""
        smallest = sorted(segments, key=lambda segment: segment.doc_count_all())
        together = itertools.accumulate(segment.doc_count_all() for segment in smallest)
        return [segment for segment, many in zip(smallest, together, strict=True) if many <= self.most]


def _current(folder: Path) -> str:
    pointer = folder / "current"
    return pointer.read_text() if pointer.exists() else ""

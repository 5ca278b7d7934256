"""The parts of a Whoosh index as they are read: each opened once, its numbers in memory, its deleted documents left out.

Own reading instead of Whoosh's searcher: the permission is a test of a number before anything is counted, sorted or read;
no query of Whoosh's expands, filters or scores anything.
"""
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from groupware.search.engines.whoosh_format import FACTS, SCHEMA
from groupware.search.query import Query
from groupware.search.terms import Term

MOST_BEGINNINGS = 5_000     # words that one beginning may stand for


class Segment:
    """Never changes but for what is ``deleted`` of it. Document numbers count within it."""

    def __init__(self, index: FileIndex, segment: Any) -> None:
        self.reader = SegmentReader(index.storage, SCHEMA, segment)
        self.count: int = segment.doc_count_all()
        columns: list[tuple[int, ...]] = list(zip(*FACTS.iter_unpack(self._facts()), strict=True)) or [()] * 5
        self.audience, self.at, self.kind, self.id, self.part = columns
        self.row = segment
        self.deleted: frozenset[int] = frozenset()

    def matching(self, query: Query) -> set[int]:
        """Numbers of documents that have the tokens; whether they hold the words is to be verified, who may see them to be asked."""
        found: set[int] | None = None
        for group in query.groups:
            here = set().union(*(self._having(term, found) for term in group))
            found = here if found is None else found & here
            if not found:
                return set()
        rest = set(range(self.count)) if found is None else found
        return rest.difference(self.deleted, *(self._having(term, rest) for term in query.unwanted if term.is_exact))

    def numbers_of(self, ref: str) -> list[int]:
        return [number for number in self._postings("ref", ref.encode()) if number not in self.deleted]

    def kept(self, number: int) -> tuple[str, int, int, str]:
        """(ref, part, version, text)."""
        return self.reader.stored_fields(number)["kept"]

    def text(self, number: int) -> str:
        return self.kept(number)[3]

    def all_kept(self, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
        return (self.kept(number) for number in range(start, min(end, self.count)) if number not in self.deleted)

    def _having(self, term: Term, among: set[int] | None) -> set[int]:
        found = among
        for token in term.needs:
            here = self._beginning(token[:-1]) if token.endswith("*") else set(self._postings("tokens", token.encode()))
            found = here if found is None else found & here
            if not found:
                return set()
        return found or set()

    def _beginning(self, beginning: str) -> set[int]:
        words = islice(self.reader.expand_prefix("tokens", beginning.encode()), MOST_BEGINNINGS)
        return set().union(*(self._postings("tokens", word) for word in words))

    def _postings(self, field: str, word: bytes) -> list[int]:
        """Straight from the blocks: through Whoosh's own matcher the same takes ten times as long."""
        if (field, word) not in self.reader:
            return []
        matcher = self.reader._terms.matcher(field, word, SCHEMA[field].format)      # noqa: SLF001 (the pinned version's, see above)
        found: list[int] = []
        while matcher.is_active():
            matcher._read_data()                                                     # noqa: SLF001
            found += accumulate(matcher._data[0])                                    # noqa: SLF001
            matcher._next_block()                                                    # noqa: SLF001
        return found

    def _facts(self) -> bytes:
        column = self.reader.column_reader("facts", translate=False)
        return bytes(column._dbfile.get(column._basepos, self.count * FACTS.size))  # noqa: SLF001


class Snapshot:
    """All segments as of the last look; a new look opens only what is new."""

    def __init__(self, index: FileIndex) -> None:
        self.index, self.generation = index, -1
        self.segments: list[Segment] = []
        self._open: dict[str, Segment] = {}

    def look(self) -> list[Segment]:
        if self.generation != self.index.latest_generation():
            toc = self.index._read_toc()                                            # noqa: SLF001 (the public way opens everything anew)
            before, self._open = self._open, {each.segment_id(): self._opened(each) for each in toc.segments}
            self.segments, self.generation = list(self._open.values()), toc.generation
            _close(before[each] for each in before.keys() - self._open.keys())
        return self.segments

    def close(self) -> None:
        _close(self.segments)

    def _opened(self, segment: Any) -> Segment:
        opened = self._open.get(segment.segment_id()) or Segment(self.index, segment)
        opened.row, opened.deleted = segment, frozenset(segment.deleted_docs())
        return opened


def _close(segments: Iterable[Segment]) -> None:
    for segment in segments:
        segment.reader.close()

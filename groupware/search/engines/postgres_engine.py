"""The index in a table: our own tokens as a ``tsvector``, which depends on no dictionary and no locale, with a GIN index."""
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Self

from sqlalchemy import ARRAY, ColumnElement, Text, bindparam, cast, delete, func, insert, literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from groupware.kernel import db
from groupware.kernel.ref import Ref
from groupware.search.engines.engine import COUNTED, Away, Page, Question
from groupware.search.engines.gathering import Candidate, Gathering, Streams, mark_of
from groupware.search.engines.newest import EARLIEST, LATEST, Newest
from groupware.search.entries import Entry
from groupware.search.models import Indexed
from groupware.search.notes import SERVING, note, put_note
from groupware.search.query import BEST, Query, needs_text
from groupware.search.terms import Term

PATIENCE = 3_000        # milliseconds of the database for one statement of a question
CANCELED = "57014"      # what PostgreSQL says then
BATCH = COUNTED + 50    # candidates fetched at a time
WINDOW = 3_000          # of the newest, looked through one by one
SWEPT = 5_000

Columns = ReadOnlyColumnCollection[str, Any]
INDEXED = Indexed.__table__.c       # of the mapped class a statement costs twice as much to make
LOOKED_AT = INDEXED.at, INDEXED.ref_id, INDEXED.part, INDEXED.text, INDEXED.audience, INDEXED.tokens


class PostgresEngine:
    """``generation``: 0 means the one that serves, whichever that is."""

    def __init__(self, generation: int = 0) -> None:
        self.generation = generation

    def put(self, entries: Iterable[Entry], refs: Collection[Ref]) -> None:
        db.write(lambda: self._replace([self._row(each) for each in entries], refs))

    def search(self, question: Question) -> Page:
        if not question.allowed or question.query.is_hopeless:
            return Page()
        try:
            db.read_as_one()
            db.session.execute(text(f"set local statement_timeout = {PATIENCE}"))
            return Gathering(question).page(self._streams(question))
        except OperationalError as trouble:
            if getattr(trouble.orig, "sqlstate", "") == CANCELED:
                return Page(cut=True)
            raise
        finally:
            db.end_reading()

    def versions(self) -> Iterator[tuple[Ref, int, int]]:
        asked = select(Indexed.kind, Indexed.ref_id, Indexed.part, Indexed.version).where(Indexed.generation == self._serving())
        asked = asked.execution_options(yield_per=SWEPT)
        db.read_as_one()
        return ((Ref(kind, number), part, version) for kind, number, part, version in db.session.execute(asked))

    def ready(self) -> None:
        self._serving()

    def count(self) -> int:
        return db.session.scalar(select(func.count()).where(Indexed.generation == self._serving())) or 0

    def beside(self) -> Self:
        known = db.session.scalar(select(func.max(Indexed.generation))) or 0
        return type(self)(max(known, note(SERVING).get("generation", 0)) + 1)

    def give_way(self, new: Self) -> None:
        put_note(SERVING, {"generation": new.generation})
        self.clear_away()

    def clear_away(self) -> None:
        """A little at a time, so that nobody waits."""
        while db.write(self._drop_some):
            pass

    def tidy(self, most: int) -> None:
        """The database sees to itself."""

    def close(self) -> None:
        """Holds nothing."""

    def _serving(self) -> int:
        found = self.generation or note(SERVING).get("generation", 0)
        if not found:
            raise Away
        return found

    def _streams(self, question: Question) -> Streams:
        generation = self._serving()
        newest = _newest(question, generation)
        return {kind: _stream(question, generation, kind, newest) for kind in question.kinds}

    def _row(self, entry: Entry) -> dict[str, Any]:
        return {"kind": entry.ref.kind, "ref_id": entry.ref.id, "part": entry.part, "audience": entry.audience, "at": entry.at,
                "version": entry.version, "words": sorted(entry.tokens), "text": entry.text}

    def _replace(self, rows: list[dict[str, Any]], refs: Collection[Ref]) -> None:
        generation, connection = self._serving(), db.unit().connection
        if refs:
            gone = tuple_(Indexed.kind, Indexed.ref_id).in_([(ref.kind, ref.id) for ref in refs])
            connection.execute(delete(Indexed).where(Indexed.generation == generation, gone))
        if rows:
            words = func.array_to_tsvector(bindparam("words", type_=ARRAY(Text)))
            connection.execute(insert(Indexed).values(generation=generation, tokens=words), rows)

    def _drop_some(self) -> int:
        some = select(Indexed.id).where(Indexed.generation != note(SERVING).get("generation", 0)).limit(SWEPT)
        return db.unit().connection.execute(delete(Indexed).where(Indexed.id.in_(some))).rowcount


def _stream(question: Question, generation: int, kind: str, newest: Newest) -> Iterator[Candidate]:
    """Fetched as far as somebody looks. First the newest one by one: of a common word they hold enough, and nobody lists all its places.

    The database cannot know which characters usually stand together, and would take the long way for one word or the other.
    """
    first = newest.found(kind)
    yield from (_candidate(kind, *row) for row in first)
    if len(first) == BATCH:
        window = select(*LOOKED_AT).where(*_within(question, generation, kind)).order_by(*_order(INDEXED)).limit(WINDOW).subquery().c
        yield from _fetched(window, [_before(window, first[-1])], question, kind)
    edge = newest.edge(kind)
    if edge:
        yield from _fetched(INDEXED, [*_within(question, generation, kind), _before(INDEXED, edge)], question, kind)


def _newest(question: Question, generation: int) -> Newest:
    query, behind = question.query, mark_of(question.after) if question.sort != BEST else None
    at, last_kind, last_id = behind or (-LATEST, "", 0)
    return Newest(generation=generation, kinds=list(question.chosen if behind else question.kinds), window=WINDOW, batch=BATCH,
                  since=query.since or EARLIEST, until=query.until or LATEST, last_at=-at, last_kind=last_kind, last_id=-last_id,
                  reads=_reads(question), words=_tsquery(query), allowed=sorted(question.allowed))


def _fetched(table: Columns, within: list[ColumnElement[bool]], question: Question, kind: str) -> Iterator[Candidate]:
    asked = (select(table.at, table.ref_id, table.part, table.text if _reads(question) else literal(""))
             .where(*within, *_matching(question, table)).order_by(*_order(table)).limit(BATCH))
    batch = asked
    while rows := db.session.execute(batch).all():
        yield from (_candidate(kind, *row) for row in rows)
        if len(rows) < BATCH:
            return
        batch = asked.where(_before(table, rows[-1]))


def _candidate(kind: str, at: int, number: int, part: int, folded: str) -> Candidate:
    return Candidate(at, Ref(kind, number), part, partial(str, folded))


def _before(table: Columns, last: Sequence[Any]) -> ColumnElement[bool]:
    at, number, part, *_ = last
    return tuple_(*_place(table)) < (at, number, -part)


def _reads(question: Question) -> bool:
    return needs_text(question.query) or question.sort == BEST


def _matching(question: Question, table: Columns) -> list[ColumnElement[bool]]:
    """Nothing of what is not allowed leaves the database."""
    allowed = table.audience == func.any(cast(sorted(question.allowed), ARRAY(Text)))
    wanted = _tsquery(question.query)
    return [allowed, table.tokens.op("@@")(cast(wanted, TSQUERY))] if wanted else [allowed]


def _within(question: Question, generation: int, kind: str) -> list[ColumnElement[bool]]:
    query, behind = question.query, mark_of(question.after) if question.sort != BEST else None
    since = [] if query.since is None else [INDEXED.at >= query.since]
    until = [] if query.until is None else [INDEXED.at < query.until]
    return [INDEXED.generation == generation, INDEXED.kind == kind, *since, *until, *_behind(behind, kind)]


def _order(table: Columns) -> tuple[Any, ...]:
    return table.at.desc(), table.ref_id.desc(), table.part


def _place(table: Columns) -> tuple[Any, ...]:
    """What grows towards the newest."""
    return table.at, table.ref_id, -table.part


def _behind(behind: tuple[int, str, int] | None, kind: str) -> list[ColumnElement[bool]]:
    """Places are told by (time, kind, number); a kind that comes later in the alphabet is behind at the same moment."""
    if behind is None:
        return []
    at, last_kind, last_id = -behind[0], behind[1], -behind[2]
    if kind == last_kind:
        return [tuple_(INDEXED.at, INDEXED.ref_id) < (at, last_id)]
    return [INDEXED.at <= at if kind > last_kind else INDEXED.at < at]


def _tsquery(query: Query) -> str:
    wanted = [f"({' | '.join(map(_of_term, group))})" for group in query.groups]
    unwanted = [f"!({_of_term(term)})" for term in query.unwanted if term.is_exact]
    return " & ".join([*wanted, *unwanted])


def _of_term(term: Term) -> str:
    return "(" + " & ".join(map(_lexeme, term.needs)) + ")"


def _lexeme(token: str) -> str:
    """Quoted, whatever it holds; ``*`` at its end is our sign for a beginning."""
    word = token.removesuffix("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{word}'" + (":*" if token.endswith("*") else "")

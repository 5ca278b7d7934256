"""The outbox: what was touched waits here, written in the transaction of the command, until the index has it."""
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from groupware.kernel import clock, db
from groupware.kernel.events import Fact
from groupware.kernel.findable import Touched
from groupware.kernel.prepared import Prepared
from groupware.kernel.ref import Ref
from groupware.search.models import Waiting

BATCH = 200
NEW = Prepared(insert(Waiting.__table__), ("ref", "at"))         # type: ignore[arg-type]


def wait(touched: Touched) -> None:
    """Registered for the effect. A thing touched twice waits twice: the indexer reads it as it is then."""
    db.unit().facts[-1].touched.append(touched.ref)


def write_waiting(connection: Connection, facts: list[Fact]) -> None:
    """Once for a transaction, however many commands and things it holds."""
    now = clock.now()
    rows = [{"ref": str(ref), "at": now} for fact in facts for ref in fact.touched]
    if rows:
        NEW.run_many(connection, rows)


def wait_for(refs: Collection[Ref]) -> None:
    rows = [{"ref": str(ref), "at": clock.now()} for ref in refs]
    if rows:
        db.write(lambda: NEW.run_many(db.unit().connection, rows))


def next_rows() -> list[Waiting]:
    """The oldest first, those put aside left out."""
    return list(db.session.scalars(select(Waiting).where(Waiting.error.is_(None)).order_by(Waiting.id).limit(BATCH)))


def take_away(rows: Collection[Waiting]) -> None:
    """What was touched again meanwhile has a row of its own, which stays; so does what was put aside."""
    done = delete(Waiting).where(Waiting.id.in_([row.id for row in rows]), Waiting.error.is_(None))
    db.write(lambda: db.unit().connection.execute(done))


def take_all_away() -> None:
    """Everything is about to be read; what was put aside stays."""
    db.write(lambda: db.unit().connection.execute(delete(Waiting).where(Waiting.error.is_(None))))
    db.end_reading()


def put_aside(ref: Ref, error: str) -> None:
    """It could not be indexed: the others must not wait for it. An administrator sees it, and the next check tries again."""
    rows = update(Waiting).where(Waiting.ref == str(ref)).values(error=error[:500])
    db.write(lambda: db.unit().connection.execute(rows))


def bring_back() -> None:
    """Whatever was put aside gets another chance."""
    db.write(lambda: db.unit().connection.execute(update(Waiting).values(error=None)))


def waiting() -> tuple[int, datetime | None]:
    """How many, and since when the oldest."""
    many, oldest = db.session.execute(select(func.count(), func.min(Waiting.at)).where(Waiting.error.is_(None))).one()
    return many, oldest


def put_aside_refs() -> list[tuple[Ref, str]]:
    asked = select(Waiting.ref, func.min(Waiting.error)).where(Waiting.error.is_not(None)).group_by(Waiting.ref).order_by(Waiting.ref)
    return [(Ref.parse(ref), error or "") for ref, error in db.session.execute(asked)]

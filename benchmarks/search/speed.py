"""How long one question takes: a hundred thousand documents in Whoosh, half a million in PostgreSQL; and what it costs to be in many rooms."""
import time
from collections.abc import Iterator
from itertools import chain
from statistics import quantiles

from sqlalchemy import text

from benchmarks.search import hall
from benchmarks.search.places import fill
from benchmarks.search.quality import judged, question
from groupware.kernel import db
from groupware.kernel.engines import engine as database
from groupware.search.engines.engine import SHOWN, Engine, Question

WHOOSH, POSTGRES = 100_000, 500_000
FEW, MANY = 20, 1_000       # rooms that somebody is in; the twenty hold most of what was written
ROUNDS = 3
INDEXES = ("ix_search_indexed_tokens", "ix_search_indexed_at")


def on_whoosh(engine: Engine, many: int = WHOOSH) -> dict[str, float]:
    fill(engine, hall.documents(many))
    few, all_of_them = _rounds(engine, FEW, MANY)
    return {"whoosh_100k_p95_ms": _p95(all_of_them), "whoosh_1000_rooms_over_few": round(sum(all_of_them) / sum(few), 2)}


def on_postgres(engine: Engine, url: str, many: int = POSTGRES) -> dict[str, float]:
    """The indexes of the table are made after it is filled, as one restores a database."""
    kept = _without_indexes(url)
    fill(engine, hall.documents(many))
    with database(url, writes=True).begin() as connection:
        for statement in kept:
            connection.execute(text(statement))
        connection.execute(text("analyze search_indexed"))
    return {"postgresql_500k_p95_ms": _p95(*_rounds(engine, MANY))}


def _rounds(engine: Engine, *rooms: int) -> list[list[float]]:
    """Milliseconds of every question for who is in so many rooms; a round before to warm up. Asked in turns, so that a moment in which the
    machine is slow is slow for all of them.
    """
    asked = list(zip(*map(_questions, rooms), strict=True))
    for each in chain(*asked):
        engine.search(each)
    rounds = [[_spent(engine, each) for each in together] for _ in range(ROUNDS) for together in asked]
    return [list(times) for times in zip(*rounds, strict=True)]


def _questions(rooms: int) -> Iterator[Question]:
    allowed = hall.circles(rooms)
    return (question(each.typed, allowed, SHOWN) for each in judged())


def _spent(engine: Engine, asked: Question) -> float:
    began = time.perf_counter()
    engine.search(asked)
    spent = (time.perf_counter() - began) * 1000
    db.forget_reading()
    return spent


def _p95(times: list[float]) -> float:
    return round(quantiles(times, n=20)[18], 1)


def _without_indexes(url: str) -> list[str]:
    with database(url, writes=True).begin() as connection:
        kept = [connection.scalar(text("select indexdef from pg_indexes where indexname = :name"), {"name": name}) for name in INDEXES]
        for name in INDEXES:
            connection.execute(text(f"drop index {name}"))
    return [str(each) for each in kept]

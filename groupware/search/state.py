"""How the index is, for those who look after it."""
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from groupware.kernel import clock
from groupware.kernel.ref import Ref
from groupware.search.choosing import on_postgres
from groupware.search.notes import BUILDING, CHECKED, note
from groupware.search.waiting import put_aside_refs, waiting

GOOD, END = 100_000, 300_000            # documents: until here Whoosh is quick; from here on it is no answer any more
LATE = timedelta(seconds=30)            # nothing may wait for so long while a helper lives


@dataclass(frozen=True, slots=True)
class IndexState:
    """``count`` is of the last check. ``building``: how far, empty when nothing is built."""

    engine: str
    count: int | None
    checked_at: datetime | None
    wrong: int
    waiting: int
    is_late: bool
    aside: list[tuple[Ref, str]]
    building: dict[str, Any]
    advice: str


def index_state() -> IndexState:
    checked, (many, oldest) = note(CHECKED), waiting()
    at = datetime.fromisoformat(checked["at"]) if checked else None
    late = oldest is not None and oldest < clock.now() - LATE
    return IndexState("PostgreSQL" if on_postgres() else "Whoosh（SQLite）", checked.get("count"), at, checked.get("wrong", 0), many, late,
                      put_aside_refs(), note(BUILDING), "" if on_postgres() else _advice(checked.get("count") or 0))


def _advice(count: int) -> str:
    if count > END:
        return f"{END:,}件を超えました。検索が遅く、つくり直しに何十分もかかります。データベースを PostgreSQL に移してください。"
    if count > GOOD:
        return f"{GOOD:,}件を超えました。まだ使えますが、遅くなり始めます。{END:,}件までに、データベースを PostgreSQL に移す準備をしてください。"
    return ""

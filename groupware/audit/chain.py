"""The chain over the entries: each digest is taken of the one before and of the whole entry, so that nothing can be changed, left out,
put in or exchanged without every later digest being another one. What is outside of this machine's reach (``roots``) holds it fast.
"""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select

from groupware.audit.models import Entry, Link
from groupware.kernel import clock, db, json

BATCH = 500
SETTLED = timedelta(seconds=2)          # entries younger than this may still be joined by others of a lower number
UNSEALED = timedelta(minutes=5)         # an entry that is older and not in the chain has been put in, or the sealer stands still
WINDOW = 2000                           # how far below the highest number sealed the sealer looks for late ones
BEGINNING = "0" * 64
COLUMNS = tuple(column.name for column in Entry.__table__.columns)


@dataclass(frozen=True, slots=True)
class Root:
    """What the chain looked like at a number; kept where nobody who reaches the database can reach it."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sealed``: how many entries are in the chain; ``unheld``: how many of them no root holds yet; ``troubles``: sentences."""

    sealed: int
    unsealed: int
    unheld: int
    troubles: list[str]


def seal() -> int:
    """Takes what is settled into the chain; returns how many entries. In the helper, every few seconds."""
    total = 0
    while taken := db.write(_seal_some):
        total += taken
    return total


def head() -> Root:
    row = db.session.execute(select(Link.number, Link.digest).order_by(Link.number.desc()).limit(1)).first()
    return Root(*row) if row else Root(0, BEGINNING)


def verify(roots: Iterable[Root] = ()) -> Verdict:
    """Walks the whole chain. One pass, a batch of rows in memory at a time."""
    held = {root.number: root.digest for root in roots}
    troubles: list[str] = []
    number, digest = 0, BEGINNING
    for link, entry in _walk():
        number += 1
        if link.number != number:
            troubles.append(f"{number}番の封がありません。")
            number = link.number
        digest = digest_of(digest, entry) if entry else ""
        if digest != link.digest:
            troubles.append(f"{number}番（記録 {link.entry_id}）が、封をしたときと違います。")
            digest = link.digest
        if held.get(number, link.digest) != link.digest:
            troubles.append(f"{number}番の封が、外に控えた根と違います。")
    last = max(held, default=0)
    if last > number:
        troubles.append(f"外に控えた根は {last}番までありますが、封は {number}番までしかありません。")
    unsealed, strange = _unsealed()
    troubles += [f"記録 {entry_id} は、封がないまま{UNSEALED.seconds // 60}分より古くなっています。" for entry_id in strange]
    return Verdict(number, unsealed, max(number - last, 0), troubles)


def digest_of(before: str, entry: dict[str, Any]) -> str:
    written = json.dumps_sorted({name: entry[name] for name in COLUMNS})
    return sha256(before.encode() + written).hexdigest()


def _seal_some() -> int:
    last = head()
    rows = _settled()
    links, digest = [], last.digest
    for number, row in enumerate(rows, last.number + 1):
        digest = digest_of(digest, row)
        links.append({"number": number, "entry_id": row["id"], "digest": digest})
    if links:
        db.unit().connection.execute(insert(Link.__table__), links)      # type: ignore[arg-type]
    return len(links)


def _settled() -> list[dict[str, Any]]:
    above = (db.session.scalar(select(Link.entry_id).order_by(Link.entry_id.desc()).limit(1)) or 0) - WINDOW
    asked = (select(Entry.__table__).outerjoin(Link.__table__, Link.entry_id == Entry.id)
             .where(Entry.id > above, Link.number.is_(None), Entry.at <= clock.now() - SETTLED).order_by(Entry.id).limit(BATCH))
    return [dict(row) for row in db.session.execute(asked).mappings()]


def _walk() -> Iterator[tuple[Any, dict[str, Any] | None]]:
    above = 0
    while True:
        asked = (select(Link.number.label("link_number"), Link.entry_id.label("link_entry"), Link.digest.label("link_digest"), Entry.__table__)
                 .outerjoin(Entry.__table__, Entry.id == Link.entry_id).where(Link.number > above).order_by(Link.number).limit(BATCH))
        rows = list(db.session.execute(asked).mappings())
        for row in rows:
            yield Seal(row["link_number"], row["link_entry"], row["link_digest"]), (dict(row) if row["id"] is not None else None)
        if len(rows) < BATCH:
            return
        above = rows[-1]["link_number"]


@dataclass(frozen=True, slots=True)
class Seal:
    number: int
    entry_id: int
    digest: str


def _unsealed() -> tuple[int, list[int]]:
    asked = select(Entry.id, Entry.at).outerjoin(Link, Link.entry_id == Entry.id).where(Link.number.is_(None))
    rows = db.session.execute(asked).all()
    return len(rows), [entry_id for entry_id, at in rows if at < clock.now() - UNSEALED]

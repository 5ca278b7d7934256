"""Kept questions that tell of what is new: asked by the helper, in working time, with the rights their keeper has at that moment."""
from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from flask import current_app, url_for
from sqlalchemy import delete, select

from groupware.directory.queries import actor_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.holidays import is_working_time
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from groupware.notifications.keeping import keep
from groupware.notifications.notice import Notice
from groupware.search.models import Watch
from groupware.search.searching import newest

KIND, NAME = "search.watch", "残した問い"
LOOKED, TOLD = timedelta(minutes=30), timedelta(hours=3)        # until it is looked at again; after it has told
AT_ONCE, WINDOW, REMEMBERED, NAMED = 100, 100, 300, 3


def watch(actor: Actor, words: str) -> None:
    """What is there now is nothing new. Done twice is done once."""
    if words not in watched(actor):
        seen = newest(actor, words, WINDOW)
        known = None if seen is None else [str(ref) for ref in seen]
        db.write(lambda: db.session.add(Watch(user_id=actor.user_id, words=words, known=known, found=[], due_at=clock.now())))


def unwatch(actor: Actor, words: str) -> None:
    db.write(lambda: db.session.execute(delete(Watch).where(Watch.user_id == actor.user_id, Watch.words == words)))


def watched(actor: Actor) -> frozenset[str]:
    return frozenset(db.session.scalars(select(Watch.words).where(Watch.user_id == actor.user_id)))


def look() -> None:
    """What came at night is told in the morning, in one line."""
    if not is_working_time(clock.now()):
        return
    due = select(Watch.id).where(Watch.due_at <= clock.now()).order_by(Watch.due_at).limit(AT_ONCE)
    for watch_id in list(db.session.scalars(due)):
        _look_at(db.session.get(Watch, watch_id))
        db.forget_reading()


def watch_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    """One's own, while something of what was told is still to be seen."""
    mine = list(db.session.scalars(select(Watch).where(Watch.id.in_(ids), Watch.user_id == actor.user_id)))
    seen = cards_for(actor, {Ref.parse(each) for row in mine for each in row.found})
    return list(_cards(mine, seen))


def _cards(rows: list[Watch], seen: dict[Ref, Card]) -> Iterator[Card]:
    for row in rows:
        titles = [seen[ref].title for ref in map(Ref.parse, row.found) if ref in seen]
        if titles:
            excerpt = "、".join(titles[:NAMED]) + ("ほか" if len(titles) > NAMED else "")
            yield Card(Ref(KIND, row.id), f"「{row.words}」に新しく{len(titles)}件", url_for("search.index", q=row.words), "search", NAME, excerpt)


def _look_at(row: Watch | None) -> None:
    """What is told, and that it was told, is one deed: whenever the helper is killed, nothing is told twice and nothing is lost."""
    actor = actor_for(row.user_id) if row else None
    with current_app.test_request_context():
        here = newest(actor, row.words, WINDOW) if row and actor else None
        new = _new(row.known, here) if row and here else []
        found = [ref for ref in new if ref in cards_for(actor, new)] if actor and new else []
    if row:
        db.write(partial(_note, row.id, here, found))


def _new(known: list[Any] | None, here: list[Ref]) -> list[Ref]:
    """Of a window that was full, only what stands before something known: behind it is what was always there and has moved up."""
    if known is None:
        return []
    there = [place for place, ref in enumerate(here) if str(ref) in known]
    end = there[-1] if there and len(known) >= WINDOW else len(here)
    return [ref for ref in here[:end] if str(ref) not in known]


def _note(watch_id: int, here: list[Ref] | None, found: list[Ref]) -> None:
    row = db.session.get(Watch, watch_id)
    if row is None:
        return
    row.due_at = clock.now() + (TOLD if found else LOOKED)
    if here is not None:
        row.known = list(dict.fromkeys((*map(str, here), *(row.known or ()))))[:REMEMBERED]
    if found:
        row.found, row.rounds = [str(ref) for ref in found], row.rounds + 1
        keep(Notice(row.user_id, Ref(KIND, row.id), f"残した問いに、新しく見つかりました（{row.rounds}）", KIND))

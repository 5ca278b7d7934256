"""Private notes: kept in batches, seen by their author and by nobody else, whoever administers the house.

A note stays on the page of the file on which it was written. Where that page is in the file of today is worked out when it is looked at, so that
no replacing can lose one: it is on its page, wherever that went, or beside the page that took its place.
"""
from typing import Any

from sqlalchemy import func, insert, select, update

from groupware.files.pages import pages_of_all
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.signals import signal
from meetings.anchors import CHANGED, Where, follow
from meetings.models.viewing import Note
from meetings.note_draft import NoteSaid, NotesDraft
from meetings.permissions import Leaf, Meetings
from meetings.queries.items import leaf_for, versions_of

MOST_NOTES = 5_000      # of one person on one paper


@signal(Meetings.NOTE, on=leaf_for)
def keep_notes(actor: Actor, leaf: Leaf, draft: NotesDraft) -> list[str]:
    """The same once more does no harm; an older revision changes nothing."""
    sums = {file.id: file.sha256 for _, file in versions_of(leaf.paper)}
    if any(note.file_id not in sums for note in draft.notes):
        raise Invalid("書き込んだ資料が見つかりません。開き直してください。")
    db.write(lambda: _keep(actor, leaf.paper.id, draft, sums))
    return [note.key for note in draft.notes]


@signal(Meetings.NOTE, on=leaf_for)
def notes_on(actor: Actor, leaf: Leaf) -> dict[str, Any]:
    """One's own on a paper, placed on the file of now: {notes, old}; ``old`` are the earlier pages that lie beside one of today."""
    versions = versions_of(leaf.paper)
    rows = list(db.session.scalars(select(Note).where(Note.user_id == actor.user_id, Note.paper_id == leaf.paper.id, ~Note.gone).order_by(Note.id)))
    files = {file.sha256: file for _, file in reversed(versions)}
    numbers = {file.sha256: version.version for version, file in versions}
    now = versions[0][1]
    pages = pages_of_all([file for sha, file in files.items() if sha == now.sha256 or sha in {row.sha256 for row in rows}])
    ready = pages[now.id].complete
    marks = {sha: [page.fingerprint for page in pages[file.id].pages] for sha, file in files.items() if file.id in pages}
    ways = {sha: follow(found, marks[now.sha256]) for sha, found in marks.items() if sha != now.sha256}
    placed = [(row, _where(row, now.sha256, ways)) for row in rows]
    old = {f"{files[row.sha256].id}:{row.page}": {"file": files[row.sha256].id, "page": row.page, "beside": where.page,
                                                 "version": numbers[row.sha256], "address": pages[files[row.sha256].id].address(row.page, 1_200)}
           for row, where in placed if where.how == CHANGED and row.sha256 in files}
    return {"ready": ready, "notes": [_shown(row, where, files) for row, where in placed], "old": list(old.values())}


def _where(row: Note, now: str, ways: dict[str, list[Where]]) -> Where:
    """A page that nobody knows of any more lies beside the first one."""
    if row.sha256 == now:
        return Where("same", row.page)
    way = ways.get(row.sha256, [])
    return way[row.page - 1] if row.page <= len(way) else Where(CHANGED, 1)


def _shown(row: Note, where: Where, files: dict[str, Any]) -> dict[str, Any]:
    """``file`` and ``page`` say where it was written; ``on`` is its page of today, 0 while it lies on an old one."""
    return {"key": row.key, "file": files[row.sha256].id if row.sha256 in files else "", "page": row.page, "kind": row.kind, "body": row.body,
            "revision": row.revision, "on": 0 if where.how == CHANGED else where.page, "beside": where.page}


def _keep(actor: Actor, paper_id: int, draft: NotesDraft, sums: dict[str, str]) -> None:
    """In one transaction; whoever sent two batches at once is judged by the revision."""
    keys = [note.key for note in draft.notes]
    known = {row.key: row.revision for row in db.session.execute(
        select(Note.key, Note.revision).where(Note.user_id == actor.user_id, Note.key.in_(keys)))}
    fresh = {note.key: note for note in draft.notes if note.key not in known}
    here = select(func.count()).where(Note.user_id == actor.user_id, Note.paper_id == paper_id, ~Note.gone)
    if fresh and (db.session.scalar(here) or 0) + len(fresh) > MOST_NOTES:
        raise Invalid(f"一つの資料への書き込みは{MOST_NOTES}件までです。要らないものを消してください。")
    if fresh:
        db.unit().connection.execute(insert(Note.__table__), [      # type: ignore[arg-type]
            {"user_id": actor.user_id, "paper_id": paper_id, "key": note.key, "kind": note.kind, **_values(note, sums)} for note in fresh.values()])
    for note in draft.notes:
        if note.revision > known.get(note.key, note.revision):
            mine = update(Note).where(Note.user_id == actor.user_id, Note.key == note.key, Note.revision < note.revision)
            db.unit().connection.execute(mine.values(_values(note, sums)))


def _values(note: NoteSaid, sums: dict[str, str]) -> dict[str, Any]:
    return {"sha256": sums[note.file_id], "page": note.page, "body": note.body, "revision": note.revision, "gone": note.gone, "at": clock.now()}

"""Files are kept, hung on a thing, taken off it, and dropped when they hung on nothing for too long."""
import time
from collections.abc import Sequence

from sqlalchemy import delete, exists, insert, or_, select, update

from groupware.files import kinds
from groupware.files.checking.clamd import INFECTED
from groupware.files.events import (
    FileDropped,
    FileJudged,
    FileKept,
    FileLaidOut,
    FilePagesRead,
    FilesAttached,
    FilesDetached,
    FilesRunOut,
    FileWordsRead,
    HoldEnded,
    HoldPlaced,
    LabelledRead,
    RetentionSet,
)
from groupware.files.forms import FileDraft, HoldDraft, ReleaseDraft, RetentionDraft
from groupware.files.kinds import PDF
from groupware.files.models import DONE, DRAWING, READ, UNREAD, WAITING, Blob, Deck, File, Hold, Page, Retention
from groupware.files.permissions import Files
from groupware.files.queries import file_for
from groupware.files.quota import refuse_flood
from groupware.files.retaining import foretell, hold_for, is_held, seal_of, terms, terms_tonight
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.house import house
from groupware.kernel.ref import Ref

OTHERWISE = "確かめた後に、保存期間か、削除されるファイルが変わりました。何も変えていません。もう一度確かめてください。"
LOST = "付けたファイルの一部が見つかりません。もう一度付けてください。"
FOUND = "「{}」は、ウイルス検査で問題（{}）が見つかったため、付けられません。外してから送り、情報担当にお知らせください。"


@command(Files.SEE, on=file_for)
def note_reading(actor: Actor, file: File, label: str) -> None:
    """Of what is labelled (機密): who has opened it, before a byte of it leaves."""
    record(actor, LabelledRead(file.number, str(file.owner), label))


@command(Files.KEEP)
def keep_upload(actor: Actor, draft: FileDraft) -> str:
    """The file's id. The bytes are the draft's, or those of an earlier file that are the same."""
    if db.session.scalar(select(File.id).where(File.id == draft.id)):
        raise Already(draft.id)
    refuse_flood(actor.user_id, draft.size)
    _keep_bytes(draft)
    now = clock.now()
    file = File(id=draft.id, name=draft.name, uploader_id=actor.user_id, sha256=draft.sha256, created_at=now, loose_since=now)
    db.session.add(file)
    db.session.flush()
    record(actor, FileKept(file.number, file.id, file.name, draft.size, draft.media_type, draft.sha256))
    return file.id


@command(Files.ATTACH)
def attach_files(actor: Actor, file_ids: Sequence[str], ref: Ref) -> None:
    """Inside the command that makes the thing. Only one's own files that hang on nothing; once more on the same thing does no harm.

    Whatever the scanner has found by then hangs on nothing: Invalid says which it is.
    """
    _refuse_found(file_ids)
    mine = (File.uploader_id == actor.user_id, or_(File.owner.is_(None), File.owner == str(ref)))
    _hang(file_ids, str(ref), *mine)
    record(actor, FilesAttached(str(ref), tuple(file_ids)))


@command(Files.DETACH)
def detach_files(actor: Actor, file_ids: Sequence[str], ref: Ref) -> None:
    """Inside a command of the thing. From now on they are seen by their senders only, and are soon gone."""
    _hang(file_ids, None, File.owner == str(ref))
    record(actor, FilesDetached(str(ref), tuple(file_ids)))


@command(Files.ATTACH)
def move_files(actor: Actor, file_ids: Sequence[str], ref: Ref, places: Sequence[Ref]) -> None:
    """Inside a command of both things: each file from ``ref``, on which it hangs, to its own new place, whoever sent it."""
    for file_id, place in zip(file_ids, places, strict=True):
        _hang([file_id], str(place), File.owner == str(ref))
        record(actor, FilesAttached(str(place), (file_id,)))


@command(Files.DROP)
def drop_files(actor: Actor, numbers: Sequence[int]) -> list[str]:
    """Those of them that still hang on nothing; returns the places of bytes which nobody has any more, for the store to delete."""
    loose = list(db.session.scalars(select(File).where(File.number.in_(numbers), File.loose_since.is_not(None)).with_for_update(of=File)))
    if not loose:
        raise Already([])
    for file in loose:
        record(actor, FileDropped(file.number, file.id, file.name))
        db.session.delete(file)
    db.session.flush()
    sums = {file.sha256 for file in loose}
    nobodys = delete(Blob).where(Blob.sha256.in_(sums), ~exists().where(File.sha256 == Blob.sha256))
    return list(db.session.scalars(nobodys.returning(Blob.place).execution_options(synchronize_session=False))) + _erase(sums)


@command(Files.RETAIN)
def set_retention(actor: Actor, draft: RetentionDraft) -> None:
    """Only by who has seen what that removes."""
    if draft.seen != seal_of(foretell(draft.terms)):
        raise Conflict(OTHERWISE)
    before = terms()
    changed = {kind: term for kind, term in draft.terms.items() if term != before[kind]}
    if not changed:
        raise Already(None)
    for kind, term in changed.items():
        db.session.merge(Retention(kind=kind, term=term, decided_at=clock.now()))
        record(actor, RetentionSet(kind, term, before[kind]))


@command(Files.RUN_OUT)
def remove_files(actor: Actor, kind: str, term: str, numbers: Sequence[int]) -> list[str]:
    """Those of them whose time is over still. Their rows stay, to say so; returns the places of bytes that nobody has any more."""
    asked = select(File).where(File.number.in_(numbers), File.removed_at.is_(None), File.owner.like(f"{kind}:%"), ~is_held()).order_by(File.number)
    files = list(db.session.scalars(asked.with_for_update(of=File))) if terms_tonight().get(kind) == term else []
    if not files:
        raise Already([])
    now = clock.now()
    for file in files:
        file.removed_at = now
    db.session.flush()
    numbers, sums = tuple(file.number for file in files), tuple(file.sha256 for file in files)
    record(actor, FilesRunOut(kind, term, numbers, sums, sum(file.size for file in files)))
    return _erase(set(sums))


@command(Files.RETAIN)
def place_hold(actor: Actor, draft: HoldDraft) -> int:
    hold = Hold(reason=draft.reason, kind=draft.kind, person_id=draft.person_id, since=draft.since, until=draft.until, by_id=actor.user_id,
                placed_at=clock.now())
    db.session.add(hold)
    db.session.flush()
    record(actor, HoldPlaced(hold.id, hold.reason, draft.meant))
    return hold.id


@command(Files.RETAIN, on=hold_for)
def end_hold(actor: Actor, hold: Hold, draft: ReleaseDraft) -> None:
    """By whoever keeps the house by then, whoever placed it."""
    hold.ended_at, hold.ended_by_id, hold.ended_because = clock.now(), actor.user_id, draft.why
    record(actor, HoldEnded(hold.id, hold.reason, draft.why))


@command(Files.READ_PAGES)
def finish_deck(actor: Actor, sha256: str) -> None:
    """Every page of it has been looked through: it can be searched and compared."""
    _turn_over(actor, sha256, DRAWING, DONE, FilePagesRead)


@command(Files.READ_PAGES)
def keep_words(actor: Actor, sha256: str, parts: Sequence[tuple[int, str]]) -> None:
    """What an Office file or a plain text says, where nobody makes pages of it."""
    _turn_over(actor, sha256, UNREAD, READ, FileWordsRead)
    rows = [{"sha256": sha256, "number": number, "width": 0, "height": 0, "state": READ, "text": text, "fingerprint": ""} for number, text in parts]
    if rows:
        db.unit().connection.execute(insert(Page.__table__), rows)      # type: ignore[arg-type]


@command(Files.READ_PAGES)
def lay_pages(actor: Actor, sha256: str) -> None:
    """It is a PDF now, beside what was sent: to be drawn and read like any other."""
    _turn_over(actor, sha256, UNREAD, WAITING, FileLaidOut)


@command(Files.JUDGE)
def judge_bytes(actor: Actor, sha256: str, verdict: str, threat: str) -> None:
    """What the virus scanner said of them."""
    waiting = update(Blob).where(Blob.sha256 == sha256, Blob.verdict.is_(None)).values(verdict=verdict, threat=threat)
    if not db.unit().connection.execute(waiting).rowcount:
        raise Already(None)
    for file in _with_bytes(sha256):
        record(actor, FileJudged(file.number, file.id, file.name, verdict, threat))


def _keep_bytes(draft: FileDraft) -> None:
    """Nobody erases them meanwhile. Those that were erased are here again, at the draft's place, and are looked at anew."""
    asked = select(Blob).where(Blob.sha256 == draft.sha256).with_for_update(read=True, key_share=True, of=Blob)
    blob = db.session.scalar(asked)
    if blob is not None and blob.erased_at is None:
        return
    if blob is None:
        db.session.add(Blob(sha256=draft.sha256, size=draft.size, media_type=draft.media_type, width=draft.width, height=draft.height,
                            place=draft.place))
    else:
        blob.place, blob.erased_at, blob.verdict, blob.tried_at = draft.place, None, None, None
    db.session.flush()
    if draft.media_type in {PDF, *kinds.READ}:
        db.session.add(Deck(sha256=draft.sha256, state=WAITING if draft.media_type == PDF else UNREAD, count=0, ready=0, turn=time.time_ns()))


def _erase(sums: set[str]) -> list[str]:
    """Of these bytes those of which only files are known that were removed: what they said goes here, they themselves by their places."""
    wanted = sorted(db.session.scalars(select(Blob.sha256).where(Blob.sha256.in_(sums), Blob.erased_at.is_(None)).with_for_update(of=Blob)))
    living = set(db.session.scalars(select(File.sha256).where(File.sha256.in_(wanted), File.removed_at.is_(None))))
    gone = [each for each in wanted if each not in living]
    for table in (Page, Deck):
        db.session.execute(delete(table).where(table.sha256.in_(gone)).execution_options(synchronize_session=False))
    erased = update(Blob).where(Blob.sha256.in_(gone)).values(erased_at=clock.now()).returning(Blob.place)
    return list(db.session.scalars(erased.execution_options(synchronize_session=False)))


def _with_bytes(sha256: str) -> Sequence[File]:
    return db.session.scalars(select(File).where(File.sha256 == sha256).order_by(File.number)).all()


def _turn_over(actor: Actor, sha256: str, before: str, after: str, event: type[FilePagesRead | FileWordsRead | FileLaidOut]) -> None:
    """Unless another helper was quicker."""
    mine = update(Deck).where(Deck.sha256 == sha256, Deck.state == before).values(state=after)
    if not db.unit().connection.execute(mine).rowcount:
        raise Already(None)
    for file in _with_bytes(sha256):
        record(actor, event(file.number, file.id, file.name))


def _refuse_found(file_ids: Sequence[str]) -> None:
    asked = select(File.name, Blob.threat).join(Blob).where(File.id.in_(file_ids), Blob.verdict == INFECTED).order_by(File.number).limit(1)
    found = db.session.execute(asked).first()
    if found:
        raise Invalid(files=FOUND.format(*found))


def _hang(file_ids: Sequence[str], owner: str | None, *where: object) -> None:
    """All of them or none; on nothing of which no manifest says how long files on it stay."""
    if owner and Ref.parse(owner).kind not in house.retained:
        raise LookupError(f"{owner}: how long do files on it stay? (retained, in the manifest)")
    wanted = set(file_ids)
    values = {"owner": owner, "loose_since": None if owner else clock.now()}
    hung = db.unit().connection.execute(update(File).where(File.id.in_(wanted), *where).values(values))     # type: ignore[arg-type]
    if hung.rowcount != len(wanted):
        raise Invalid(files=LOST)

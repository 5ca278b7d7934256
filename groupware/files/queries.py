"""Questions about files."""
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import exists, func, select

from groupware.files.kinds import PDF, PICTURES, SHOWN_IN_PLACE, UNITS
from groupware.files.models import DONE, Blob, Deck, File, Page
from groupware.files.permissions import can_see, seen_with
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

DAY = timedelta(days=1)
BATCH = 100
WORDLESS = "検索不可（画像）"


class Hung(NamedTuple):
    """A file as a list shows it."""

    id: str
    name: str
    is_pdf: bool
    removed: bool


def file_for(actor: Actor, file_id: str) -> File:
    """Raises NotFound also for what is there and not the actor's to see."""
    return _seen(actor, db.session.scalar(select(File).where(File.id == file_id)))


def sent_by(actor: Actor, file_id: str) -> File | None:
    """Wherever it hangs by now."""
    return db.session.scalar(select(File).where(File.id == file_id, File.uploader_id == actor.user_id))


def files_of(refs: Iterable[Ref]) -> dict[Ref, list[File]]:
    """What hangs on each of these things, in the order of sending; one query however many. Whoever asks may see the things."""
    owners = [str(ref) for ref in refs]
    hanging: dict[Ref, list[File]] = defaultdict(list)
    for file in db.session.scalars(select(File).where(File.owner.in_(owners)).order_by(File.number)) if owners else ():
        hanging[Ref.parse(str(file.owner))].append(file)
    return dict(hanging)


def hung_last(refs: Iterable[Ref]) -> dict[Ref, Hung]:
    """As ``files_of``, but of each thing the newest file alone, and of that no more than a list shows."""
    things = {str(ref): ref for ref in refs}
    asked = select(File.owner, File.id, File.name, Blob.media_type, File.removed_at).join(Blob).where(File.owner.in_(things)).order_by(File.number)
    return {things[str(owner)]: Hung(file_id, name, kind == PDF, removed is not None)
            for owner, file_id, name, kind, removed in db.session.execute(asked)} if things else {}


def sent_today(user_id: int) -> tuple[int, int]:
    """How many files and how many bytes a person has sent within 24 hours."""
    counted = select(func.count(), func.coalesce(func.sum(Blob.size), 0)).select_from(File).join(Blob)
    number, size = db.session.execute(counted.where(File.uploader_id == user_id, File.created_at > clock.now() - DAY)).one()
    return number, size


def loose_since(moment: datetime) -> list[int]:
    """Numbers of files that hung on nothing at that moment and do so still, the oldest first."""
    return list(db.session.scalars(select(File.number).where(File.loose_since < moment).order_by(File.loose_since).limit(BATCH)))


def places() -> list[str]:
    """Of all bytes that there are."""
    return list(db.session.scalars(select(Blob.place).where(Blob.erased_at.is_(None))))


def place_of(number: int) -> str | None:
    """None when there are no bytes any more."""
    return db.session.scalar(select(Blob.place).join(File).where(File.number == number, Blob.erased_at.is_(None)))


def file_cards(actor: Actor, numbers: Collection[int]) -> list[Card]:
    files = list(db.session.scalars(select(File).where(File.number.in_(numbers))))
    wordless = _wordless({file.sha256 for file in files if file.media_type == PDF})
    return [_card(file, thing, wordless=file.sha256 in wordless) for file, thing in seen_with(actor, files)]


def address_of(file: File) -> str:
    """Known outside of requests too."""
    return current_app.url_map.bind("localhost").build("files.download", {"file_id": file.id, "name": file.name})


def _card(file: File, thing: Card | None, *, wordless: bool) -> Card:
    """What a browser shows opens by itself; all else where it hangs, from where it may be saved."""
    url = thing.url if thing and (file.removed_at or file.media_type not in SHOWN_IN_PLACE) else address_of(file)
    icon = "pdf" if file.media_type == PDF else "image" if file.media_type in PICTURES else "file"
    where = "・".join(filter(None, ((thing.where or thing.title) if thing else "", WORDLESS if wordless else "")))
    return Card(Ref("files.file", file.number), file.name, url, icon, where, unit=UNITS.get(file.media_type, "頁"))


def _wordless(sums: Collection[str]) -> set[str]:
    """PDFs that were looked through and say nothing."""
    says = exists().where(Page.sha256 == Deck.sha256, Page.text != "")
    return set(db.session.scalars(select(Deck.sha256).where(Deck.sha256.in_(sums), Deck.state == DONE, ~says))) if sums else set()


def _seen(actor: Actor, file: File | None) -> File:
    if file is None or not can_see(actor, file):
        raise NotFound
    return file

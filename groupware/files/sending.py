"""From the bytes on the line to the file: into the store first, then the command; what it did not need is taken out again.

At once (``send``), or piece by piece: ``begin``, ``go_on`` as often as the line allows, ``complete``.
"""
import secrets
from collections.abc import Iterable
from hashlib import sha256

from groupware.files.commands import keep_upload
from groupware.files.forms import FileDraft, UploadDraft
from groupware.files.models import File
from groupware.files.parts import Part, parts
from groupware.files.permissions import Files
from groupware.files.queries import file_for, sent_by
from groupware.files.quota import refuse_flood
from groupware.files.store import store
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, TooMany
from groupware.kernel.permissions import authorize
from groupware.kernel.writers import off_loop

MOST_UNDERWAY = 50      # files that one person sends at a time
TORN = "送る途中でファイルが壊れました。もう一度付けてください。"


def send(actor: Actor, name: str, pieces: Iterable[bytes]) -> File:
    """Raises TooLarge, Invalid or TooMany; then nothing of it stays."""
    refuse_flood(actor.user_id)
    return _kept(actor, FileDraft.receive(name, pieces))


def begin(actor: Actor, draft: UploadDraft) -> Part:
    """Judged before the first byte: the size, and all that is on its way already. Raises TooMany."""
    authorize(actor, Files.KEEP)
    underway = parts().of(actor.user_id)
    if len(underway) >= MOST_UNDERWAY:
        raise TooMany("同時に送れるファイルの数を超えました。送り終わってから、残りを付けてください。", after=60)
    refuse_flood(actor.user_id, draft.size + sum(part.size for part in underway))
    part = Part(actor.user_id, draft.size, secrets.token_urlsafe(16))
    parts().begin(part)
    return part


def go_on(actor: Actor, part_id: str, at: int, piece: bytes, digest: str | None) -> int:
    """How much has arrived. A piece counts whole, and only if it is what the sender says it is."""
    part = parts().find(actor.user_id, part_id)
    if digest and digest != off_loop(_sum, piece):
        raise Invalid(TORN)
    return parts().append(part, at, piece)


def complete(actor: Actor, part_id: str, name: str, digest: str | None = None) -> File:
    """Asked again, because the answer was lost, it is the same file. Raises parts.Elsewhere while something is missing."""
    done = sent_by(actor, part_id)
    return done or _completed(actor, parts().find(actor.user_id, part_id), name, digest)


def _completed(actor: Actor, part: Part, name: str, digest: str | None) -> File:
    stored = parts().whole(part)
    if digest and digest != stored.sha256:
        store().delete(stored.place)
        parts().forget(part)
        raise Invalid(TORN)
    file = _kept(actor, FileDraft.of(name, stored, id=part.id))
    parts().forget(part)
    return file


def _kept(actor: Actor, draft: FileDraft) -> File:
    try:
        file = file_for(actor, keep_upload(actor, draft))
    except BaseException:
        store().delete(draft.place)
        raise
    if file.blob.place != draft.place:       # these bytes were there already
        store().delete(draft.place)
    return file


def _sum(piece: bytes) -> str:
    return sha256(piece).hexdigest()

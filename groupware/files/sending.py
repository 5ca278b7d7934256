"""From the bytes on the line to the file: into the store first, then the command; what it did not need is taken out again."""
from collections.abc import Iterable

from groupware.files.commands import keep_upload
from groupware.files.forms import FileDraft
from groupware.files.models import File
from groupware.files.queries import file_for
from groupware.files.quota import refuse_flood
from groupware.files.store import store
from groupware.kernel.actor import Actor


def send(actor: Actor, name: str, pieces: Iterable[bytes]) -> File:
    """Raises TooLarge, Invalid or TooMany; then nothing of it stays."""
    refuse_flood(actor.user_id)
    draft = FileDraft.receive(name, pieces)
    try:
        file = file_for(actor, keep_upload(actor, draft))
    except BaseException:
        store().delete(draft.place)
        raise
    if file.blob.place != draft.place:       # these bytes were there already
        store().delete(draft.place)
    return file

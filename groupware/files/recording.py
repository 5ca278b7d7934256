"""Readings that are recorded: of files on things which their owners have labelled (the manifest's ``labels``)."""
from time import monotonic

from groupware.files.commands import note_reading
from groupware.files.models import File
from groupware.kernel.actor import Actor
from groupware.kernel.memory import remembered
from groupware.kernel.ref import Ref
from groupware.kernel.things import label_of

ONE_READING = 600.0             # seconds within which pages, ranges and a second look of one sign-in are one reading
MOST_REMEMBERED = 10_000
_noted: dict[tuple[int, int, int], float] = remembered({})


def opened(actor: Actor, file: File) -> File:
    """Returns when it stands in the audit: whatever is sent is sent after that."""
    label = label_of(Ref.parse(file.owner)) if file.owner else ""
    key, now = (actor.user_id, actor.session_id or 0, file.number), monotonic()
    if label and _noted.get(key, -ONE_READING) <= now - ONE_READING:
        note_reading(actor, file.id, label)
        if len(_noted) >= MOST_REMEMBERED:
            _noted.clear()
        _noted[key] = now
    return file

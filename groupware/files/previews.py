"""The helper makes the preview of a picture; whoever asks for it sooner waits a moment."""
import time
from dataclasses import dataclass
from pathlib import Path

from groupware.files.models import File
from groupware.files.queries import place_of
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.child import Child
from groupware.kernel.errors import NotFound

BUDGET = 5.0            # seconds for one picture
PATIENCE = 3.0          # seconds the browser is kept waiting for a picture that has only just come
_child = Child("groupware.files.pictures")


@dataclass(frozen=True, slots=True)
class MakePreview:
    """Effect: a picture has come."""

    number: int


def make_preview(effect: MakePreview) -> None:
    place = place_of(effect.number)
    if place is None or store().preview_path(place).exists():
        return
    target = store().preview_path(place)
    if not _child.ask({"from": str(store().path(place)), "to": str(target)}, BUDGET):
        target.touch()


def preview_of(file: File) -> Path:
    """Raises NotFound for what has no preview, will have none, or has none yet after a moment."""
    path = store().preview_path(file.blob.place)
    if file.width and not path.exists():
        _wait_for(path)
    if not path.exists() or not path.stat().st_size:
        raise NotFound
    return path


def _wait_for(path: Path) -> None:
    db.end_reading()            # no connection is held meanwhile
    until = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)

"""The draft of a file: its bytes are already in the store, off the loop, before any transaction begins."""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from flask import current_app

from groupware.files.kinds import PICTURES, UNKNOWN, media_type_of
from groupware.files.names import display_name
from groupware.files.pictures import measure
from groupware.files.store import Stored, store
from groupware.kernel.errors import Invalid, Refusal
from groupware.kernel.writers import off_loop


class TooLarge(Refusal):
    status = 413
    code = "too-large"


@dataclass(frozen=True, slots=True)
class FileDraft:
    name: str
    place: str
    sha256: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None

    @classmethod
    def receive(cls, name: str, pieces: Iterable[bytes]) -> Self:
        """Raises TooLarge, or Invalid for nothing at all; then nothing stays behind."""
        stored = store().put(_measured(pieces))
        media_type = media_type_of(stored.head, stored.tail)
        if media_type not in PICTURES:
            return cls(display_name(name), stored.place, stored.sha256, stored.size, media_type)
        return cls._picture(name, stored, media_type)

    @classmethod
    def _picture(cls, name: str, stored: Stored, media_type: str) -> Self:
        """What only begins like a picture is not shown as one."""
        sides = off_loop(measure, store().path(stored.place), media_type)
        width, height = sides or (None, None)
        return cls(display_name(name), stored.place, stored.sha256, stored.size, media_type if sides else UNKNOWN, width, height)


def refuse_large(size: int | None) -> None:
    """Raises TooLarge; ``size`` is None where the sender does not say."""
    most = current_app.config["FILES_MAX_BYTES"]
    if size is not None and size > most:
        raise TooLarge(f"ファイルは1個{most // 1024 // 1024}MBまでです。分けるか、小さくしてから付けてください。")


def _measured(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        refuse_large(size)
        yield piece
    if not size:
        raise Invalid(file="中身のないファイルです。フォルダーは、圧縮して1つのファイルにしてから付けてください。")

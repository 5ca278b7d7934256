"""Files that come piece by piece: what has arrived stays, whatever happens to the line, the browser or this program.

The length of what lies on the disc is the only truth about how far it has come; nothing of it is in the database until it is whole.
"""
import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from groupware.files.disk import Store, Stored
from groupware.files.kinds import LOOK
from groupware.files.store import arriving_folder, store
from groupware.kernel.errors import Conflict, NotFound
from groupware.kernel.writers import off_loop

MOST_PIECE = 8 * 1024 * 1024        # bytes that are held in memory for one sender
_READ = 1024 * 1024


class Elsewhere(Conflict):
    """The sender believes to be at another place than we are."""

    def __init__(self, arrived: int) -> None:
        super().__init__("途中まで届いています。続きから送り直します。")
        self.arrived = arrived

    def as_dict(self) -> dict[str, object]:
        return {**super().as_dict(), "arrived": self.arrived}


@dataclass(frozen=True, slots=True)
class Part:
    """``id`` will be the file's. Whose it is and how much is to come stand in its name, so that nothing else has to be kept."""

    person: int
    size: int
    id: str

    @property
    def name(self) -> str:
        return f"{self.person}.{self.size}.{self.id}"

    @classmethod
    def named(cls, name: str) -> Self | None:
        found = re.fullmatch(r"(\d+)\.(\d+)\.([\w-]{22})", name)
        return cls(int(found[1]), int(found[2]), found[3]) if found else None


class Parts:
    """In a folder of this machine; what is whole goes ``to`` the store. Locks and the disc are waited for off the loop."""

    def __init__(self, folder: Path, to: Store) -> None:
        self.folder, self.to = folder, to

    def begin(self, part: Part) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.folder / part.name).touch(exist_ok=False)

    def of(self, person: int) -> list[Part]:
        found = (Part.named(path.name) for path in self.folder.glob(f"{person}.*"))
        return [part for part in found if part]

    def find(self, person: int, part_id: str) -> Part:
        """Raises NotFound, also for another person's."""
        part = next((part for part in self.of(person) if part.id == part_id), None)
        if part is None:
            raise NotFound("送りかけのファイルが見つかりません。もう一度付けてください。")
        return part

    def arrived(self, part: Part) -> int:
        return (self.folder / part.name).stat().st_size

    def append(self, part: Part, at: int, piece: bytes) -> int:
        """How much has arrived then, on the disc for good. Raises Elsewhere when ``at`` is not where the last piece ended."""
        return int(off_loop(self._append, part, at, piece))

    def whole(self, part: Part) -> Stored:
        """Its bytes at a place of the store. The part itself stays, so that this may be tried again; ``forget`` it when all is done."""
        stored: Stored = off_loop(self._whole, part)
        return stored

    def forget(self, part: Part) -> None:
        (self.folder / part.name).unlink(missing_ok=True)

    def _append(self, part: Part, at: int, piece: bytes) -> int:
        with self._alone(part) as file:
            arrived = file.seek(0, os.SEEK_END)
            if at != arrived or at + len(piece) > part.size:
                raise Elsewhere(arrived)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            return arrived + len(piece)

    def _whole(self, part: Part) -> Stored:
        with self._alone(part) as file:
            arrived = file.seek(0, os.SEEK_END)
            if arrived != part.size:
                raise Elsewhere(arrived)
            summed, head, tail = _look_through(file)
            return Stored(self.to.adopt(self.folder / part.name), summed, part.size, head, tail)

    @contextmanager
    def _alone(self, part: Part) -> Iterator[BinaryIO]:
        """A browser that lost patience sends the same piece again while the first one is still being written."""
        try:
            file = (self.folder / part.name).open("r+b")
        except FileNotFoundError:
            raise NotFound from None
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def parts() -> Parts:
    return Parts(arriving_folder(), store())


def _look_through(file: BinaryIO) -> tuple[str, bytes, bytes]:
    """Its sum, its first and its last bytes; a megabyte at a time, however large it is."""
    summed, head, tail = hashlib.sha256(), b"", b""
    file.seek(0)
    while piece := file.read(_READ):
        summed.update(piece)
        head += piece[:LOOK - len(head)]
        tail = (tail + piece)[-LOOK:]
    return summed.hexdigest(), head, tail

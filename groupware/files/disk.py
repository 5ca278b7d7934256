"""Where the bytes are. One small interface, filled here by the local disk; nothing of it lies under the web root.

Whatever fills it passes ``tests/files/test_store.py``.
"""
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from groupware.files.kinds import LOOK
from groupware.kernel.writers import off_loop

HALF_SENT = 24 * 3600       # seconds after which what never arrived whole is swept


@dataclass(frozen=True, slots=True)
class Stored:
    """``head`` and ``tail``: the first and the last bytes, by which the kind is known."""

    place: str
    sha256: str
    size: int
    head: bytes
    tail: bytes


class Store(Protocol):
    def put(self, pieces: Iterable[bytes]) -> Stored:
        """Keep the bytes at a new, random place, durably."""

    def adopt(self, whole: Path) -> str:
        """A new, random place for the bytes of a file on this machine, durably; the file itself stays until its owner takes it away."""

    def path(self, place: str) -> Path:
        """A file on this machine with these bytes, to be read from anywhere in it."""

    def preview_path(self, place: str) -> Path:
        """Where the preview of a picture belongs; an empty file says that none can be made."""

    def pdf_path(self, place: str) -> Path:
        """The PDF whose pages are drawn: what was made of these bytes, if something was, else themselves."""

    def pages_path(self, place: str) -> Path:
        """The folder for pictures of its pages, ``<page>-<width>``; an empty file says that none can be made."""

    def want_page(self, place: str, number: int, width: int) -> None:
        """Somebody is waiting for this picture."""

    def wanted_pages(self) -> list[tuple[str, int, int]]:
        """(place, page, width) of the pictures that somebody is waiting for, the oldest wish first."""

    def forget_wanted(self, place: str, number: int, width: int) -> None:
        """It has been made, or cannot be."""

    def delete(self, place: str) -> None:
        """Also what was made from them."""

    def gather(self, places: Iterable[str]) -> None:
        """All of them on this machine: somebody makes a backup."""

    def settle(self) -> None:
        """What a backup has brought to this machine goes where it belongs."""

    def free(self) -> int:
        """Bytes that there is still room for."""

    def sweep(self) -> None:
        """Away with what never arrived whole."""


class LocalDisk:
    """``ab/cdef…`` below one folder. Disc and checksums are worked off the loop, so that a large file holds nobody up."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.arriving, self.wanted = folder, folder / "arriving", folder / "wanted"

    def put(self, pieces: Iterable[bytes]) -> Stored:
        arrival = off_loop(_Arrival, self.arriving)
        try:
            for piece in pieces:
                off_loop(arrival.take, piece)
            return off_loop(arrival.keep, self)
        finally:
            off_loop(arrival.end)

    def path(self, place: str) -> Path:
        return self.folder / place[:2] / place[2:]

    def preview_path(self, place: str) -> Path:
        return self.path(place).with_suffix(".preview")

    def pdf_path(self, place: str) -> Path:
        made = self.path(place).with_suffix(".pdf")
        return made if made.exists() else self.path(place)

    def pages_path(self, place: str) -> Path:
        return self.path(place).with_suffix(".pages")

    def want_page(self, place: str, number: int, width: int) -> None:
        self.wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.wanted / f"{place}.{number}.{width}").touch()

    def wanted_pages(self) -> list[tuple[str, int, int]]:
        wishes = sorted(self.wanted.glob("*.*.*"), key=_asked_at)
        return [(place, int(number), int(width)) for place, number, width in (wish.name.split(".") for wish in wishes)]

    def forget_wanted(self, place: str, number: int, width: int) -> None:
        (self.wanted / f"{place}.{number}.{width}").unlink(missing_ok=True)

    def delete(self, place: str) -> None:
        shutil.rmtree(self.pages_path(place), ignore_errors=True)
        self.path(place).with_suffix(".pdf").unlink(missing_ok=True)
        self.path(place).unlink(missing_ok=True)
        self.preview_path(place).unlink(missing_ok=True)

    def adopt(self, whole: Path) -> str:
        """A second name for what lies on this disk already: nothing is copied."""
        place = secrets.token_hex(20)
        final = self.path(place)
        final.parent.mkdir(exist_ok=True, mode=0o700)
        final.hardlink_to(whole)
        _sync(final.parent)
        return place

    def gather(self, places: Iterable[str]) -> None:
        """They are."""

    def settle(self) -> None:
        """There it is."""

    def free(self) -> int:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return shutil.disk_usage(self.folder).free

    def sweep(self) -> None:
        for part in self.arriving.glob("*"):
            if part.stat().st_mtime < time.time() - HALF_SENT:
                part.unlink(missing_ok=True)


class _Arrival:
    """One file on its way in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.place = secrets.token_hex(20)
        self.part = folder / self.place
        self.file = self.part.open("xb")
        self.sum, self.size, self.head, self.tail = hashlib.sha256(), 0, b"", b""

    def take(self, piece: bytes) -> None:
        self.file.write(piece)
        self.sum.update(piece)
        self.size += len(piece)
        self.head += piece[:LOOK - len(self.head)]
        self.tail = (self.tail + piece)[-LOOK:]

    def keep(self, disk: LocalDisk) -> Stored:
        self.file.flush()
        os.fsync(self.file.fileno())
        final = disk.path(self.place)
        final.parent.mkdir(exist_ok=True, mode=0o700)
        self.part.rename(final)
        _sync(final.parent)
        return Stored(self.place, self.sum.hexdigest(), self.size, self.head, self.tail)

    def end(self) -> None:
        self.file.close()
        self.part.unlink(missing_ok=True)


def _asked_at(wish: Path) -> float:
    try:
        return wish.stat().st_mtime
    except FileNotFoundError:       # made meanwhile
        return 0.0


def _sync(folder: Path) -> None:
    """A new name is durable only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

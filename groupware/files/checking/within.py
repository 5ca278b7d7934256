"""Takes out whatever files a PDF carries within, for a scanner that does not unpack them itself. Runs in a child that may be killed.

What cannot be taken out whole (too large, too many, too deep, an unknown packing) is answered with None: nobody has seen it, so nobody gets it.
"""
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from groupware.kernel.child import serve

MOST_FILES = 500
MOST_BYTES = 256 * 1024 * 1024
DEEPEST = 4             # PDFs within PDFs
NESTED = 50             # dictionaries and arrays within one another
HEADER, LOOK = b"%PDF-", 1024
PICTURES = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}      # packings which are a file's own format
CARRIED = (b"/EmbeddedFile", b"/EF")


class TooMuch(Exception):
    """More than is ever taken out."""


class Taking:
    """Into ``folder``, numbered."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count, self.bytes = folder, 0, 0

    def take_from(self, given: bytes | Path, depth: int = 1) -> None:
        if depth > DEEPEST:
            raise TooMuch
        for content in _carried(given):
            self._keep(content)
            if HEADER in content[:LOOK]:
                self.take_from(content, depth + 1)

    def _keep(self, content: bytes) -> None:
        self.count, self.bytes = self.count + 1, self.bytes + len(content)
        if self.count > MOST_FILES or self.bytes > MOST_BYTES:
            raise TooMuch
        (self.folder / f"{self.count:04}").write_bytes(content)


def answer(question: dict[str, Any]) -> int:
    """{from, to}: how many files lie in the folder ``to`` now."""
    taking = Taking(Path(question["to"]))
    taking.take_from(Path(question["from"]))
    return taking.count


def _carried(given: bytes | Path) -> Iterator[bytes]:
    """What needs a password is left to the scanner, which is told by its own settings whether such files pass."""
    try:
        pdf = pikepdf.open(io.BytesIO(given) if isinstance(given, bytes) else given)
    except pikepdf.PasswordError:
        return
    except pikepdf.PdfError:
        _refuse_hidden(given if isinstance(given, bytes) else given.read_bytes())
        return
    with pdf:
        yield from (_unpacked(stream) for stream in _streams(pdf))


def _refuse_hidden(content: bytes) -> None:
    """Too broken for us; another program may still find in it what it says it carries."""
    if any(sign in content for sign in CARRIED):
        raise TooMuch


def _streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Each once: what says that it is such a file, and what a file's description (EF) points at, wherever it stands."""
    seen = set[tuple[int, int]]()
    for thing in pdf.objects:
        for found in _found(thing, NESTED):
            if found.objgen not in seen:
                seen.add(found.objgen)
                yield found


def _found(thing: Any, left: int) -> Iterator[pikepdf.Stream]:
    """Within one object; others which it points at have their own turn."""
    if left == 0:
        raise TooMuch
    if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/EmbeddedFile":
        yield thing
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        described = thing.get("/EF")
        if isinstance(described, pikepdf.Dictionary):
            yield from (value for _, value in described.items() if isinstance(value, pikepdf.Stream))
        inner = [value for _, value in thing.items()]
    else:
        inner = list(thing) if isinstance(thing, pikepdf.Array) else []
    for value in inner:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _found(value, left - 1)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        packings = stream.get("/Filter")
        if str(packings) in PICTURES:
            return stream.read_raw_bytes()
        raise


if __name__ == "__main__":
    serve(answer, megabytes=1024)

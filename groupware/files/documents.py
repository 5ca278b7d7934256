"""Files as they are found: each page (sheet, slide) by what it says, in the circle of the thing the file hangs on. Loose ones are in none."""
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from sqlalchemy import select, tuple_

from groupware.files.checking.passing import opening
from groupware.files.kinds import PICTURES
from groupware.files.models import Blob, File, Page
from groupware.kernel import db
from groupware.kernel.findable import Document, Findable
from groupware.kernel.house import house
from groupware.kernel.ref import Ref

HANGS = (File.owner.is_not(None), File.removed_at.is_(None))
TOGETHER = 20           # files whose pages are read at a time


def documents(numbers: Collection[int]) -> Iterator[Document]:
    """Part 0 is the file by its name; the others are its pages."""
    files = iter(_hanging(numbers))
    while some := list(islice(files, TOGETHER)):
        texts = _texts(Page.sha256.in_({file.sha256 for file in some}))
        for file, document in _by_name(some):
            said = texts.get(file.sha256, {})
            yield replace(document, body=said.get(0, ""))
            yield from (replace(document, body=text, part=part) for part, text in said.items() if part)


def parts(wanted: Collection[tuple[int, int]]) -> Iterator[Document]:
    files = _hanging({number for number, _ in wanted})
    asked = {(file.number, part): file.sha256 for file in files for number, part in wanted if number == file.number}
    texts = _texts(tuple_(Page.sha256, Page.number).in_([(sha256, part) for (_, part), sha256 in asked.items()]))
    named = {document.ref.id: document for _, document in _by_name(files)}
    for (number, part), sha256 in asked.items():
        if number in named and (part == 0 or part in texts.get(sha256, ())):
            yield replace(named[number], body=texts.get(sha256, {}).get(part, ""), part=part)


def ids(after: int, most: int) -> list[int]:
    return list(db.session.scalars(select(File.number).where(File.number > after, *HANGS).order_by(File.number).limit(most)))


def hanging_on(refs: Collection[Ref]) -> list[Ref]:
    owners = [str(ref) for ref in refs if ref.kind != "files.file"]
    return [Ref("files.file", number) for number in db.session.scalars(select(File.number).where(File.owner.in_(owners)))] if owners else []


def _hanging(numbers: Collection[int]) -> list[File]:
    return list(db.session.scalars(select(File).where(File.number.in_(numbers), *HANGS).order_by(File.number)))


def _by_name(files: Iterable[File]) -> Iterator[tuple[File, Document]]:
    """Those whose thing can itself be found, in its circle and with its labels."""
    files = list(files)
    things = _things(files)
    for file in files:
        thing = things.get(Ref.parse(str(file.owner)))
        if thing:
            kept = (label for label in thing.labels if not label.startswith("has:"))
            labels = (*kept, "has:file", *(["has:picture"] if file.media_type in PICTURES else []))
            yield file, Document(Ref("files.file", file.number), thing.audience, file.created_at, "", file.name, file.uploader_id, labels)


def _things(files: Iterable[File]) -> dict[Ref, Document]:
    """Each feature is asked once."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for ref in {Ref.parse(str(file.owner)) for file in files}:
        wanted[ref.kind].add(ref.id)
    asked = (house.findables[kind].documents(ids) for kind, ids in wanted.items() if kind in house.findables)
    return {document.ref: document for found in asked for document in found}


def _texts(where: object) -> dict[str, dict[int, str]]:
    """What each page says, by sum and number; those that say nothing are left out, and what may not be opened says nothing."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    said = select(Page.sha256, Page.number, Page.text).join(Blob, Blob.sha256 == Page.sha256)
    said = said.where(where, Page.text != "", opening()).order_by(Page.sha256, Page.number)     # type: ignore[arg-type]
    for sha256, number, text in db.session.execute(said):
        found[sha256][number] = text
    return found


FINDABLE = Findable(("ファイル", "資料", "file"), "file", documents, ids, following=hanging_on, parts=parts)

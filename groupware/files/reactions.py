"""What follows when a file has come."""
from collections.abc import Iterator

from sqlalchemy import select

from groupware.files.events import (
    FileDropped,
    FileJudged,
    FileKept,
    FilePagesRead,
    FilesAttached,
    FilesDetached,
    FilesRunOut,
    FileWordsRead,
)
from groupware.files.kinds import PICTURES
from groupware.files.models import File
from groupware.files.previews import MakePreview
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref

on = Reactions()


@on.later(FileKept)
def show_picture(event: FileKept) -> Iterator[MakePreview]:
    if event.media_type in PICTURES:
        yield MakePreview(event.number)


@on.within(FilesAttached, FilesDetached)
def find_where_it_hangs(event: FilesAttached | FilesDetached) -> Iterator[Touched]:
    for number in db.session.scalars(select(File.number).where(File.id.in_(event.file_ids))):
        yield Touched(Ref("files.file", number))


@on.within(FilesRunOut)
def find_no_more(event: FilesRunOut) -> Iterator[Touched]:
    """Nor the thing as one that has a file."""
    for number, owner in db.session.execute(select(File.number, File.owner).where(File.number.in_(event.numbers))):
        yield from (Touched(Ref("files.file", number)), Touched(Ref.parse(str(owner))))


@on.within(FilePagesRead, FileWordsRead, FileJudged, FileDropped)
def find_what_it_says(event: FilePagesRead | FileWordsRead | FileJudged | FileDropped) -> Iterator[Touched]:
    yield Touched(event.about)

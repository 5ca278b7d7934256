"""What follows when a file has come."""
from collections.abc import Iterator

from groupware.files.events import FileKept
from groupware.files.kinds import PICTURES
from groupware.files.previews import MakePreview
from groupware.kernel.reactions import Reactions

on = Reactions()


@on.later(FileKept)
def show_picture(event: FileKept) -> Iterator[MakePreview]:
    if event.media_type in PICTURES:
        yield MakePreview(event.number)

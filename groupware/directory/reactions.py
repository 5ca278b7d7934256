"""What follows from events of the directory."""
from collections.abc import Iterator

from groupware.directory.effects import ImportDue
from groupware.directory.events import ImportConfirmed, ImportUploaded
from groupware.kernel.reactions import Reactions

on = Reactions()


@on.later(ImportUploaded, ImportConfirmed)
def hand_to_helper(event: ImportUploaded | ImportConfirmed) -> Iterator[ImportDue]:
    yield ImportDue(event.import_id)

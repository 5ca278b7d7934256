"""What follows from events of the directory."""
from collections.abc import Iterator

from groupware.directory.effects import ImportDue
from groupware.directory.events import (
    AssignmentChanged,
    ImportConfirmed,
    ImportUploaded,
    PersonChanged,
    PersonCreated,
    PersonDisabled,
    PersonEnabled,
)
from groupware.kernel.events import Event
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions

on = Reactions()


@on.later(ImportUploaded, ImportConfirmed)
def hand_to_helper(event: ImportUploaded | ImportConfirmed) -> Iterator[ImportDue]:
    yield ImportDue(event.import_id)


@on.within(PersonCreated, PersonChanged, PersonDisabled, PersonEnabled, AssignmentChanged)
def find_again(event: Event) -> Iterator[Touched]:
    yield Touched(event.about)

"""What happened to people, units, groups and lists."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfPerson(Event):
    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class PersonCreated(_OfPerson):
    staff_number: str


@dataclass(frozen=True, slots=True)
class PersonChanged(_OfPerson):
    """(field, before, after) of each field that changed."""

    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonDisabled(_OfPerson):
    """Stopped or departed: every door closes."""

    state: str


@dataclass(frozen=True, slots=True)
class PersonEnabled(_OfPerson):
    pass


@dataclass(frozen=True, slots=True)
class AssignmentChanged(_OfPerson):
    """Begun, ended or cancelled (``deed``): whose place, roles and rooms follow from where they sit is to be looked at again."""

    assignment_id: int
    unit_id: int
    deed: str
    day: str


@dataclass(frozen=True, slots=True)
class RoleGranted(_OfPerson):
    role: str


@dataclass(frozen=True, slots=True)
class RoleTaken(_OfPerson):
    role: str


@dataclass(frozen=True, slots=True)
class _OfUnit(Event):
    kind: ClassVar[str] = "directory.unit"
    key: ClassVar[str] = "unit_id"
    unit_id: int


@dataclass(frozen=True, slots=True)
class UnitCreated(_OfUnit):
    code: str


@dataclass(frozen=True, slots=True)
class UnitChanged(_OfUnit):
    """(field, before, after) of each field that is another one from ``starts_on`` on."""

    starts_on: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class UnitClosed(_OfUnit):
    ends_on: str


@dataclass(frozen=True, slots=True)
class UnitReopened(_OfUnit):
    pass


@dataclass(frozen=True, slots=True)
class _OfGroup(Event):
    kind: ClassVar[str] = "directory.group"
    key: ClassVar[str] = "group_id"
    group_id: int


@dataclass(frozen=True, slots=True)
class GroupCreated(_OfGroup):
    pass


@dataclass(frozen=True, slots=True)
class GroupChanged(_OfGroup):
    """``joined`` and ``left``: people named one by one."""

    joined: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _OfWord(Event):
    """A kind of staff, a kind of unit or a post: ``table`` says which."""

    kind: ClassVar[str] = "directory.word"
    key: ClassVar[str] = "word_id"
    word_id: int
    table: str
    word: str


@dataclass(frozen=True, slots=True)
class WordAdded(_OfWord):
    pass


@dataclass(frozen=True, slots=True)
class WordChanged(_OfWord):
    pass


@dataclass(frozen=True, slots=True)
class WordRemoved(_OfWord):
    pass


@dataclass(frozen=True, slots=True)
class _OfImport(Event):
    kind: ClassVar[str] = "directory.import"
    key: ClassVar[str] = "import_id"
    import_id: int


@dataclass(frozen=True, slots=True)
class ImportUploaded(_OfImport):
    what: str


@dataclass(frozen=True, slots=True)
class ImportChecked(_OfImport):
    """``state``: shown to be confirmed, or wrong."""

    state: str


@dataclass(frozen=True, slots=True)
class ImportConfirmed(_OfImport):
    digest: str


@dataclass(frozen=True, slots=True)
class ImportDropped(_OfImport):
    pass


@dataclass(frozen=True, slots=True)
class ImportRefused(_OfImport):
    """Confirmed, but the city hall had changed in between: nothing was applied."""


@dataclass(frozen=True, slots=True)
class DirectoryImported(_OfImport):
    """The whole list is applied; what happened to each person and unit is told by events of their own."""

    what: str
    new: int
    changed: int


EVENTS = (
    PersonCreated, PersonChanged, PersonDisabled, PersonEnabled, AssignmentChanged, RoleGranted, RoleTaken, UnitCreated, UnitChanged, UnitClosed,
    UnitReopened, GroupCreated, GroupChanged, WordAdded, WordChanged, WordRemoved, ImportUploaded, ImportChecked, ImportConfirmed, ImportDropped,
    ImportRefused, DirectoryImported)

"""What happened to people and units."""
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
    """``before`` holds the fields that changed, as they were."""

    before: dict[str, str]


@dataclass(frozen=True, slots=True)
class PersonDisabled(_OfPerson):
    """Stopped or departed: every door closes."""

    state: str


@dataclass(frozen=True, slots=True)
class PersonEnabled(_OfPerson):
    pass


@dataclass(frozen=True, slots=True)
class AssignmentChanged(_OfPerson):
    assignment_id: int
    unit_id: int


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
    starts_on: str


@dataclass(frozen=True, slots=True)
class UnitClosed(_OfUnit):
    ends_on: str


@dataclass(frozen=True, slots=True)
class DirectoryImported(Event):
    kind: ClassVar[str] = "directory.unit"
    key: ClassVar[str] = "root_id"
    root_id: int
    what: str
    new: int
    changed: int


EVENTS = (PersonCreated, PersonChanged, PersonDisabled, PersonEnabled, AssignmentChanged, RoleGranted, RoleTaken,
          UnitCreated, UnitChanged, UnitClosed, DirectoryImported)

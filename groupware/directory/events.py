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
    words: ClassVar[str] = "職員を登録した"
    staff_number: str


@dataclass(frozen=True, slots=True)
class PersonChanged(_OfPerson):
    """(field, before, after) of each field that changed."""

    words: ClassVar[str] = "職員の欄を変えた"
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonDisabled(_OfPerson):
    """Stopped or departed: every door closes."""

    words: ClassVar[str] = "利用を止めた"
    state: str


@dataclass(frozen=True, slots=True)
class PersonEnabled(_OfPerson):
    words: ClassVar[str] = "利用を再開した"


@dataclass(frozen=True, slots=True)
class AssignmentChanged(_OfPerson):
    """Begun, ended or cancelled (``deed``): whose place, roles and rooms follow from where they sit is to be looked at again."""

    words: ClassVar[str] = "発令を変えた"
    assignment_id: int
    unit_id: int
    deed: str
    day: str


@dataclass(frozen=True, slots=True)
class RoleGranted(_OfPerson):
    words: ClassVar[str] = "役割を付けた"
    role: str


@dataclass(frozen=True, slots=True)
class RoleTaken(_OfPerson):
    words: ClassVar[str] = "役割を外した"
    role: str


@dataclass(frozen=True, slots=True)
class _OfUnit(Event):
    kind: ClassVar[str] = "directory.unit"
    key: ClassVar[str] = "unit_id"
    unit_id: int


@dataclass(frozen=True, slots=True)
class UnitCreated(_OfUnit):
    words: ClassVar[str] = "組織をつくった"
    code: str


@dataclass(frozen=True, slots=True)
class UnitChanged(_OfUnit):
    """(field, before, after) of each field that is another one from ``starts_on`` on."""

    words: ClassVar[str] = "組織を変えた"
    starts_on: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class UnitClosed(_OfUnit):
    words: ClassVar[str] = "組織を閉じた"
    ends_on: str


@dataclass(frozen=True, slots=True)
class UnitReopened(_OfUnit):
    words: ClassVar[str] = "組織を閉じるのをやめた"


@dataclass(frozen=True, slots=True)
class _OfGroup(Event):
    kind: ClassVar[str] = "directory.group"
    key: ClassVar[str] = "group_id"
    group_id: int


@dataclass(frozen=True, slots=True)
class GroupCreated(_OfGroup):
    words: ClassVar[str] = "集まりをつくった"


@dataclass(frozen=True, slots=True)
class GroupChanged(_OfGroup):
    """``joined`` and ``left``: people named one by one."""

    words: ClassVar[str] = "集まりの顔ぶれを変えた"
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
    words: ClassVar[str] = "言葉を加えた"


@dataclass(frozen=True, slots=True)
class WordChanged(_OfWord):
    words: ClassVar[str] = "言葉を変えた"


@dataclass(frozen=True, slots=True)
class WordRemoved(_OfWord):
    words: ClassVar[str] = "言葉を消した"


@dataclass(frozen=True, slots=True)
class _OfImport(Event):
    kind: ClassVar[str] = "directory.import"
    key: ClassVar[str] = "import_id"
    import_id: int


@dataclass(frozen=True, slots=True)
class ImportUploaded(_OfImport):
    words: ClassVar[str] = "一覧を持ち込んだ"
    what: str


@dataclass(frozen=True, slots=True)
class ImportChecked(_OfImport):
    """``state``: shown to be confirmed, or wrong."""

    words: ClassVar[str] = "一覧を確かめた"
    state: str


@dataclass(frozen=True, slots=True)
class ImportConfirmed(_OfImport):
    words: ClassVar[str] = "一覧の登録を決めた"
    digest: str


@dataclass(frozen=True, slots=True)
class ImportDropped(_OfImport):
    words: ClassVar[str] = "一覧の取り込みをやめた"


@dataclass(frozen=True, slots=True)
class ImportRefused(_OfImport):
    """Confirmed, but the city hall had changed in between: nothing was applied."""

    words: ClassVar[str] = "一覧を取り込めなかった"


@dataclass(frozen=True, slots=True)
class DirectoryImported(_OfImport):
    """The whole list is applied; what happened to each person and unit is told by events of their own."""

    words: ClassVar[str] = "一覧を取り込んだ"
    what: str
    new: int
    changed: int


EVENTS = (
    PersonCreated, PersonChanged, PersonDisabled, PersonEnabled, AssignmentChanged, RoleGranted, RoleTaken, UnitCreated, UnitChanged, UnitClosed,
    UnitReopened, GroupCreated, GroupChanged, WordAdded, WordChanged, WordRemoved, ImportUploaded, ImportChecked, ImportConfirmed, ImportDropped,
    ImportRefused, DirectoryImported)

"""What happened to files."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event
from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class _OfFile(Event):
    kind: ClassVar[str] = "files.file"
    key: ClassVar[str] = "number"
    number: int
    file_id: str
    title: str


@dataclass(frozen=True, slots=True)
class FileKept(_OfFile):
    words: ClassVar[str] = "ファイルを送った"
    size: int
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileDropped(_OfFile):
    """It hung on nothing for too long."""

    words: ClassVar[str] = "付けなかったファイルを片付けた"


@dataclass(frozen=True, slots=True)
class FilePagesRead(_OfFile):
    """All pages of a PDF: what they say, how they look."""

    words: ClassVar[str] = "PDFの頁を読み取った"


@dataclass(frozen=True, slots=True)
class FileWordsRead(_OfFile):
    """Of an Office file or a plain text, of which nobody makes pages."""

    words: ClassVar[str] = "ファイルの言葉を読み取った"


@dataclass(frozen=True, slots=True)
class FileJudged(_OfFile):
    """By the virus scanner: clean, or infected by a threat."""

    words: ClassVar[str] = "ウイルス検査をした"
    verdict: str
    threat: str


@dataclass(frozen=True, slots=True)
class FileLaidOut(_OfFile):
    words: ClassVar[str] = "ファイルからPDFをつくった"


@dataclass(frozen=True, slots=True)
class _OfOwner(Event):
    """About the thing the files hang on."""

    owner: str
    file_ids: tuple[str, ...]

    @property
    def about(self) -> Ref:
        return Ref.parse(self.owner)


@dataclass(frozen=True, slots=True)
class FilesAttached(_OfOwner):
    words: ClassVar[str] = "ファイルを付けた"


@dataclass(frozen=True, slots=True)
class FilesDetached(_OfOwner):
    words: ClassVar[str] = "ファイルを外した"


@dataclass(frozen=True, slots=True)
class LabelledRead(Event):
    """Before a byte of it leaves. ``thing``: what the file hangs on; ``label``: 機密 and the like."""

    kind: ClassVar[str] = "files.file"
    key: ClassVar[str] = "number"
    words: ClassVar[str] = "読むと記録に残る資料を開いた"
    number: int
    thing: str
    label: str


@dataclass(frozen=True, slots=True)
class _OfRetention(Event):
    kind: ClassVar[str] = "files.retention"
    key: ClassVar[str] = "retention_id"


@dataclass(frozen=True, slots=True)
class RetentionSet(_OfRetention):
    """``things``: the kind of what the files hang on."""

    words: ClassVar[str] = "ファイルの保存期間を決めた"
    things: str
    term: str
    before: str
    retention_id: int = 1


@dataclass(frozen=True, slots=True)
class FilesRunOut(_OfRetention):
    """What was removed in one go: the numbers and the sums of the files, to prove what it was."""

    words: ClassVar[str] = "保存期間が過ぎたファイルを削除した"
    things: str
    term: str
    numbers: tuple[int, ...]
    sums: tuple[str, ...]
    size: int
    retention_id: int = 1


@dataclass(frozen=True, slots=True)
class _OfHold(Event):
    kind: ClassVar[str] = "files.hold"
    key: ClassVar[str] = "hold_id"
    hold_id: int


@dataclass(frozen=True, slots=True)
class HoldPlaced(_OfHold):
    words: ClassVar[str] = "ファイルに保存の印を付けた"
    reason: str
    meant: str


@dataclass(frozen=True, slots=True)
class HoldEnded(_OfHold):
    """``why``: of its end; ``reason`` that for which it stood."""

    words: ClassVar[str] = "ファイルの保存の印を外した"
    reason: str
    why: str = ""


EVENTS = (RetentionSet, FilesRunOut, HoldPlaced, HoldEnded, LabelledRead, FileKept, FileDropped, FilePagesRead, FileWordsRead, FileLaidOut,
          FileJudged, FilesAttached, FilesDetached)

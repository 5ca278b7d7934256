"""The draft of a file: its bytes are already in the store, off the loop, before any transaction begins."""
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from flask import current_app

from groupware.directory.queries import people_cards
from groupware.files.disk import Stored
from groupware.files.kinds import PICTURES, UNKNOWN, media_type_of
from groupware.files.names import display_name
from groupware.files.pictures import measure
from groupware.files.retaining import terms_of
from groupware.files.store import store
from groupware.kernel import clock
from groupware.kernel.errors import Invalid, Refusal
from groupware.kernel.given import AGAIN, Fields, day, line, number, one_of
from groupware.kernel.house import house
from groupware.kernel.writers import off_loop

EMPTY = "中身のないファイルです。フォルダーは、圧縮して1つのファイルにしてから付けてください。"
SPARE = 512 * 1024 * 1024       # bytes of the disc that stay free for everything else


class TooLarge(Refusal):
    status = 413
    code = "too-large"


class Full(Refusal):
    status = 507
    code = "full"
    sentence = "ファイルを置く場所が足りません。情報担当にお知らせください。文字だけの投稿はできます。"


@dataclass(frozen=True, slots=True)
class FileDraft:
    name: str
    place: str
    sha256: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @classmethod
    def receive(cls, name: str, pieces: Iterable[bytes]) -> Self:
        """Raises TooLarge, or Invalid for nothing at all; then nothing stays behind."""
        return cls.of(name, store().put(_measured(pieces)))

    @classmethod
    def of(cls, name: str, stored: Stored, **more: str) -> Self:
        """What only begins like a picture is not shown as one."""
        media_type = media_type_of(stored.head, stored.tail)
        sides = off_loop(measure, store().path(stored.place), media_type) if media_type in PICTURES else None
        media_type = UNKNOWN if media_type in PICTURES and not sides else media_type
        width, height = sides or (None, None)
        return cls(display_name(name), stored.place, stored.sha256, stored.size, media_type, width, height, **more)


@dataclass(frozen=True, slots=True)
class UploadDraft:
    """What somebody means to send, before the first byte of it."""

    size: int

    @classmethod
    def parse(cls, data: Mapping[str, object]) -> Self:
        """Raises TooLarge, Full, or Invalid."""
        size = data.get("size")
        if not isinstance(size, int) or isinstance(size, bool) or size < 1:
            raise Invalid(file=EMPTY)
        refuse_large(size)
        if store().free() - size < SPARE:
            raise Full
        return cls(size)


@dataclass(frozen=True, slots=True)
class RetentionDraft:
    """For every kind of thing how long files on it stay; ``seen``: the seal of what the person has seen that this removes."""

    terms: Mapping[str, str]
    seen: str = ""

    @classmethod
    def parse(cls, data: Fields) -> Self:
        """Raises Invalid."""
        return cls({kind: one_of(data, kind, terms_of(kind)) for kind in house.retained}, str(data.get("seen") or ""))


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """Whatever is left open means everything. ``until`` is the first moment that is not meant any more."""

    reason: str
    kind: str | None
    person_id: int | None
    since: datetime | None
    until: datetime | None

    @classmethod
    def parse(cls, data: Fields) -> Self:
        """Raises Invalid."""
        reason = line(data, "reason", "わけを書いてください。例 情報公開請求（第12号）への対応", 200)
        kind = one_of(data, "kind", ["", *house.retained]) or None
        first, last = day(data, "since"), day(data, "until")
        if first and last and last < first:
            raise Invalid(until="終わりの日が、初めの日より前です。")
        return cls(reason, kind, _somebody(data), _begin(first), _begin(last + timedelta(days=1)) if last else None)

    @property
    def meant(self) -> str:
        who = [card.name for card in people_cards([self.person_id]).values()] if self.person_id else []
        return "・".join([house.retained[self.kind].words if self.kind else "すべてのファイル", *who, *_span(self.since, self.until)])


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """Each hold has its own field on the page."""

    why: str

    @classmethod
    def parse(cls, data: Fields, hold_id: int) -> Self:
        """Raises Invalid."""
        return cls(line(data, f"why-{hold_id}", "外すわけを書いてください。例 請求への対応が終わった", 200))


def _somebody(data: Fields) -> int | None:
    found = number(data, "person")
    if found and not people_cards([found]):
        raise Invalid(person=AGAIN)
    return found or None


def _begin(first: date | None) -> datetime | None:
    return datetime.combine(first, time(), clock.JST) if first else None


def _span(since: datetime | None, until: datetime | None) -> list[str]:
    first = [f"{clock.wareki(since.astimezone(clock.JST).date())}から"] if since else []
    return first + ([f"{clock.wareki(until.astimezone(clock.JST).date() - timedelta(days=1))}まで"] if until else [])


def refuse_large(size: int | None) -> None:
    """Raises TooLarge; ``size`` is None where the sender does not say."""
    most = current_app.config["FILES_MAX_BYTES"]
    if size is not None and size > most:
        raise TooLarge(f"ファイルは1個{most // 1024 // 1024}MBまでです。分けるか、小さくしてから付けてください。")


def _measured(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        refuse_large(size)
        yield piece
    if not size:
        raise Invalid(file=EMPTY)

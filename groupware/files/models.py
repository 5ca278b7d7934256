"""What was sent (a file) and its bytes (a blob), which are kept once however often they are sent."""
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groupware.files.kinds import CALLED, CSV, TEXT
from groupware.kernel.db import Base, BigId


class Blob(Base):
    """``place`` is where the store keeps the bytes; ``media_type`` is what they are, whatever their sender says.

    ``verdict`` of the virus scanner: none yet, clean, or infected by ``threat``; ``tried_at``: when it was last unsure. ``erased_at``: the bytes
    are no more, and only what they were is still known.
    """

    __tablename__ = "files_blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigId)
    media_type: Mapped[str]
    width: Mapped[int | None]       # of a picture, as it is looked at: turned upright
    height: Mapped[int | None]
    place: Mapped[str] = mapped_column(unique=True)
    verdict: Mapped[str | None] = mapped_column(index=True)
    threat: Mapped[str] = mapped_column(default="", server_default="")
    tried_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    deck: Mapped["Deck | None"] = relationship(lazy="joined", viewonly=True)


class File(Base):
    """``owner`` is the Ref of the thing it hangs on; while it hangs on nothing it is loose since ``loose_since`` and its uploader's alone.

    ``removed_at``: its time was over; the row tells whoever looks where it stood.
    """

    __tablename__ = "files_file"
    __table_args__ = (Index("ix_files_file_uploader", "uploader_id", "created_at"),)

    number: Mapped[int] = mapped_column(BigId, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)        # 128 random bits: what addresses are made of
    name: Mapped[str]
    owner: Mapped[str | None] = mapped_column(index=True)
    uploader_id: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("files_blob.sha256"), index=True)
    created_at: Mapped[datetime]
    loose_since: Mapped[datetime | None] = mapped_column(index=True)
    removed_at: Mapped[datetime | None] = mapped_column(index=True)
    blob: Mapped[Blob] = relationship(lazy="joined", innerjoin=True)

    @property
    def size(self) -> int:
        return self.blob.size

    @property
    def media_type(self) -> str:
        """A table of commas is text to whoever looks at the bytes; only the name says more."""
        named_csv = self.blob.media_type == TEXT and self.name.lower().endswith(".csv")
        return CSV if named_csv else self.blob.media_type

    @property
    def called(self) -> str:
        """PDF, 画像, 表: in a word for people; empty for what has none."""
        return CALLED.get(self.media_type, "")

    @property
    def pages(self) -> int:
        """How many it has, as far as it is known."""
        return self.blob.deck.count if self.blob.deck else 0

    @property
    def key(self) -> str:
        """A part of the addresses of its pages: other bytes, other addresses."""
        return self.sha256[:16]

    @property
    def is_drawn(self) -> bool:
        """There is a picture of its first page."""
        return bool(self.blob.deck and self.blob.deck.ready and self.blob.deck.state in {DRAWING, DONE})

    @property
    def width(self) -> int | None:
        return self.blob.width

    @property
    def height(self) -> int | None:
        return self.blob.height


WAITING, DRAWING, DONE = "waiting", "drawing", "done"
ENCRYPTED, BROKEN, LONG = "encrypted", "broken", "long"     # of these nothing is drawn
UNREAD, READ = "unread", "read"     # of Office files and plain texts: what they say, no pictures
DRAWN, BAD = "drawn", "bad"


class Deck(Base):
    """A file on its way to being pages, or words; ``turn`` is when it was last worked at."""

    __tablename__ = "files_deck"
    __table_args__ = (Index("ix_files_deck_state", "state", "turn"),)

    sha256: Mapped[str] = mapped_column(ForeignKey("files_blob.sha256", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(default=WAITING)
    count: Mapped[int] = mapped_column(default=0)       # pages
    ready: Mapped[int] = mapped_column(default=0)       # of them looked through
    turn: Mapped[int] = mapped_column(BigId, default=0)


class Page(Base):
    """One page: its shape in points, what it says, by what it is known again (``fingerprint``), whether it could be drawn.

    Of a file that is only read it is a sheet, a slide, or (number 0) all of it, without a shape.
    """

    __tablename__ = "files_page"

    sha256: Mapped[str] = mapped_column(ForeignKey("files_blob.sha256", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    state: Mapped[str] = mapped_column(default=WAITING)
    text: Mapped[str] = mapped_column(Text, default="")
    fingerprint: Mapped[str] = mapped_column(default="")


class Retention(Base):
    """Files on things of this kind stay for so long; without a row, always. A decision holds from the night after its day."""

    __tablename__ = "files_retention"

    kind: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str]
    decided_at: Mapped[datetime]


class Hold(Base):
    """保存の印: of what it means nothing is removed, whatever its time. Each condition that is left open means everything."""

    __tablename__ = "files_hold"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reason: Mapped[str]
    kind: Mapped[str | None]
    person_id: Mapped[int | None]           # who sent them
    since: Mapped[datetime | None]          # when they were sent: from here on
    until: Mapped[datetime | None]          # and before
    by_id: Mapped[int]
    placed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]       # it holds for some days more: see retaining
    ended_by_id: Mapped[int | None]
    ended_because: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def last(self) -> datetime | None:
        """The last moment that is meant."""
        return self.until - timedelta(microseconds=1) if self.until else None

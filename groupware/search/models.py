"""What waits to be indexed, the index itself on PostgreSQL, and what a person asked for last or keeps."""
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId


class Waiting(Base):
    """A thing was touched: written within the command, taken away when the index has it. ``error``: it could not be indexed and is put aside."""

    __tablename__ = "search_waiting"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ref: Mapped[str]
    at: Mapped[datetime]
    error: Mapped[str | None]


class Indexed(Base):
    """A part of a thing in the index of PostgreSQL; empty on SQLite, whose index is a folder. Of several generations one serves."""

    __tablename__ = "search_indexed"
    __table_args__ = (UniqueConstraint("generation", "kind", "ref_id", "part"), Index("ix_search_indexed_at", "generation", "kind", "at", "ref_id"),
                      Index("ix_search_indexed_tokens", "tokens", postgresql_using="gin", postgresql_with={"fastupdate": "off"}))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    generation: Mapped[int]
    kind: Mapped[str]
    ref_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int]
    audience: Mapped[str]
    at: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(BigInteger)
    tokens: Mapped[str] = mapped_column(TSVECTOR().with_variant(Text(), "sqlite"))
    text: Mapped[str] = mapped_column(Text)


class Note(Base):
    """What the indexer knows of itself: which index serves, how far building has come, what the last check found."""

    __tablename__ = "search_note"

    name: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]]


class Recent(Base):
    """What a person asked for last; nobody else sees it."""

    __tablename__ = "search_recent"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Saved(Base):
    """A question that a person keeps, as it is typed."""

    __tablename__ = "search_saved"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Watch(Base):
    """A kept question that tells of what is new. ``known``: what was found before, the newest first; None while nobody could ask.

    ``found``: what was told of last. ``rounds``: how often it told. ``due_at``: when it is looked at again.
    """

    __tablename__ = "search_watch"
    __table_args__ = (UniqueConstraint("user_id", "words"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    words: Mapped[str]
    known: Mapped[list[Any] | None]
    found: Mapped[list[Any]]
    rounds: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(index=True)

"""The audit entry and its place in the chain. Rows are added and never changed: the database itself refuses anything else."""
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

DONE, REFUSED = "done", "refused"


class Entry(Base):
    """``actor_label`` is the post and 課 of that moment: a later transfer does not change who decided. ``event``: what was done, or what
    was asked for where ``result`` says it was refused.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_actor", "actor_id", "id"), Index("ix_audit_entry_about", "about"), Index("ix_audit_entry_at", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str]
    actor_label: Mapped[str]
    session_id: Mapped[int | None]
    door: Mapped[str]
    address: Mapped[str]
    request_id: Mapped[str]
    event: Mapped[str]
    about: Mapped[str]
    result: Mapped[str] = mapped_column(default=DONE, server_default=DONE)
    body: Mapped[dict[str, Any]]


class Link(Base):
    """An entry's place in the chain: ``digest`` is taken of the one before and of the entry. Numbered without a gap by the sealer."""

    __tablename__ = "audit_link"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), unique=True)
    digest: Mapped[str]


# On SQLite two triggers for each table; on PostgreSQL one function for both, and TRUNCATE is refused too.
SQLITE = "create trigger {table}_stays_{deed} before {deed} on {table} begin select raise(abort, '{table} is append-only'); end"
FUNCTION = """create or replace function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception '% is append-only', tg_table_name; end $$"""
POSTGRESQL = ("create trigger {table}_stays before update or delete on {table} for each row execute function audit_append_only()",
              "create trigger {table}_stays_whole before truncate on {table} for each statement execute function audit_append_only()")
TABLES = ("audit_entry", "audit_link")


def guards(dialect: str, table: str) -> list[str]:
    """What makes a table append-only."""
    if dialect == "sqlite":
        return [SQLITE.format(table=table, deed=deed) for deed in ("update", "delete")]
    return [FUNCTION, *(line.format(table=table) for line in POSTGRESQL)]


for model in (Entry, Link):
    for dialect in ("sqlite", "postgresql"):
        for line in guards(dialect, model.__tablename__):
            event.listen(model.__table__, "after_create", DDL(line.replace("%", "%%")).execute_if(dialect=dialect))

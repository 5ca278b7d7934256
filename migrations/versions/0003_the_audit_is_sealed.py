"""The audit's entries can be added and nothing else; each gets its place in a chain."""
import sqlalchemy as sa
from alembic import op

from groupware.audit.models import TABLES, guards

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("result", sa.String(), server_default="done", nullable=False))
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_table(
        "audit_link",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_link_entry_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")))
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for line in guards(dialect, table):
            op.execute(line)


def downgrade() -> None:
    op.drop_table("audit_link")
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(f"drop trigger audit_entry_stays_{deed}")
    else:
        op.execute("drop trigger audit_entry_stays on audit_entry")
        op.execute("drop trigger audit_entry_stays_whole on audit_entry")
        op.execute("drop function audit_append_only()")
    op.drop_index("ix_audit_entry_at", "audit_entry")
    op.drop_column("audit_entry", "result")

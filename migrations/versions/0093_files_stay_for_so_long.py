"""Files stay for so long, by what they hang on; what is held stays longer."""
import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0099"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("files_blob") as table:
        table.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("files_file") as table:
        table.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(op.f("ix_files_file_removed_at"), ["removed_at"])
    op.create_table(
        "files_retention",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_files_retention")))
    op.create_table(
        "files_hold",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files_hold")))


def downgrade() -> None:
    op.drop_table("files_hold")
    op.drop_table("files_retention")
    with op.batch_alter_table("files_file") as table:
        table.drop_index(op.f("ix_files_file_removed_at"))
        table.drop_column("removed_at")
    with op.batch_alter_table("files_blob") as table:
        table.drop_column("erased_at")

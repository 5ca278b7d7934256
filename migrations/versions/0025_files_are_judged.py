"""Files are judged by a virus scanner; what they say stands with their pages."""
import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0037"
branch_labels = depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("files_blob") as table:
        table.add_column(sa.Column("verdict", sa.String(), nullable=True))
        table.add_column(sa.Column("threat", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(op.f("ix_files_blob_verdict"), ["verdict"])
    op.drop_table("search_page")
    op.drop_table("search_reading")


def downgrade() -> None:
    op.create_table(
        "search_reading",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_search_reading")))
    op.create_table(
        "search_page",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_search_page")))
    with op.batch_alter_table("files_blob") as table:
        table.drop_index(op.f("ix_files_blob_verdict"))
        table.drop_column("tried_at")
        table.drop_column("threat")
        table.drop_column("verdict")

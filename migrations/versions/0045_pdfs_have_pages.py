"""PDFs have pages; those that were sent before get them too."""
import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0011"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "files_deck",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("turn", BIG, nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["files_blob.sha256"], name=op.f("fk_files_deck_sha256"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_files_deck")))
    op.create_index("ix_files_deck_state", "files_deck", ["state", "turn"])
    op.create_table(
        "files_page",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["files_blob.sha256"], name=op.f("fk_files_page_sha256"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_files_page")))
    op.execute("insert into files_deck (sha256, state, count, ready, turn) "
               "select sha256, 'waiting', 0, 0, 0 from files_blob where media_type = 'application/pdf'")


def downgrade() -> None:
    op.drop_table("files_page")
    op.drop_index("ix_files_deck_state", "files_deck")
    op.drop_table("files_deck")

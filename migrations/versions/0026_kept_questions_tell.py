"""A kept question that tells its keeper of what is new."""
import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0082"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "search_watch",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=True),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_watch")),
        sa.UniqueConstraint("user_id", "words", name=op.f("uq_search_watch_user_id_words")))
    op.create_index(op.f("ix_search_watch_due_at"), "search_watch", ["due_at"])


def downgrade() -> None:
    op.drop_table("search_watch")

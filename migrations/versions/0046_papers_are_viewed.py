"""The presenter's place in a sitting, and private notes on papers."""
import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0030"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "meetings_showing",
        sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("presenter_id", sa.Integer(), nullable=True),
        sa.Column("paper_id", BIG, nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["meetings_sitting.id"], name=op.f("fk_meetings_showing_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_meetings_showing")))
    op.create_table(
        "meetings_note",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", BIG, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_note")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_meetings_note_user_id_key")))
    op.create_index("ix_meetings_note_mine", "meetings_note", ["user_id", "paper_id"])


def downgrade() -> None:
    op.drop_index("ix_meetings_note_mine", "meetings_note")
    op.drop_table("meetings_note")
    op.drop_table("meetings_showing")

"""Bundles and minutes as PDF, and the address of one's own calendar of sittings."""
import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0025"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("meetings_item") as item:
        item.add_column(sa.Column("carries", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "meetings_print", sa.Column("id", BIG, nullable=False), sa.Column("sitting_id", BIG, nullable=False), sa.Column("what", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False), sa.Column("state", sa.String(), nullable=False), sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False), sa.Column("pages", sa.Integer(), nullable=False), sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False), sa.Column("by_id", sa.Integer(), nullable=False), sa.Column("asked_at", AT, nullable=False),
        sa.Column("finished_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["sitting_id"], ["meetings_sitting.id"], name=op.f("fk_meetings_print_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_print")))
    op.create_index("ix_meetings_print_sitting", "meetings_print", ["sitting_id", "id"])
    op.create_table(
        "meetings_feed", sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", AT, nullable=False), sa.PrimaryKeyConstraint("user_id", name=op.f("pk_meetings_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_meetings_feed_digest")))


def downgrade() -> None:
    with op.batch_alter_table("meetings_item") as item:
        item.drop_column("carries")
    op.drop_table("meetings_feed")
    op.drop_table("meetings_print")

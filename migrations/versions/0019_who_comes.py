"""What people answered to the call of a sitting."""
import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0009"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "meetings_answer",
        sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("deputy", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["meetings_sitting.id"], name=op.f("fk_meetings_answer_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", "user_id", name=op.f("pk_meetings_answer")))


def downgrade() -> None:
    op.drop_table("meetings_answer")

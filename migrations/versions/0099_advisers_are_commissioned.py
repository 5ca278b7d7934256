"""Commissions of advisers, and their steps."""
import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0026"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state in ('candidate', 'asking', 'granted', 'serving', 'review', 'renewing')")


def upgrade() -> None:
    op.create_table(
        "advice_commission",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("affiliation", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("renewed_to", sa.Date(), nullable=True),
        sa.Column("secrecy_on", sa.Date(), nullable=True),
        sa.Column("travel", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_advice_commission_in_order")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_advice_commission_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_commission")))
    op.create_index("ix_advice_commission_state", "advice_commission", ["state", "ends_on"])
    op.create_index("ix_advice_commission_user", "advice_commission", ["user_id"])
    op.create_index("uq_advice_commission_one_open", "advice_commission", ["user_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "advice_commission_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("commission_id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["commission_id"], ["advice_commission.id"], name=op.f("fk_advice_commission_step_commission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_commission_step")))
    op.create_index("ix_advice_commission_step_commission", "advice_commission_step", ["commission_id", "id"])


def downgrade() -> None:
    for name in ("advice_commission_step", "advice_commission"):
        op.drop_table(name)

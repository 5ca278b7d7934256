"""The approval desk: askings, their steps, before whom they lie, and who is away."""
import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0045"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONE_WAITING = sa.text("state = 'waiting' and thing_kind <> ''")


def upgrade() -> None:
    op.create_table(
        "approvals_asking",
        sa.Column("id", BIG, nullable=False),
        sa.Column("thing_kind", sa.String(), nullable=False),
        sa.Column("thing_id", BIG, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asker_name", sa.String(), nullable=False),
        sa.Column("asker_label", sa.String(), nullable=False),
        sa.Column("asker_seal", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'granted', 'returned', 'withdrawn')", name=op.f("ck_approvals_asking_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals_asking")))
    op.create_index("ix_approvals_asking_thing", "approvals_asking", ["thing_kind", "thing_id"])
    op.create_index("ix_approvals_asking_asker", "approvals_asking", ["asker_id", "id"])
    op.create_index("uq_approvals_asking_one_waiting", "approvals_asking", ["thing_kind", "thing_id"], unique=True,
                    sqlite_where=ONE_WAITING, postgresql_where=ONE_WAITING)
    op.create_table(
        "approvals_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("asking_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("decider_name", sa.String(), nullable=False),
        sa.Column("decider_label", sa.String(), nullable=False),
        sa.Column("decider_seal", sa.String(), nullable=False),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asking_id"], ["approvals_asking.id"], name=op.f("fk_approvals_step_asking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals_step")),
        sa.UniqueConstraint("asking_id", "position", name=op.f("uq_approvals_step_asking_id_position")))
    op.create_table(
        "approvals_holder",
        sa.Column("step_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asking_id", BIG, nullable=False),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name=op.f("fk_approvals_holder_step_id")),
        sa.ForeignKeyConstraint(["asking_id"], ["approvals_asking.id"], name=op.f("fk_approvals_holder_asking_id")),
        sa.PrimaryKeyConstraint("step_id", "user_id", name=op.f("pk_approvals_holder")))
    op.create_index("ix_approvals_holder_asking_id", "approvals_holder", ["asking_id"])
    op.create_index("ix_approvals_holder_user", "approvals_holder", ["user_id", "waiting"])
    op.create_table(
        "approvals_absence",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_approvals_absence_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals_absence")))
    op.create_index("ix_approvals_absence_user", "approvals_absence", ["user_id"])


def downgrade() -> None:
    for table in ("approvals_absence", "approvals_holder", "approvals_step", "approvals_asking"):
        op.drop_table(table)

"""Matters between teams, and their steps."""
import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "coordination_matter",
        sa.Column("id", BIG, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("from_team", sa.String(), nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("to_team", sa.String(), nullable=True),
        sa.Column("to_unit_id", BIG, nullable=True),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("decider", sa.String(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("raiser_id", sa.Integer(), nullable=False),
        sa.Column("raiser_name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(to_team is null) <> (to_unit_id is null)", name=op.f("ck_coordination_matter_for_one")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["directory_unit.id"], name=op.f("fk_coordination_matter_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_matter")))
    op.create_index("ix_coordination_matter_state", "coordination_matter", ["state"])
    op.create_index("ix_coordination_matter_from", "coordination_matter", ["from_team"])
    op.create_index("ix_coordination_matter_to", "coordination_matter", ["to_team"])
    op.create_index("ix_coordination_matter_unit", "coordination_matter", ["to_unit_id"])
    op.create_table(
        "coordination_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["coordination_matter.id"], name=op.f("fk_coordination_step_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_step")))
    op.create_index("ix_coordination_step_matter", "coordination_step", ["matter_id", "id"])


def downgrade() -> None:
    for name in ("coordination_step", "coordination_matter"):
        op.drop_table(name)

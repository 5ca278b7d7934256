"""Advice: asked for, given, answered, carried out; its steps; the city's rules about it."""
import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0066"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "advice_advice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("asker_name", sa.String(), nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_label", sa.String(), nullable=False),
        sa.Column("author_outside", sa.Boolean(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("recorder_name", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("answerer_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("recorder_id is not null or given_on is null", name=op.f("ck_advice_advice_written_by_somebody")),
        sa.ForeignKeyConstraint(["author_id"], ["directory_user.id"], name=op.f("fk_advice_advice_author_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_advice_advice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_advice")))
    op.create_index("ix_advice_advice_unit", "advice_advice", ["unit_id", "state"])
    op.create_index("ix_advice_advice_author", "advice_advice", ["author_id", "state"])
    op.create_index("ix_advice_advice_team", "advice_advice", ["team"])
    op.create_index("ix_advice_advice_given", "advice_advice", ["given_on"])
    op.create_index("ix_advice_advice_state", "advice_advice", ["state"])
    op.create_table(
        "advice_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("advice_id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["advice_id"], ["advice_advice.id"], name=op.f("fk_advice_step_advice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_step")))
    op.create_index("ix_advice_step_advice", "advice_step", ["advice_id", "id"])
    op.create_table(
        "advice_ruling",
        sa.Column("id", BIG, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_ruling")))


def downgrade() -> None:
    for name in ("advice_ruling", "advice_step", "advice_advice"):
        op.drop_table(name)

"""Digital leaders: terms and their steps, practice, exemptions, rules."""
import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0057"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state in ('offered', 'candidate', 'checked', 'selected', 'ready', 'active', 'review')")


def upgrade() -> None:
    op.create_table(
        "training_term",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("before_id", BIG, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_training_term_in_order")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_term_user_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_term_unit_id")),
        sa.ForeignKeyConstraint(["before_id"], ["training_term.id"], name=op.f("fk_training_term_before_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_term")))
    op.create_index("ix_training_term_state", "training_term", ["state", "ends_on"])
    op.create_index("ix_training_term_user", "training_term", ["user_id"])
    op.create_index("uq_training_term_one_open", "training_term", ["user_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "training_term_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("term_id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["term_id"], ["training_term.id"], name=op.f("fk_training_term_step_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_term_step")))
    op.create_index("ix_training_term_step_term", "training_term_step", ["term_id", "id"])
    op.create_table(
        "training_practice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_practice_user_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_practice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_practice")),
        sa.UniqueConstraint("user_id", "about", name=op.f("uq_training_practice_user_id_about")))
    op.create_index("ix_training_practice_user", "training_practice", ["user_id", "day"])
    op.create_table(
        "training_exemption",
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_exemption_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_training_exemption")))
    op.create_table(
        "training_ruling",
        sa.Column("id", BIG, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_ruling")))


def downgrade() -> None:
    for table in ("training_ruling", "training_exemption", "training_practice", "training_term_step", "training_term"):
        op.drop_table(table)

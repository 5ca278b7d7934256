"""Where people work, and working from home: asked for, reported, confirmed; the city's rules about it."""
import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0060"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "telework_day",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("half", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("half in ('am', 'pm')", name=op.f("ck_telework_day_half")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_telework_day_user_id")),
        sa.PrimaryKeyConstraint("user_id", "on_date", "half", name=op.f("pk_telework_day")))
    op.create_index("ix_telework_day_on", "telework_day", ["on_date"])
    op.create_table(
        "telework_application",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("user_label", sa.String(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("takes_out", sa.String(), nullable=False),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_telework_application_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_telework_application_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telework_application")))
    op.create_index("ix_telework_application_person", "telework_application", ["user_id", "on_date"])
    op.create_index("ix_telework_application_state", "telework_application", ["state", "on_date"])
    op.create_table(
        "telework_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["telework_application.id"], name=op.f("fk_telework_step_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telework_step")))
    op.create_index("ix_telework_step_application", "telework_step", ["application_id", "id"])
    op.create_table(
        "telework_rules",
        sa.Column("id", BIG, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telework_rules")))


def downgrade() -> None:
    for table in ("telework_rules", "telework_step", "telework_application", "telework_day"):
        op.drop_table(table)

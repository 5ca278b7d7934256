"""Plans of people for a year, what was frozen of them, and talks after a transfer."""
import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0100"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "training_plan",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("before_id", BIG, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["before_id"], ["training_plan.id"], name=op.f("fk_training_plan_before_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_plan_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan")),
        sa.UniqueConstraint("user_id", "year", name=op.f("uq_training_plan_user_id_year")))
    op.create_index("ix_training_plan_state", "training_plan", ["state", "year"])
    op.create_table(
        "training_plan_item",
        sa.Column("id", BIG, nullable=False),
        sa.Column("plan_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("skill_id", BIG, nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("course_id", BIG, nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.CheckConstraint("(skill_id is null) <> (course_id is null)", name=op.f("ck_training_plan_item_one_thing")),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_plan_item_course_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["training_plan.id"], name=op.f("fk_training_plan_item_plan_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_plan_item_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan_item")))
    op.create_index("ix_training_plan_item_plan", "training_plan_item", ["plan_id", "position"])
    op.create_table(
        "training_plan_step",
        sa.Column("plan_id", BIG, nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["training_plan.id"], name=op.f("fk_training_plan_step_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan_step")))
    op.create_index("ix_training_plan_step_plan", "training_plan_step", ["plan_id", "id"])
    op.create_table(
        "training_plan_skill",
        sa.Column("id", BIG, nullable=False),
        sa.Column("plan_id", BIG, nullable=False),
        sa.Column("skill_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["training_plan.id"], name=op.f("fk_training_plan_skill_plan_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_plan_skill_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan_skill")),
        sa.UniqueConstraint("plan_id", "skill_id", name=op.f("uq_training_plan_skill_plan_id_skill_id")))
    op.create_table(
        "training_talk",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("lacks", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_talk_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_talk_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_talk")),
        sa.UniqueConstraint("user_id", "since", name=op.f("uq_training_talk_user_id_since")))
    op.create_index("ix_training_talk_state", "training_talk", ["state"])


def downgrade() -> None:
    for table in ("training_talk", "training_plan_skill", "training_plan_step", "training_plan_item", "training_plan"):
        op.drop_table(table)

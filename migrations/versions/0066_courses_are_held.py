"""Courses, their sittings and seats, what was completed, and who must take what."""
import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0071"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "training_course",
        sa.Column("id", BIG, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["directory_user.id"], name=op.f("fk_training_course_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_course")))
    op.create_table(
        "training_aim",
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_aim_course_id")),
        sa.PrimaryKeyConstraint("course_id", "part", "who", name=op.f("pk_training_aim")))
    op.create_table(
        "training_sitting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("teacher", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_training_sitting_in_order")),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_sitting_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sitting")))
    op.create_index("ix_training_sitting_course", "training_sitting", ["course_id", "starts_at"])
    op.create_index("ix_training_sitting_state", "training_sitting", ["state", "starts_at"])
    op.create_table(
        "training_seat",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lined_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_seat_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_seat_user_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["training_sitting.id"], name=op.f("fk_training_seat_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_seat")),
        sa.UniqueConstraint("sitting_id", "user_id", name=op.f("uq_training_seat_sitting_id_user_id")))
    op.create_index("ix_training_seat_unit", "training_seat", ["state", "unit_id"])
    op.create_index("ix_training_seat_user", "training_seat", ["user_id", "state"])
    op.create_table(
        "training_seat_step",
        sa.Column("seat_id", BIG, nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["training_seat.id"], name=op.f("fk_training_seat_step_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_seat_step")))
    op.create_index("ix_training_seat_step_seat", "training_seat_step", ["seat_id", "id"])
    op.create_table(
        "training_completion",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=True),
        sa.Column("course_id", BIG, nullable=True),
        sa.Column("sitting_id", BIG, nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_completion_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_completion_user_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["training_sitting.id"], name=op.f("fk_training_completion_sitting_id")),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_completion_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_completion")),
        sa.UniqueConstraint("user_id", "title", "done_on", name=op.f("uq_training_completion_user_id_title_done_on")))
    op.create_index("ix_training_completion_course", "training_completion", ["course_id", "user_id"])
    op.create_index("ix_training_completion_user", "training_completion", ["user_id", "course_id"])
    op.create_table(
        "training_duty",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.String(), nullable=False),
        sa.Column("excused", sa.String(), nullable=False),
        sa.Column("excused_by", sa.String(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chasing_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_duty_course_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_duty_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_duty")),
        sa.UniqueConstraint("course_id", "user_id", name=op.f("uq_training_duty_course_id_user_id")))
    op.create_index("ix_training_duty_unit", "training_duty", ["course_id", "unit_id"])
    op.create_index("ix_training_duty_user", "training_duty", ["user_id"])
    op.create_table(
        "training_chasing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("course_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_chasing_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_chasing")))
    op.create_index("ix_training_chasing_course", "training_chasing", ["course_id", "at"])
    op.create_table(
        "training_bringing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_bringing")))


def downgrade() -> None:
    for table in ("training_bringing", "training_chasing", "training_duty", "training_completion", "training_seat_step", "training_seat", "training_sitting", "training_aim", "training_course"):
        op.drop_table(table)

"""Courses ask at their end what was learned; every try is kept."""
import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0068"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "training_quiz",
        sa.Column("course_id", BIG, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False), sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False), sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("seed", BIG, nullable=False), sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_quiz_course_id")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_training_quiz")))
    op.create_table(
        "training_try",
        sa.Column("id", BIG, nullable=False), sa.Column("course_id", BIG, nullable=False), sa.Column("user_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False), sa.Column("answers", sa.JSON(), nullable=False), sa.Column("missed", BIG, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False), sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False), sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_try_course_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_try_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_try")),
        sa.UniqueConstraint("course_id", "user_id", "number", name=op.f("uq_training_try_course_id_user_id_number")))
    op.create_index("ix_training_try_version", "training_try", ["course_id", "version", "user_id"])


def downgrade() -> None:
    for table in ("training_try", "training_quiz"):
        op.drop_table(table)

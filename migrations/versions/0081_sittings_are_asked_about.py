"""What those who were there say of a sitting: by name, or without."""
import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0072"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "training_survey",
        sa.Column("course_id", BIG, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False), sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False), sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_survey_course_id")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_training_survey")))
    op.create_table(
        "training_survey_box",
        sa.Column("sitting_id", BIG, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False), sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False), sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["training_sitting.id"], name=op.f("fk_training_survey_box_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_training_survey_box")))
    op.create_table(
        "training_survey_reply",
        sa.Column("sitting_id", BIG, nullable=False), sa.Column("user_id", BIG, nullable=False), sa.Column("answers", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["sitting_id"], ["training_sitting.id"], name=op.f("fk_training_survey_reply_sitting_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_survey_reply_user_id")),
        sa.PrimaryKeyConstraint("sitting_id", "user_id", name=op.f("pk_training_survey_reply")))


def downgrade() -> None:
    for table in ("training_survey_reply", "training_survey_box", "training_survey"):
        op.drop_table(table)

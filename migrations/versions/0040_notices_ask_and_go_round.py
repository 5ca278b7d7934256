"""What a notice asks, where it goes round, who looks at it before, and the addresses of feeds."""
import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0035"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
MORE = (("boards_board", "approval", sa.Boolean(), sa.false()), ("boards_notice", "anonymous", sa.Boolean(), sa.false()),
        ("boards_notice", "by_unit", sa.Boolean(), sa.false()), ("boards_notice", "route", sa.String(), ""),
        ("boards_notice", "returned", sa.String(), ""))


def upgrade() -> None:
    for table, name, kind, usual in MORE:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=usual))
    op.create_table(
        "boards_question",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_question_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_question")))
    op.create_index("ix_boards_question_notice", "boards_question", ["notice_id", "position"])
    op.create_table(
        "boards_reply",
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("user_label", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_reply_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "holder", name=op.f("pk_boards_reply")))
    op.create_table(
        "boards_count",
        sa.Column("question_id", BIG, nullable=False),
        sa.Column("choice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["boards_question.id"], name=op.f("fk_boards_count_question_id")),
        sa.PrimaryKeyConstraint("question_id", "choice", name=op.f("pk_boards_count")))
    op.create_table(
        "boards_word",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("question_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["boards_question.id"], name=op.f("fk_boards_word_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_word")))
    op.create_index("ix_boards_word_question_id", "boards_word", ["question_id"])
    op.create_table(
        "boards_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", WHEN, nullable=True),
        sa.Column("since", WHEN, nullable=True),
        sa.Column("chased_at", WHEN, nullable=True),
        sa.Column("done_at", WHEN, nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("user_label", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_step_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_step")))
    op.create_index("ix_boards_step_notice", "boards_step", ["notice_id", "asked", "stage"])
    op.create_index("ix_boards_step_due", "boards_step", ["state", "due_at"])
    op.create_table(
        "boards_feed",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_boards_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_boards_feed_digest")))


def downgrade() -> None:
    for table in ("boards_feed", "boards_step", "boards_word", "boards_count", "boards_reply", "boards_question"):
        op.drop_table(table)
    for table, name, _, _ in reversed(MORE):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)

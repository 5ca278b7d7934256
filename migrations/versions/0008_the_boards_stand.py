"""Boards, notices and receipts."""
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0010"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "boards_board",
        sa.Column("id", BIG, nullable=False),
        sa.Column("parent_id", BIG, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rights_of", BIG, nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["boards_board.id"], name=op.f("fk_boards_board_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_board")))
    op.create_table(
        "boards_notice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("board_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.Column("weight", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("slow", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_label", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("sections", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards_board.id"], name=op.f("fk_boards_notice_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_notice")),
        sa.UniqueConstraint("board_id", "number", name=op.f("uq_boards_notice_board_id_number")))
    op.create_index("ix_boards_notice_published", "boards_notice", ["published_at", "id"])
    op.create_index("ix_boards_notice_state", "boards_notice", ["state", "starts_at"])
    op.create_table(
        "boards_right",
        sa.Column("board_id", BIG, nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards_board.id"], name=op.f("fk_boards_right_board_id")),
        sa.PrimaryKeyConstraint("board_id", "verb", "who", name=op.f("pk_boards_right")))
    op.create_index("ix_boards_right_who", "boards_right", ["who", "board_id"])
    op.create_table(
        "boards_audience",
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_audience_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "part", "who", name=op.f("pk_boards_audience")))
    op.create_table(
        "boards_comment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_label", sa.String(), nullable=False),
        sa.Column("author_seal", sa.String(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_comment_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_comment")))
    op.create_index("ix_boards_comment_notice", "boards_comment", ["notice_id", "id"])
    op.create_table(
        "boards_receipt",
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("stand_in_reason", sa.String(), nullable=True),
        sa.Column("reminder_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_receipt_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "user_id", name=op.f("pk_boards_receipt")))
    op.create_index("ix_boards_receipt_waiting", "boards_receipt", ["user_id", "waiting", "notice_id"])
    op.create_table(
        "boards_reminder",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_reminder_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards_reminder")))
    op.create_index("ix_boards_reminder_notice_id", "boards_reminder", ["notice_id"])
    op.create_table(
        "boards_revision",
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("in_substance", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_revision_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "version", name=op.f("pk_boards_revision")))
    op.create_table(
        "boards_snapshot",
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["boards_notice.id"], name=op.f("fk_boards_snapshot_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "user_id", name=op.f("pk_boards_snapshot")))


def downgrade() -> None:
    for table in ("snapshot", "revision", "reminder", "receipt", "comment", "audience", "right", "notice", "board"):
        op.drop_table(f"boards_{table}")

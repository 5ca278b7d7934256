"""Receipts are looked for by person only while something is left to do."""
import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0080"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_index("ix_boards_receipt_left", "boards_receipt", ["user_id", "notice_id"], sqlite_where=sa.text("waiting = 1 and gone_at is null"),
                    postgresql_where=sa.text("waiting and gone_at is null"))
    op.drop_index("ix_boards_receipt_waiting", "boards_receipt")


def downgrade() -> None:
    op.create_index("ix_boards_receipt_waiting", "boards_receipt", ["user_id", "waiting", "notice_id"])
    op.drop_index("ix_boards_receipt_left", "boards_receipt")

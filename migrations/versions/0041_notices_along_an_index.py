"""The notices that are up, in the order in which they are shown: read along one index, however many there are."""
from alembic import op

revision = "0041"
down_revision = "0062"
branch_labels = depends_on = None


def upgrade() -> None:
    op.drop_index("ix_boards_notice_published", "boards_notice")
    op.drop_index("ix_boards_notice_state", "boards_notice")
    op.create_index("ix_boards_notice_up", "boards_notice", ["state", "published_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_boards_notice_up", "boards_notice")
    op.create_index("ix_boards_notice_state", "boards_notice", ["state", "starts_at"])
    op.create_index("ix_boards_notice_published", "boards_notice", ["published_at", "id"])

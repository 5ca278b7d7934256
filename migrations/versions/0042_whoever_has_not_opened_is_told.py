"""When those who had not opened a notice were told of it; what is up already has been seen for long enough."""
import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("boards_notice", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.execute("update boards_notice set told_at = published_at")


def downgrade() -> None:
    op.drop_column("boards_notice", "told_at")

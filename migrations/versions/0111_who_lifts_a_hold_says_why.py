"""Who lifts a hold on files says why; the page tells of it."""
import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("files_hold", sa.Column("ended_by_id", sa.Integer(), nullable=True))
    op.add_column("files_hold", sa.Column("ended_because", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("files_hold", "ended_because")
    op.drop_column("files_hold", "ended_by_id")

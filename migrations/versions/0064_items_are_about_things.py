"""An item of an agenda may be about a thing of another feature."""
import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("meetings_item", sa.Column("about", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("meetings_item") as table:
        table.alter_column("about", server_default=None)


def downgrade() -> None:
    op.drop_column("meetings_item", "about")

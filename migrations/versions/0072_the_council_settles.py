"""A step of a matter says where the council's words are written."""
import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0053"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("coordination_step", sa.Column("source", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("coordination_step") as table:
        table.drop_column("source")

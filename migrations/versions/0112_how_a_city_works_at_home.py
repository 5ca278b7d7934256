"""Working away from the office by the hour, at other places than home, and what was declared for it."""
import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = depends_on = None


def upgrade() -> None:
    for name, begin in (("begins", ""), ("ends", ""), ("declared", "personal"), ("place", "home"), ("place_name", "")):
        op.add_column("telework_application", sa.Column(name, sa.String(), nullable=False, server_default=begin))
    op.add_column("telework_application", sa.Column("share", sa.Double(), nullable=False, server_default="1"))
    op.execute("UPDATE telework_application SET share = 0.5 WHERE span <> 'day'")


def downgrade() -> None:
    for name in ("share", "place_name", "place", "declared", "ends", "begins"):
        op.drop_column("telework_application", name)

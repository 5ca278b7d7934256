"""What is tied to a measure is read kind by kind, from the newest on."""
from alembic import op

revision = "0110"
down_revision = "0104"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_index("ix_governance_tie_kind", "governance_tie", ["measure_id", "kind", "at"])


def downgrade() -> None:
    op.drop_index("ix_governance_tie_kind", "governance_tie")

"""Every change of the plan, or of what is entered beside it, leaves another mark."""
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0042"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    mark = op.create_table(
        "governance_mark",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_mark")))
    op.bulk_insert(mark, [{"id": 1, "number": secrets.randbits(62)}])


def downgrade() -> None:
    op.drop_table("governance_mark")

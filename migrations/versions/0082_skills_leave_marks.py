"""Every change of what is counted of skills leaves another mark."""
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    mark = op.create_table(
        "training_mark",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_mark")))
    op.bulk_insert(mark, [{"id": 1, "number": secrets.randbits(62)}])


def downgrade() -> None:
    op.drop_table("training_mark")

"""Certificates are asked for."""
import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "training_certificate",
        sa.Column("completion_id", BIG, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["completion_id"], ["training_completion.id"], name=op.f("fk_training_certificate_completion_id")),
        sa.PrimaryKeyConstraint("completion_id", name=op.f("pk_training_certificate")))


def downgrade() -> None:
    for table in ("training_certificate",):
        op.drop_table(table)

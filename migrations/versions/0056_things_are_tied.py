"""What is tied to a measure of the plan."""
import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0051"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "governance_tie",
        sa.Column("id", BIG, nullable=False),
        sa.Column("measure_id", BIG, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_tie_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_tie")),
        sa.UniqueConstraint("about", "measure_id", name=op.f("uq_governance_tie_about_measure_id")))
    op.create_index("ix_governance_tie_measure", "governance_tie", ["measure_id", "at"])


def downgrade() -> None:
    op.drop_table("governance_tie")

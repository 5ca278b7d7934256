"""The second factor: its secret, the codes on paper, and what a sign-in still owes."""
import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0055"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "auth_factor",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_auth_factor")))
    op.create_table(
        "auth_recovery_code",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_recovery_code")))
    op.create_index("ix_auth_recovery_code_user", "auth_recovery_code", ["user_id"])
    op.add_column("auth_session", sa.Column("owes", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("auth_session", "owes")
    op.drop_table("auth_recovery_code")
    op.drop_table("auth_factor")

"""Pages of teams, with all their revisions."""
import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "teams_page",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("slow", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("writer_name", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_page_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_page")))
    op.create_index("ix_teams_page_team", "teams_page", ["team_id", "gone"])
    op.create_table(
        "teams_revision",
        sa.Column("page_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("writer_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["teams_page.id"], name=op.f("fk_teams_revision_page_id")),
        sa.PrimaryKeyConstraint("page_id", "version", name=op.f("pk_teams_revision")))


def downgrade() -> None:
    op.drop_table("teams_revision")
    op.drop_table("teams_page")

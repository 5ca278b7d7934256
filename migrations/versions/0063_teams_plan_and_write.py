"""Milestones and decisions of teams, and pages with all their revisions."""
import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0076"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "teams_milestone",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_milestone_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_milestone")))
    op.create_index("ix_teams_milestone_team", "teams_milestone", ["team_id", "due_on"])
    op.create_index("ix_teams_milestone_measure", "teams_milestone", ["measure"])
    op.create_table(
        "teams_decision",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("instead_of", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_decision_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_decision")),
        sa.UniqueConstraint("team_id", "number", name=op.f("uq_teams_decision_team_id_number")),
        sa.UniqueConstraint("team_id", "instead_of", name=op.f("uq_teams_decision_team_id_instead_of")))
    op.create_index("ix_teams_decision_about", "teams_decision", ["about"])
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
    op.drop_table("teams_decision")
    op.drop_table("teams_milestone")

"""What a team has to do, with checklists."""
import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0065"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "teams_task",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_task_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_task")))
    op.create_index("ix_teams_task_team", "teams_task", ["team_id", "state", "due_on"])
    op.create_index("ix_teams_task_owner", "teams_task", ["owner_id", "state"])
    op.create_table(
        "teams_check",
        sa.Column("task_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["teams_task.id"], name=op.f("fk_teams_check_task_id")),
        sa.PrimaryKeyConstraint("task_id", "place", name=op.f("pk_teams_check")))


def downgrade() -> None:
    op.drop_table("teams_check")
    op.drop_table("teams_task")

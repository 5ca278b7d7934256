"""One line a week from every team."""
import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FRIDAY = 4


def upgrade() -> None:
    op.add_column("teams_team", sa.Column("asked_day", sa.Integer(), nullable=True))
    op.add_column("teams_team", sa.Column("asked_week", sa.Date(), nullable=True))
    op.execute(f"update teams_team set asked_day = {FRIDAY}")
    op.create_table(
        "teams_checkin",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_checkin_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_checkin")),
        sa.UniqueConstraint("team_id", "week", name=op.f("uq_teams_checkin_team_id_week")))


def downgrade() -> None:
    op.drop_table("teams_checkin")
    op.drop_column("teams_team", "asked_week")
    op.drop_column("teams_team", "asked_day")

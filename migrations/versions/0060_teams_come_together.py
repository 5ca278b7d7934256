"""Teams with their members and steps; rooms and bodies of groups."""
import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0052"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("chat_room", sa.Column("group_id", sa.Integer(), nullable=True))
    op.add_column("meetings_body", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "teams_team",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("group_id", BIG, nullable=True),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("proposer_name", sa.String(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["directory_group.id"], name=op.f("fk_teams_team_group_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_teams_team_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_team")))
    op.create_index("ix_teams_team_state", "teams_team", ["state"])
    op.create_table(
        "teams_partner",
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_partner_team_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_teams_partner_unit_id")),
        sa.PrimaryKeyConstraint("team_id", "unit_id", name=op.f("pk_teams_partner")))
    op.create_table(
        "teams_member",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_member_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_member")))
    op.create_index("ix_teams_member_user", "teams_member", ["user_id", "gone_on"])
    op.create_index("uq_teams_member_once", "teams_member", ["team_id", "user_id"], unique=True, sqlite_where=sa.text("gone_on is null"),
                    postgresql_where=sa.text("gone_on is null"))
    op.create_table(
        "teams_place",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_place_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_place")),
        sa.UniqueConstraint("team_id", "kind", name=op.f("uq_teams_place_team_id_kind")))
    op.create_table(
        "teams_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams_team.id"], name=op.f("fk_teams_step_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams_step")))
    op.create_index("ix_teams_step_team", "teams_step", ["team_id", "id"])


def downgrade() -> None:
    for table in ("step", "place", "member", "partner", "team"):
        op.drop_table(f"teams_{table}")
    op.drop_column("meetings_body", "archived_at")
    op.drop_column("chat_room", "group_id")

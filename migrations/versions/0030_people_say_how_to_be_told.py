"""Kinds, places and moments of notices; how people want to be told; mails, codes, alarms."""
import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0050"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTICES = "notifications_notification"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table(NOTICES) as table:
        table.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("alarm", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("rings_at", MOMENT, nullable=True))
        table.add_column(sa.Column("mail_at", MOMENT, nullable=True))
    op.execute(f"update {NOTICES} set place = about")       # noqa: S608 (our own name)
    with op.batch_alter_table(NOTICES) as table:
        for name in ("place", "kind", "alarm"):
            table.alter_column(name, server_default=None)
    op.create_index("ix_notifications_place", NOTICES, ["place", "read_at"])
    for name, column in (("ix_notifications_rings", "rings_at"), ("ix_notifications_mail", "mail_at")):
        some = sa.text(f"{column} is not null")
        op.create_index(name, NOTICES, [column], sqlite_where=some, postgresql_where=some)
    _create_choices()
    _create_post()


def downgrade() -> None:
    for name in ("alarm", "setting", "letter", "code", "habit", "preference"):
        op.drop_table(f"notifications_{name}")
    for name in ("ix_notifications_mail", "ix_notifications_rings", "ix_notifications_place"):
        op.drop_index(name, NOTICES)
    with op.batch_alter_table(NOTICES) as table:
        for name in ("mail_at", "rings_at", "alarm", "kind", "place"):
            table.drop_column(name)


def _create_choices() -> None:
    op.create_table(
        "notifications_preference", sa.Column("user_id", sa.Integer(), nullable=False), sa.Column("kind", sa.String(), nullable=False),
        sa.Column("show", sa.String(), nullable=False), sa.Column("mail", sa.String(), nullable=False),
        sa.Column("passes", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_notifications_preference")))
    op.create_table(
        "notifications_habit", sa.Column("user_id", sa.Integer(), nullable=False), sa.Column("nights", sa.Boolean(), nullable=False),
        sa.Column("night_from", sa.Integer(), nullable=False), sa.Column("night_to", sa.Integer(), nullable=False),
        sa.Column("holidays", sa.Boolean(), nullable=False), sa.Column("leave_from", sa.Date(), nullable=True),
        sa.Column("leave_to", sa.Date(), nullable=True), sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notifications_habit")))
    op.create_table(
        "notifications_alarm", sa.Column("id", BIG, nullable=False), sa.Column("about", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False), sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False), sa.Column("at", MOMENT, nullable=False), sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications_alarm")))
    op.create_index(op.f("ix_notifications_alarm_about"), "notifications_alarm", ["about"])


def _create_post() -> None:
    op.create_table(
        "notifications_code", sa.Column("code", sa.String(), nullable=False), sa.Column("about", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_notifications_code")), sa.UniqueConstraint("about", name=op.f("uq_notifications_code_about")))
    op.create_table(
        "notifications_letter", sa.Column("id", BIG, nullable=False), sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False), sa.Column("token", sa.String(), nullable=False), sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False), sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False), sa.Column("address", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False), sa.Column("made_at", MOMENT, nullable=False), sa.Column("done_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications_letter")), sa.UniqueConstraint("token", name=op.f("uq_notifications_letter_token")))
    op.create_index("ix_notifications_letter_due", "notifications_letter", ["state", "due_at"])
    op.create_table(
        "notifications_setting", sa.Column("name", sa.String(), nullable=False), sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notifications_setting")))

"""The minutes of a sitting, its roll call, its votes, and what somebody is to do."""
import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0040"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("meetings_item") as item:
        item.add_column(sa.Column("started_at", AT, nullable=True))
        item.add_column(sa.Column("finished_at", AT, nullable=True))
    with op.batch_alter_table("meetings_body") as body:
        body.add_column(sa.Column("quorum", sa.Integer(), nullable=True))
        body.add_column(sa.Column("deputies_vote", sa.Boolean(), nullable=False, server_default=sa.true()))
    _minutes()
    _results()


def _minutes() -> None:
    op.create_table(
        "meetings_record", sa.Column("sitting_id", BIG, nullable=False), sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False), sa.Column("visitors", sa.Integer(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=False), sa.Column("returned_because", sa.String(), nullable=False),
        sa.Column("ended_at", AT, nullable=True), sa.Column("summary_at", AT, nullable=True), sa.Column("asked_at", AT, nullable=True),
        sa.Column("locked_at", AT, nullable=True), sa.Column("locked_by", sa.String(), nullable=False),
        _to_sitting("record"), sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_meetings_record")))
    op.create_table(
        "meetings_entry", sa.Column("id", BIG, nullable=False), sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False), sa.Column("kind", sa.String(), nullable=False), sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False), sa.Column("key", sa.String(), nullable=True), sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False), sa.Column("at", AT, nullable=False),
        _to_sitting("entry"), _to_item("entry"), sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_entry")),
        sa.UniqueConstraint("by_id", "key", name=op.f("uq_meetings_entry_by_id_key")))
    op.create_index("ix_meetings_entry_sitting", "meetings_entry", ["sitting_id", "item_id"])
    op.create_table(
        "meetings_entry_version", sa.Column("entry_id", BIG, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False), sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False), sa.Column("at", AT, nullable=False),
        _to_entry("entry_version"), sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_meetings_entry_version")))
    op.create_table(
        "meetings_correction", sa.Column("id", BIG, nullable=False), sa.Column("entry_id", BIG, nullable=False),
        sa.Column("body", sa.Text(), nullable=False), sa.Column("why", sa.String(), nullable=False), sa.Column("state", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False), sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False), sa.Column("at", AT, nullable=False),
        _to_entry("correction"), sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_correction")))
    op.create_index("ix_meetings_correction_entry", "meetings_correction", ["entry_id"])
    op.create_table(
        "meetings_review", sa.Column("sitting_id", BIG, nullable=False), sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False), _to_sitting("review"), sa.PrimaryKeyConstraint("sitting_id", "user_id", name=op.f("pk_meetings_review")))
    op.create_table(
        "meetings_presence", sa.Column("sitting_id", BIG, nullable=False), sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(), nullable=False), sa.Column("deputy", sa.String(), nullable=False), sa.Column("at", AT, nullable=False),
        _to_sitting("presence"), sa.PrimaryKeyConstraint("sitting_id", "user_id", name=op.f("pk_meetings_presence")))


def _results() -> None:
    op.create_table(
        "meetings_vote", sa.Column("id", BIG, nullable=False), sa.Column("sitting_id", BIG, nullable=False), sa.Column("item_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False), sa.Column("question", sa.String(), nullable=False), sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", AT, nullable=False), sa.Column("ended_at", AT, nullable=True), sa.Column("entry_id", sa.Integer(), nullable=True),
        _to_sitting("vote"), _to_item("vote"), sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_vote")))
    op.create_index("ix_meetings_vote_sitting", "meetings_vote", ["sitting_id", "item_id"])
    op.create_table(
        "meetings_ballot", sa.Column("vote_id", BIG, nullable=False), sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False), sa.Column("by_id", sa.Integer(), nullable=False), sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["meetings_vote.id"], name=op.f("fk_meetings_ballot_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "user_id", name=op.f("pk_meetings_ballot")))
    op.create_table(
        "meetings_action", sa.Column("id", BIG, nullable=False), sa.Column("entry_id", BIG, nullable=False), sa.Column("body_id", BIG, nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False), sa.Column("due_on", sa.Date(), nullable=True), sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", AT, nullable=False), sa.Column("chased_on", sa.Date(), nullable=True), _to_entry("action"),
        sa.ForeignKeyConstraint(["body_id"], ["meetings_body.id"], name=op.f("fk_meetings_action_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_action")), sa.UniqueConstraint("entry_id", name=op.f("uq_meetings_action_entry_id")))
    op.create_index("ix_meetings_action_owner", "meetings_action", ["owner_id", "state"])
    op.create_index("ix_meetings_action_body", "meetings_action", ["body_id", "state"])


def downgrade() -> None:
    for table in ("action", "ballot", "vote", "presence", "review", "correction", "entry_version", "entry", "record"):
        op.drop_table(f"meetings_{table}")
    with op.batch_alter_table("meetings_body") as body:
        body.drop_column("deputies_vote")
        body.drop_column("quorum")
    with op.batch_alter_table("meetings_item") as item:
        item.drop_column("finished_at")
        item.drop_column("started_at")


def _to_sitting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["sitting_id"], ["meetings_sitting.id"], name=op.f(f"fk_meetings_{table}_sitting_id"))


def _to_item(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["item_id"], ["meetings_item.id"], name=op.f(f"fk_meetings_{table}_item_id"))


def _to_entry(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["entry_id"], ["meetings_entry.id"], name=op.f(f"fk_meetings_{table}_entry_id"))

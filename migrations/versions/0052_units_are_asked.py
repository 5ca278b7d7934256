"""Units are asked for items and papers; papers that are still to come; what a body always deals with."""
import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0056"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("meetings_body") as body:
        body.add_column(sa.Column("standing", sa.JSON(), nullable=False, server_default="[]"))
        body.add_column(sa.Column("answer_days", sa.Integer(), nullable=True))
        body.add_column(sa.Column("papers_days", sa.Integer(), nullable=True))
        body.add_column(sa.Column("opens_days", sa.Integer(), nullable=True))
        body.add_column(sa.Column("item_level", sa.String(), nullable=True))
    op.create_table(
        "meetings_inquiry", sa.Column("id", BIG, nullable=False), sa.Column("sitting_id", BIG, nullable=False), sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False), sa.Column("papers_by", sa.Date(), nullable=True), sa.Column("asked_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["meetings_sitting.id"], name=op.f("fk_meetings_inquiry_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_inquiry")), sa.UniqueConstraint("sitting_id", name=op.f("uq_meetings_inquiry_sitting_id")))
    op.create_table(
        "meetings_asked_unit", sa.Column("inquiry_id", BIG, nullable=False), sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False), sa.Column("name", sa.String(), nullable=False), sa.Column("reply", sa.String(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False), sa.Column("at", AT, nullable=True), sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["inquiry_id"], ["meetings_inquiry.id"], name=op.f("fk_meetings_asked_unit_inquiry_id")),
        sa.PrimaryKeyConstraint("inquiry_id", "unit_id", name=op.f("pk_meetings_asked_unit")))
    op.create_table(
        "meetings_offer", sa.Column("id", BIG, nullable=False), sa.Column("inquiry_id", BIG, nullable=False), sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False), sa.Column("kind", sa.String(), nullable=False), sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("own_level", sa.String(), nullable=True), sa.Column("presenter_id", sa.Integer(), nullable=True),
        sa.Column("presenter", sa.String(), nullable=False), sa.Column("note", sa.Text(), nullable=False), sa.Column("later", sa.Boolean(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["inquiry_id"], ["meetings_inquiry.id"], name=op.f("fk_meetings_offer_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_offer")))
    op.create_index("ix_meetings_offer_inquiry", "meetings_offer", ["inquiry_id", "unit_id"])
    op.create_table(
        "meetings_awaited_paper", sa.Column("id", BIG, nullable=False), sa.Column("item_id", BIG, nullable=False), sa.Column("title", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False), sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["meetings_item.id"], name=op.f("fk_meetings_awaited_paper_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_awaited_paper")))
    op.create_index("ix_meetings_awaited_paper_item", "meetings_awaited_paper", ["item_id"])


def downgrade() -> None:
    for table in ("meetings_awaited_paper", "meetings_offer", "meetings_asked_unit", "meetings_inquiry"):
        op.drop_table(table)
    with op.batch_alter_table("meetings_body") as body:
        for column in ("item_level", "opens_days", "papers_days", "answer_days", "standing"):
            body.drop_column(column)

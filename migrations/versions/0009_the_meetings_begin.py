"""Bodies that meet, their sittings, agendas and papers."""
import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0004"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "meetings_body",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_body")))
    op.create_table(
        "meetings_member",
        sa.Column("body_id", BIG, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["meetings_body.id"], name=op.f("fk_meetings_member_body_id")),
        sa.PrimaryKeyConstraint("body_id", "user_id", name=op.f("pk_meetings_member")))
    op.create_index("ix_meetings_member_user", "meetings_member", ["user_id", "body_id"])
    op.create_table(
        "meetings_sitting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("body_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", AT, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("papers_at", AT, nullable=True),
        sa.Column("called_at", AT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["meetings_body.id"], name=op.f("fk_meetings_sitting_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_sitting")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_meetings_sitting_body_id_number")))
    op.create_index("ix_meetings_sitting_starts", "meetings_sitting", ["starts_at", "id"])
    op.create_table(
        "meetings_item",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sitting_id", BIG, nullable=False),
        sa.Column("parent_id", BIG, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("own_level", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("presenter_id", sa.Integer(), nullable=True),
        sa.Column("presenter", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["meetings_item.id"], name=op.f("fk_meetings_item_parent_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["meetings_sitting.id"], name=op.f("fk_meetings_item_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_item")))
    op.create_index("ix_meetings_item_sitting", "meetings_item", ["sitting_id", "position"])
    op.create_table(
        "meetings_paper",
        sa.Column("id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("handout", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["meetings_item.id"], name=op.f("fk_meetings_paper_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_paper")))
    op.create_index("ix_meetings_paper_item", "meetings_paper", ["item_id", "position"])
    op.create_table(
        "meetings_paper_version",
        sa.Column("paper_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["meetings_paper.id"], name=op.f("fk_meetings_paper_version_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", "version", name=op.f("pk_meetings_paper_version")))


def downgrade() -> None:
    for table in ("paper_version", "paper", "item", "sitting", "member", "body"):
        op.drop_table(f"meetings_{table}")

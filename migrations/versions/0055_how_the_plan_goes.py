"""Who leads a measure, its roadmap and indicators; undertakings, reports and evaluations with their steps and what was frozen of them."""
import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0046"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "governance_lead",
        sa.Column("measure_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_lead_measure_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_governance_lead_unit_id")),
        sa.PrimaryKeyConstraint("measure_id", "unit_id", name=op.f("pk_governance_lead")))
    op.create_index("ix_governance_lead_unit", "governance_lead", ["unit_id"])
    op.create_table(
        "governance_bar",
        sa.Column("id", BIG, nullable=False),
        sa.Column("measure_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_governance_bar_in_order")),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_bar_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_bar")))
    op.create_index("ix_governance_bar_measure", "governance_bar", ["measure_id", "gone_at"])
    op.create_table(
        "governance_indicator",
        sa.Column("id", BIG, nullable=False),
        sa.Column("measure_id", BIG, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("base_year", sa.Integer(), nullable=True),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("target_year", sa.Integer(), nullable=True),
        sa.Column("formula", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_indicator_measure_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["directory_unit.id"], name=op.f("fk_governance_indicator_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_indicator")))
    op.create_index("ix_governance_indicator_measure", "governance_indicator", ["measure_id", "gone_at"])
    op.create_table(
        "governance_reading",
        sa.Column("id", BIG, nullable=False),
        sa.Column("indicator_id", BIG, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["governance_indicator.id"], name=op.f("fk_governance_reading_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_reading")),
        sa.UniqueConstraint("indicator_id", "fiscal_year", "period", name=op.f("uq_governance_reading_indicator_id_fiscal_year_period")))
    op.create_table(
        "governance_undertaking",
        sa.Column("id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("frozen", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_governance_undertaking_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_undertaking")))
    op.create_index("ix_governance_undertaking_year", "governance_undertaking", ["fiscal_year", "state"])
    op.create_table(
        "governance_undertaking_measure",
        sa.Column("undertaking_id", BIG, nullable=False),
        sa.Column("measure_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_undertaking_measure_measure_id")),
        sa.ForeignKeyConstraint(["undertaking_id"], ["governance_undertaking.id"], name=op.f("fk_governance_undertaking_measure_undertaking_id")),
        sa.PrimaryKeyConstraint("undertaking_id", "measure_id", name=op.f("pk_governance_undertaking_measure")))
    op.create_index("ix_governance_undertaking_measure_measure", "governance_undertaking_measure", ["measure_id"])
    op.create_table(
        "governance_report",
        sa.Column("id", BIG, nullable=False),
        sa.Column("measure_id", BIG, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("indicator_id", BIG, nullable=True),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("rating_auto", sa.String(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("rating_reason", sa.String(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("issues", sa.Text(), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rating = rating_auto or rating_reason <> ''", name=op.f("ck_governance_report_a_reason_where_they_differ")),
        sa.ForeignKeyConstraint(["indicator_id"], ["governance_indicator.id"], name=op.f("fk_governance_report_indicator_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_report_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_report")),
        sa.UniqueConstraint("measure_id", "fiscal_year", "period", name=op.f("uq_governance_report_measure_id_fiscal_year_period")))
    op.create_index("ix_governance_report_round", "governance_report", ["fiscal_year", "period", "state"])
    op.create_table(
        "governance_evaluation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("measure_id", BIG, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("own_rating", sa.String(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("second_rating", sa.String(), nullable=False),
        sa.Column("second_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["governance_measure.id"], name=op.f("fk_governance_evaluation_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_evaluation")),
        sa.UniqueConstraint("measure_id", "fiscal_year", name=op.f("uq_governance_evaluation_measure_id_fiscal_year")))
    op.create_table(
        "governance_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_step")))
    op.create_index("ix_governance_step_about", "governance_step", ["about", "id"])
    op.create_table(
        "governance_opinion",
        sa.Column("id", BIG, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_label", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_opinion")))
    op.create_index("ix_governance_opinion_about", "governance_opinion", ["about", "id"])
    op.create_table(
        "governance_snapshot",
        sa.Column("id", BIG, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_governance_snapshot")),
        sa.UniqueConstraint("about", "number", name=op.f("uq_governance_snapshot_about_number")))
    op.create_table(
        "governance_ruling",
        sa.Column("edition_id", BIG, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["governance_edition.id"], name=op.f("fk_governance_ruling_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_governance_ruling")))


def downgrade() -> None:
    op.drop_table("governance_ruling")
    op.drop_table("governance_snapshot")
    op.drop_table("governance_opinion")
    op.drop_table("governance_step")
    op.drop_table("governance_evaluation")
    op.drop_table("governance_report")
    op.drop_table("governance_undertaking_measure")
    op.drop_table("governance_undertaking")
    op.drop_table("governance_reading")
    op.drop_table("governance_indicator")
    op.drop_table("governance_bar")
    op.drop_table("governance_lead")

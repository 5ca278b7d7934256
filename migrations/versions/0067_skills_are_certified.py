"""What can be known: frameworks, what sections want, evidence, certifications."""
import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0064"
branch_labels = depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state in ('writing', 'submitted', 'reviewing', 'returned')")


def upgrade() -> None:
    op.create_table(
        "training_framework",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_framework")),
        sa.UniqueConstraint("name", "edition", name=op.f("uq_training_framework_name_edition")))
    op.create_table(
        "training_skill",
        sa.Column("id", BIG, nullable=False),
        sa.Column("framework_id", BIG, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["framework_id"], ["training_framework.id"], name=op.f("fk_training_skill_framework_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_skill")),
        sa.UniqueConstraint("framework_id", "code", name=op.f("uq_training_skill_framework_id_code")))
    op.create_table(
        "training_wanted",
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("skill_id", BIG, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("level between 1 and 4 and people > 0", name=op.f("ck_training_wanted_counts")),
        sa.ForeignKeyConstraint(["unit_id"], ["directory_unit.id"], name=op.f("fk_training_wanted_unit_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_wanted_skill_id")),
        sa.PrimaryKeyConstraint("unit_id", "role", "skill_id", name=op.f("pk_training_wanted")))
    op.create_table(
        "training_rating",
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("skill_id", BIG, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_rating_skill_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_rating_user_id")),
        sa.PrimaryKeyConstraint("user_id", "skill_id", name=op.f("pk_training_rating")))
    op.create_index("ix_training_rating_counted", "training_rating", ["unit_id", "skill_id", "level"])
    op.create_table(
        "training_claim",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("skill_id", BIG, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_claim_skill_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_claim_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_claim")))
    op.create_index("ix_training_claim_state", "training_claim", ["state"])
    op.create_index("ix_training_claim_user", "training_claim", ["user_id"])
    op.create_index("uq_training_claim_one_open", "training_claim", ["user_id", "skill_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "training_claim_step",
        sa.Column("claim_id", BIG, nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["training_claim.id"], name=op.f("fk_training_claim_step_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_claim_step")))
    op.create_index("ix_training_claim_step_claim", "training_claim_step", ["claim_id", "id"])
    op.create_table(
        "training_certification",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("skill_id", BIG, nullable=False),
        sa.Column("claim_id", BIG, nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("certified_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_certification_skill_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["training_claim.id"], name=op.f("fk_training_certification_claim_id")),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_certification_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_certification")),
        sa.UniqueConstraint("number", name=op.f("uq_training_certification_number")))
    op.create_index("ix_training_certification_user", "training_certification", ["user_id", "skill_id", "id"])
    op.create_table(
        "training_holding",
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("skill_id", BIG, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["directory_user.id"], name=op.f("fk_training_holding_user_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["training_skill.id"], name=op.f("fk_training_holding_skill_id")),
        sa.PrimaryKeyConstraint("user_id", "skill_id", name=op.f("pk_training_holding")))
    op.create_index("ix_training_holding_counted", "training_holding", ["unit_id", "skill_id", "level", "expires_on", "user_id"])


def downgrade() -> None:
    for table in ("training_holding", "training_certification", "training_claim_step", "training_claim", "training_rating",
                  "training_wanted", "training_skill", "training_framework"):
        op.drop_table(table)

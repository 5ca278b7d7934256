"""Which boards are a group's own place."""
import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0093"
branch_labels = depends_on = None

OF_GROUPS = """update boards_board set of_group = true where rights_of in (select board_id from boards_right where who like 'group:%')
               and rights_of not in (select board_id from boards_right where who not like 'group:%')"""


def upgrade() -> None:
    op.add_column("boards_board", sa.Column("of_group", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(OF_GROUPS)


def downgrade() -> None:
    op.drop_column("boards_board", "of_group")

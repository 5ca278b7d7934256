"""Questions are kept"""
import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('search_saved',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('user_id', 'words', name=op.f('pk_search_saved'))
    )


def downgrade() -> None:
    op.drop_table('search_saved')

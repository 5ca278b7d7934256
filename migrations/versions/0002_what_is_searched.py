"""What is searched"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('search_waiting',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('ref', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('error', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_waiting'))
    )
    op.create_table('search_indexed',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('ref_id', sa.BigInteger(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('tokens', postgresql.TSVECTOR().with_variant(sa.Text(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_indexed')),
    sa.UniqueConstraint('generation', 'kind', 'ref_id', 'part', name=op.f('uq_search_indexed_generation_kind_ref_id_part'))
    )
    op.create_index('ix_search_indexed_at', 'search_indexed', ['generation', 'kind', 'at', 'ref_id'], unique=False)
    op.create_index('ix_search_indexed_tokens', 'search_indexed', ['tokens'], unique=False, postgresql_using='gin', postgresql_with={'fastupdate': 'off'})
    op.create_table('search_note',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_search_note'))
    )
    op.create_table('search_recent',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('user_id', 'words', name=op.f('pk_search_recent'))
    )
    op.create_table('search_reading',
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('trouble', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_search_reading'))
    )
    op.create_table('search_page',
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', 'number', name=op.f('pk_search_page'))
    )


def downgrade() -> None:
    for table in ('search_page', 'search_reading', 'search_recent', 'search_note', 'search_indexed', 'search_waiting'):
        op.drop_table(table)

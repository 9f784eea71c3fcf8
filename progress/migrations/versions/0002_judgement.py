"""A second rater's judgement beside each score.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("practice_score") as table:
        table.add_column(sa.Column("disagreement", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("judgement", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("practice_score") as table:
        table.drop_column("judgement")
        table.drop_column("disagreement")

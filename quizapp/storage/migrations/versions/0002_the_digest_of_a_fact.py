"""The digest of what a fact's questions ask."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it.
ROWS_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.add_column(
        "version_fact", sa.Column("digest", sa.String(64), nullable=False, server_default="")
    )


def downgrade() -> None:
    with op.batch_alter_table("version_fact") as batch:
        batch.drop_column("digest")

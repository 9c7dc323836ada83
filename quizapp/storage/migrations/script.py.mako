"""${message}."""

import sqlalchemy as sa
from alembic import op

from quizapp.storage.base import Instant

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it.
ROWS_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}

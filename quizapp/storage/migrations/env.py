"""Runs migrations on the connection that `storage.migrating` hands over."""

from alembic import context
from sqlalchemy import Connection

from quizapp.storage.base import Base

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()

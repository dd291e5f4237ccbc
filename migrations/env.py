"""Runs one branch's revisions, the host's or a plugin's, on the connection it is handed."""

from alembic import context

context.configure(**context.config.attributes)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry: runs the migrations on the connection that progress.migrate passes in."""

from alembic import context

from progress.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

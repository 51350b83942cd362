"""Runs migrations on a connection that the caller hands over; Alembic loads this file."""

from __future__ import annotations

from alembic import context

from mineaction_desktop.storage.migrations import options

context.configure(connection=context.config.attributes["connection"], **options.CONFIGURATION)
context.run_migrations()

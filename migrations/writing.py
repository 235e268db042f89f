"""`python -m migrations.writing "message"`: a revision from what the declarations want changed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from core.database import Database
from migrations import running


def write(message: str) -> None:
    """Migrates an empty SQLite database to the newest revision, compares, writes the next one."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
        running.upgrade(database)
        config = running.config()
        with database.reader.connect() as connection:
            config.attributes["connection"] = connection
            number = len(list((Path(__file__).parent / "versions").glob("*.py"))) + 1
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        database.dispose()


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]) or sys.exit("Say what changes."))

"""The import on pages: a file, its columns, a trial run, the run, and what came of it."""

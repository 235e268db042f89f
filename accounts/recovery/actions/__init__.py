"""Use cases of recovery, one per file."""

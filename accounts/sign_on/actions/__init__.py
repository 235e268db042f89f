"""Use cases of signing on through others, one per file."""

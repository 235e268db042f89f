"""Use cases of trade certificates."""

"""Word templates that organisations keep for the contracts of their deals."""

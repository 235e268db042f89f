"""Flask and everything about HTTP."""

"""Public pages: found and read without signing in."""

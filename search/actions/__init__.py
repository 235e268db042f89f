"""What the operator can do to searching: one use case a file."""

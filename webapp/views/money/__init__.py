"""What one owes and is owed, and each step on it."""

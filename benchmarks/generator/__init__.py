"""A realistic corpus of any size, made from the shared data and a seed."""

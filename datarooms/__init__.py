"""Data rooms on any Ref: who may see which file, on which promise, and who saw it."""

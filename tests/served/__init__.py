"""The market as it is really served, killed with `kill -9`, started again by the same command."""

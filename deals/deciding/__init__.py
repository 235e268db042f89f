"""The institution decides first: its own approval steps, drawn up for each agreed price."""

"""Figures and lists over all areas, for people who look at the market as a whole."""

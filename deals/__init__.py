"""Inquiries, and deals: one engine that runs declared modes, from the first offer to its notice."""

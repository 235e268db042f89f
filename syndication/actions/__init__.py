"""Use cases of syndication."""

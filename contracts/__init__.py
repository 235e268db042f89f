"""Contracts: from a confirmed deal to a signed text, by rule and with every version kept."""

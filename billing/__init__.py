"""Obligations, the ledger, deposits and invoices: what is owed, held and paid, and why."""

"""Drains the outbox, fires timers, runs jobs, keeps the index. Every claim is a fenced lease."""

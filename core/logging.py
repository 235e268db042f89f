"""Logs: one line per event on standard error; JSON in production, readable in development.

Only what a call names is logged: never a request's body, a person's data or an amount.
"""

from __future__ import annotations

import logging
import sys

import structlog

from core.settings import Settings


def configure(settings: Settings) -> None:
    """Sets the one configuration; called by bootstrap. Tests keep structlog's own."""
    if settings.env == "test":
        return
    shape: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.env == "production":
        shape += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        shape += [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    structlog.configure(
        processors=shape,
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )

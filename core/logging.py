"""Logs: one line per event on standard error; JSON in production, readable in development.

Only what a call names is logged: never a request's body, a person's data or an amount.
"""

from __future__ import annotations

import logging
import sys

import structlog

from core.settings import Settings


def configure(settings: Settings) -> None:
    """Sets the one configuration; called by bootstrap. Tests keep structlog's own but for the
    traceback, which shows no values of variables anywhere: a password may be among them."""
    for_people = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    if settings.env == "test":
        structlog.configure(
            processors=[*structlog.get_config()["processors"][:-1], for_people],
            cache_logger_on_first_use=False,
        )
        return
    shape: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.env == "production":
        shape += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        shape += [for_people]
    structlog.configure(
        processors=shape,
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=settings.env == "production",
    )

"""Whole numbers in addresses and forms: kept within what every database column can hold."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, request
from werkzeug.routing import IntegerConverter

LARGEST: Final = 2**31 - 1
_DIGITS: Final = 10
_MOST_PAGES: Final = 100_000


def whole(text: str | None) -> int | None:
    """The number that ASCII digits write, or None where it is none or beyond `LARGEST`."""
    if not text or len(text) > _DIGITS or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def asked_page() -> int:
    """`?page=`: 1 where it says nothing that can be a page."""
    return max(1, min(whole(request.args.get("page")) or 1, _MOST_PAGES))


class BoundedConverter(IntegerConverter):
    """`<int:…>` in an address: a number that no row can have is an address that is not there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max": LARGEST} | kwargs))


def install(app: Flask) -> None:
    """Before any address is added."""
    app.url_map.converters["int"] = BoundedConverter

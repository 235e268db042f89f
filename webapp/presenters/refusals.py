"""The parameters of a refusal in the reader's words: code words become names, lists are joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.errors import Refused
from core.i18n import format_list
from webapp.language import page_language, plain
from webapp.presenters import labels
from webapp.presenters.fields import FIELDS, NEED_FIELDS
from webapp.presenters.signs import sign


def said(refused: Refused) -> str:
    """The refusal's sentence in the page's language."""
    return plain(refused.text, **worded(refused))


def worded(refused: Refused) -> dict[str, Any]:
    """Its parameters; one that is no code word stays as it is."""
    readers = _WORDS.get(refused.code, {})
    return {
        name: readers[name](value) if name in readers and isinstance(value, str) else value
        for name, value in refused.params.items()
    }


def _fields(codes: str) -> str:
    names = [
        plain(FIELDS[code][0] if code in FIELDS else NEED_FIELDS.get(code, code))
        for code in _split(codes)
    ]
    return format_list(names, page_language())


def _reasons(codes: str) -> str:
    names = [
        labels.named(labels.REASONS, code) if code in labels.REASONS else labels.way(code)
        for code in _split(codes)
    ]
    return format_list(names, page_language())


def _state(code: str) -> str:
    return plain(sign(code).word)


def _split(codes: str) -> list[str]:
    return [code.strip() for code in codes.split(",") if code.strip()]


_WORDS: Final[Mapping[str, Mapping[str, Callable[[str], str]]]] = {
    "listing_incomplete": {"fields": _fields},
    "listing_wrong_state": {"state": _state},
    "right_taken": {"reason": _reasons, "way": labels.way},
}

"""Where a stream's page is: areas name streams, the web says their addresses."""

from __future__ import annotations

from typing import Final

from core.ids import show, split_ref

_PATHS: Final = {
    "listing": "/results/{id}",
    "asset": "/uses/{id}",
    "need": "/needs/{id}",
    "organisation": "/organisations/{id}",
    "deal": "/deals/{id}",
    "contract": "/contracts/{id}",
    "contract_registration": "/registrations/{id}",
    "inquiry": "/inquiries/{id}",
    "proposal": "/proposals/{id}",
    "notice": "/notices/{id}",
    "posting": "/postings/{id}",
    "obligation": "/money/{id}",
    "round": "/rounds/{id}",
    "complaint": "/complaints/{id}",
    "announcement": "/announcements/{id}",
    "appeal": "/appeals/{id}",
    "sanction": "/appeals/{id}",
    "import": "/imports/{id}",
    "job": "/jobs/{id}",
    "saved_search": "/saved/searches/{id}",
}


def path(ref: str, language: str, default_language: str = "zh") -> str | None:
    """The path of a stream's page in a language, or None where it has no page."""
    kind, id = split_ref(ref)
    if kind not in _PATHS:
        return None
    prefix = "" if language == default_language else f"/{language}"
    return prefix + _PATHS[kind].format(id=show(kind, id))


def url(base: str, ref: str, language: str, default_language: str = "zh") -> str | None:
    """The same with the market's address, for mail and feeds."""
    found = path(ref, language, default_language)
    return None if found is None else base.rstrip("/") + found

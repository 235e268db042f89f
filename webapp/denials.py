"""Whoever tries what they may not do leaves a line in the log: by place and person, never by
address.

An address may hold the secret of a link; the endpoint says which door it was.
"""

from __future__ import annotations

from typing import Final

import structlog
from flask import g, request

from core.errors import Refused
from webapp import sessions
from webapp.api.declaring import PREFIX

log = structlog.get_logger()
_PERSON: Final = "qiaoyi.api.person"
_HIDDEN: Final = 404
_REFUSED: Final = frozenset({401, 403, 429})


def name_person(person: str | None) -> None:
    """Whose program this request is of: its refusals are noted with them."""
    setattr(g, _PERSON, person)


def note(refused: Refused) -> None:
    """Logs what was refused because of who asks: also what is hidden from them, which looks like
    what never was there."""
    if refused.status not in {*_REFUSED, _HIDDEN}:
        return
    say = log.info if refused.status == _HIDDEN else log.warning
    say(
        "not allowed",
        code=refused.code,
        endpoint=request.endpoint,
        method=request.method,
        person=_person(),
    )


def _person() -> str | None:
    if request.path.startswith(PREFIX):  # where no cookie is ever looked at
        named: str | None = g.get(_PERSON)
        return named
    signed = sessions.current_session()
    return signed.person if signed else None

"""Who calls: a token in the Authorization header and nothing else, counted before it is obeyed.

Cookies are never looked at, so that no page of another site can make a browser act here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import structlog
from flask import Response, g, request

from accounts.actions.touch_token import touch_token
from accounts.consents.queries import unanswered
from accounts.limits import Rate, count_request, fingerprint
from accounts.queries import load_actor
from accounts.rules import SEEN_EVERY
from accounts.scopes import cut
from accounts.tokens import MARK, HeldToken, find_token
from core.actor import ANONYMOUS, SYSTEM, Actor
from webapp import denials
from webapp.api.declaring import Operation
from webapp.api.errors import (
    BadToken,
    KeyMissing,
    NoToken,
    RateExceeded,
    ScopeMissing,
    TextsUnanswered,
    VersionMissing,
)
from webapp.language import page_language
from webapp.presenters.standing import texts_in_force
from webapp.runtime import the_market

log = structlog.get_logger()
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TAG: Final = re.compile(r'"(\d{1,9})"')
_RATE: Final = "qiaoyi.api.rate"
_TOKEN: Final = re.compile(rf"(?i:bearer) +({MARK}[A-Za-z0-9_-]{{20,100}})")


@dataclass(frozen=True)
class Caller:
    """The actor as this operation may have it; `token` None for a visitor."""

    actor: Actor
    token: str | None


def enter(operation: Operation) -> Caller:
    """Raises BadToken, NoToken, RateExceeded, ScopeMissing, TextsUnanswered."""
    sent = request.headers.get("Authorization", "")
    if not sent:
        _count(fingerprint(request.remote_addr or ""), visitor=True)
        if operation.scope is not None:
            raise NoToken
        return Caller(replace(ANONYMOUS, language=page_language()), None)
    held, actor = _held(sent)
    denials.name_person(actor.person)
    _count(held.id, visitor=False)
    if operation.scope is not None and operation.scope not in held.scopes:
        raise ScopeMissing(scope=operation.scope)
    if operation.method != "GET":
        _need_consent(actor)
    actor = cut(actor, held.scopes, operation.scope)
    return Caller(replace(actor, language=page_language()), held.id)


def _need_consent(actor: Actor) -> None:
    """Whoever has not agreed to the texts that now hold reads, and writes nothing. Raises
    TextsUnanswered."""
    holding = texts_in_force()
    if not holding or actor.person is None:
        return
    with the_market().database.read() as session:
        if unanswered(session, actor.person, holding):
            raise TextsUnanswered(address=f"{the_market().settings.address}/account/consent")


def _held(sent: str) -> tuple[HeldToken, Actor]:
    named = _TOKEN.fullmatch(sent.strip())
    database = the_market().database
    with database.read() as session:
        now = database.now(session)
        held = find_token(session, named[1], now) if named else None
        if held is None:
            # A guess costs what a visitor's request costs: it is counted by where it came from.
            _count(fingerprint(request.remote_addr or ""), visitor=True)
            raise BadToken
        actor = load_actor(session, held.person, now)
    if held.last_used_at is None or now - held.last_used_at >= SEEN_EVERY:
        _note(held.id)
    return held, actor


def _note(token: str) -> None:
    try:
        the_market().executor.run(SYSTEM, touch_token, token)
    except Exception:
        log.exception("token not noted")  # a courtesy to its owner; the request goes on


def _count(subject: str, *, visitor: bool) -> None:
    market = the_market()
    chosen = market.settings
    most = chosen.api_visitor_per_minute if visitor else chosen.api_per_minute
    rate = count_request(market.database, subject, most)
    setattr(g, _RATE, rate)
    if rate.exceeded:
        raise RateExceeded(seconds=rate.seconds)


def say_rate(response: Response) -> Response:
    """How much of the minute is left, on every answer."""
    rate: Rate | None = g.get(_RATE)
    if rate is not None:
        response.headers["RateLimit-Policy"] = f'"minute";q={rate.most};w=60'
        response.headers["RateLimit"] = f'"minute";r={rate.left};t={rate.seconds}'
    return response


def idempotency_key() -> str:
    """Raises KeyMissing."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise KeyMissing
    return f"api:{key}"


def expected_version() -> int:
    """The version that If-Match names: one, as ETag gave it. Raises VersionMissing."""
    found = _TAG.fullmatch(request.headers.get("If-Match", "").strip())
    if found is None:
        raise VersionMissing
    return int(found[1])

"""Asks an OpenID provider: what it offers, and whom a code stands for. Every call leaves by
`core.outbound`, so that neither an issuer nor what it names leads into a private network."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from accounts.sign_on.checking import BadToken, Claims, check_token
from accounts.sign_on.errors import ProviderSilent, SignOnRefused
from accounts.sign_on.parties import Party
from core.outbound import FAULTS, Outbound, OutboundRefused

log = structlog.get_logger()
_MOST: Final = 256 * 1024
"""Octets of a document or a set of keys."""
_LONGEST_CODE: Final = 2000
_JSON: Final = {"Accept": "application/json", "User-Agent": "Qiaoyi"}


@dataclass(frozen=True)
class Offer:
    """What the provider's own document says (OpenID Connect Discovery 1.0, section 3)."""

    authorization: str
    token: str
    keys: str
    posts_secret: bool
    """It takes the secret in the body only."""
    names_itself: bool
    """Its answers carry `iss` (RFC 9207), so one without it is none of its."""


@dataclass(frozen=True)
class Journey:
    """What must come back as it was sent."""

    state: str
    nonce: str
    verifier: str
    back: str
    again: bool = False
    """They must show the provider anew who they are (OpenID Connect Core 1.0, section 3.1.2.1)."""


def discover(outbound: Outbound, issuer: str) -> Offer:
    """Raises ProviderSilent."""
    said = _fetch(outbound, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    places = [said.get(f"{name}_endpoint") for name in ("authorization", "token")]
    places.append(said.get("jwks_uri"))
    if said.get("issuer") != issuer or not all(isinstance(place, str) for place in places):
        raise _silent(issuer, "document")
    for place in places:
        _permitted(outbound, issuer, str(place))
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    posts = isinstance(methods, list) and "client_secret_basic" not in methods
    names = said.get("authorization_response_iss_parameter_supported") is True
    return Offer(str(places[0]), str(places[1]), str(places[2]), posts, names)


def address_of(offer: Offer, party: Party, journey: Journey) -> str:
    """Where the browser goes: code flow with PKCE, and no more than the name is asked for."""
    asked = {
        "response_type": "code",
        "client_id": party.client,
        "redirect_uri": journey.back,
        "scope": "openid" if party.organisation is None else "openid profile",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": create_s256_code_challenge(journey.verifier),
        "code_challenge_method": "S256",
    }
    if journey.again:
        asked |= {"prompt": "login", "max_age": "0"}
    joint = "&" if "?" in offer.authorization else "?"
    return f"{offer.authorization}{joint}{urlencode(asked)}"


def redeem(
    outbound: Outbound,
    party: Party,
    journey: Journey,
    code: str,
    said_issuer: str | None,
    now: datetime,
) -> Claims:
    """Whom the code stands for. Raises ProviderSilent, SignOnRefused."""
    offer = discover(outbound, party.issuer)
    if said_issuer is None and offer.names_itself:
        raise _refused(party, "iss is missing")
    if said_issuer not in (None, party.issuer):
        raise _refused(party, "iss of another provider")
    if not 0 < len(code) <= _LONGEST_CODE:
        raise _refused(party, "code")
    tokens = _exchange(outbound, party, offer, journey, code)
    token, access = tokens.get("id_token"), tokens.get("access_token", "")
    if not isinstance(token, str) or not isinstance(access, str):
        raise _refused(party, "no id_token")
    keys = _fetch(outbound, offer.keys)
    try:
        return check_token(token, keys, party.issuer, party.client, journey.nonce, now, access)
    except BadToken as bad:
        raise _refused(party, str(bad)) from None


def _exchange(
    outbound: Outbound, party: Party, offer: Offer, journey: Journey, code: str
) -> dict[str, Any]:
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": journey.back,
        "code_verifier": journey.verifier,
    }
    headers = _JSON | {"Content-Type": "application/x-www-form-urlencoded"}
    if offer.posts_secret:
        sent |= {"client_id": party.client, "client_secret": party.secret}
    else:  # RFC 6749, section 2.3.1: both parts are encoded before they are joined
        pair = f"{quote(party.client, safe='')}:{quote(party.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    try:
        answer = outbound.post(offer.token, urlencode(sent).encode(), headers, most=_MOST)
    except FAULTS as fault:
        raise _silent(party.issuer, type(fault).__name__) from None
    if answer.status != 200:
        raise _refused(party, f"token endpoint says {answer.status}")
    return _read(party.issuer, answer.body)


def _fetch(outbound: Outbound, url: str) -> dict[str, Any]:
    try:
        answer = outbound.get(url, _JSON, most=_MOST)
    except FAULTS as fault:
        raise _silent(url, type(fault).__name__) from None
    if answer.status != 200:
        raise _silent(url, f"status {answer.status}")
    return _read(url, answer.body)


def _read(url: str, body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise _silent(url, "no JSON") from None
    if not isinstance(said, dict):
        raise _silent(url, "no object")
    return said


def _permitted(outbound: Outbound, issuer: str, url: str) -> None:
    try:
        outbound.read(url)
    except OutboundRefused as refused:
        raise _silent(issuer, f"endpoint: {refused.reason}") from None


def _silent(url: str, why: str) -> ProviderSilent:
    log.warning("provider silent", url=url, why=why)
    return ProviderSilent()


def _refused(party: Party, why: str) -> SignOnRefused:
    log.warning("sign-on refused", issuer=party.issuer, why=why)
    return SignOnRefused()

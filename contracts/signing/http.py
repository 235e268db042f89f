"""A signing service over HTTP, as `docs/contracts.md` describes it: JSON, each call signed by HMAC.

`POST <url>/signatures` begins one, `GET <url>/signatures/<reference>` says how it stands. The
service calls back when something changed; that is a nudge, and the state is asked for anew.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import structlog

from contracts.signing.errors import SigningRefused, SigningSilent
from contracts.signing.port import DECLINED, SIGNED, WAITING, Asked, Begun, Outcome
from core.outbound import FAULTS, Answer, Outbound, OutboundRefused
from core.signatures import HEADER, signature

log = structlog.get_logger()
CODE: Final = "service"
MOST: Final = 16 << 20
"""Octets of an answer."""
_LONGEST_REFERENCE: Final = 100
_JSON: Final = {"Content-Type": "application/json", "Accept": "application/json"}
_BUSY: Final = 500
"""From here on an answer says that the service is not well: it is asked again later."""


@dataclass(frozen=True)
class HttpSigning:
    """`url` without a slash at its end; `secret` is shared with the service."""

    outbound: Outbound
    url: str
    secret: str = field(repr=False)
    code: str = CODE

    def begin(self, asked: Asked) -> Begun:
        """The service takes a repeated `id` as the same signature."""
        body = json.dumps(_told(asked), ensure_ascii=False).encode()
        said = self._call("POST", f"{self.url}/signatures", body)
        reference, address = said.get("reference"), said.get("address", "")
        if not isinstance(reference, str) or not isinstance(address, str):
            raise _refused("no reference")
        if not 0 < len(reference) <= _LONGEST_REFERENCE or " " in reference:
            raise _refused("reference")
        if address:
            self._check(address)
        return Begun(reference, address)

    def outcome(self, _asked: Asked, reference: str) -> Outcome:
        path = f"{self.url}/signatures/{quote(reference, safe='')}"
        return read_outcome(self._call("GET", path, None))

    def _check(self, address: str) -> None:
        try:
            self.outbound.read(address)
        except OutboundRefused as refused:
            raise _refused(f"address: {refused.reason}") from None

    def _call(self, method: str, url: str, body: bytes | None) -> dict[str, Any]:
        """What is signed: the body, or the address where there is none."""
        signed = body if body is not None else url.encode()
        headers = _JSON | {HEADER: signature([self.secret], int(time.time()), signed)}
        try:
            answer = (
                self.outbound.get(url, headers, MOST)
                if body is None
                else self.outbound.post(url, body, headers, MOST)
            )
        except FAULTS as fault:
            raise _silent(type(fault).__name__) from None
        return _read(method, answer)


def _told(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.id,
        "contract": asked.number,
        "text_sha256": asked.digest,
        "document_sha256": asked.document,
        "document": base64.b64encode(asked.pdf).decode(),
        "party": asked.party,
        "signatory": asked.name,
        "authority": asked.authority,
        "back": asked.back,
    }


def read_outcome(said: dict[str, Any]) -> Outcome:
    """Raises SigningRefused for what is not as the service promises."""
    state = said.get("state")
    if state in (WAITING, DECLINED):
        return Outcome(str(state))
    if state != SIGNED:
        raise _refused("state")
    try:
        signed_at = datetime.fromisoformat(said["signed_at"])
        evidence = base64.b64decode(said["evidence"], validate=True)
        document = str(said["document_sha256"])
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise _refused("evidence") from None
    if signed_at.tzinfo is None or not evidence:
        raise _refused("evidence")
    return Outcome(SIGNED, document, signed_at, evidence)


def _read(method: str, answer: Answer) -> dict[str, Any]:
    if answer.status >= _BUSY:
        raise _silent(f"{method} says {answer.status}")
    if not 200 <= answer.status <= 299:
        raise _refused(f"{method} says {answer.status}")
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise _refused("no JSON") from None
    if not isinstance(said, dict):
        raise _refused("no object")
    return said


def _silent(why: str) -> SigningSilent:
    log.warning("signing service silent", why=why)
    return SigningSilent()


def _refused(why: str) -> SigningRefused:
    log.warning("signing service refused", why=why)
    return SigningRefused()

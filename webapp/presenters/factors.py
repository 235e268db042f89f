"""Keys and codes of second factors, as people read and copy them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote, urlencode

from accounts.codes import Codes
from accounts.factors.proving import next_code
from accounts.factors.queries import AppInForce, AppOffered


def app_address(app: AppOffered, issuer: str) -> str:
    """The `otpauth:` address that authenticator apps read from a picture."""
    label = quote(f"{issuer}:{app.account}", safe="")
    said = {"secret": app.secret, "issuer": issuer, "algorithm": "SHA1", "digits": 6, "period": 30}
    return f"otpauth://totp/{label}?{urlencode(said, quote_via=quote)}"


def grouped(text: str, size: int = 4) -> str:
    """In groups, for typing by hand."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def recovery_code(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def development_codes(
    apps: list[AppInForce], secret: bytes, now: datetime
) -> list[tuple[str, str]]:
    """(name, code that is taken next) of everybody in a demo."""
    made = Codes(secret)
    return [(app.name, next_code(made.app_secret(app.id), now, app.last_step)) for app in apps]

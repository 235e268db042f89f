"""What every answer tells the browser it may do: nothing but our own files, no frames, no guess.

There is no inline script or style to allow, so the policy needs no nonce; JSON-LD blocks are data
and are not executed.
"""

from typing import Final

from flask import Flask, Response

CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "report-uri": "/policy-reports",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_policy(**changes: str) -> str:
    """The policy as a header's value; `changes` name directives with underscores."""
    merged = CONTENT_POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in merged.items())


CLOSED: Final = content_policy() + "; sandbox"
"""For a file that leaves through this market: every page's policy, and no origin of ours."""


def install(app: Flask, *, https: bool) -> None:
    policy = content_policy()

    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        if https:
            response.headers.setdefault(
                "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
            )
        if response.mimetype == "text/html":
            # A page may show what only its reader may see; shared caches keep none of them.
            response.headers.setdefault("Cache-Control", "private, no-cache")
            response.vary.add("HX-Request")
        return response

    app.after_request(add)

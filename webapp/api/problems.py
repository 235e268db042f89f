"""Refusals and faults as RFC 9457 problems, in the language that the caller asked for."""

from __future__ import annotations

from typing import Any, Final

import structlog
from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

from core.errors import Busy, Invalid, KeyReused, Problem, Refused
from core.i18n import LANGUAGES, N_
from webapp.api.declaring import PREFIX
from webapp.api.errors import BadToken, NoToken
from webapp.language import LANGUAGE_KEY, page_language, plain
from webapp.presenters.refusals import said

log = structlog.get_logger()
MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER: Final = "2"

TITLES: Final = {
    400: N_("The request cannot be read"),
    401: N_("No valid access token"),
    403: N_("Not allowed"),
    404: N_("Not found"),
    405: N_("This method does not exist here"),
    409: N_("Not possible in this state"),
    410: N_("No longer there"),
    412: N_("Changed meanwhile"),
    413: N_("Too large"),
    415: N_("Wrong media type"),
    422: N_("Some fields need your attention"),
    428: N_("A version is required"),
    429: N_("Too many requests"),
    500: N_("A fault on our side"),
    503: N_("Busy"),
}
_KEY_REUSED: Final = N_(
    "This Idempotency-Key came with another request before. Use a new key for a new request."
)
_FAULT: Final = N_("The market could not do this. The fault was noted; nothing of yours is lost.")


def for_programs() -> bool:
    """Is this request one to the API, whatever became of it?"""
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def speak() -> None:
    """Answers in the first language of Accept-Language that the market speaks, zh-CN being zh."""
    for tag in request.accept_languages.values():
        primary = tag.partition("-")[0].lower()
        if primary in LANGUAGES:
            request.environ[LANGUAGE_KEY] = primary
            return


def answer(error: Exception) -> Response:
    """The problem for any exception that left an operation or the way to it."""
    speak()
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, HTTPException) and error.code is not None:
        return _http(error, error.code)
    log.error("fault", endpoint=request.endpoint, method=request.method, exc_info=error)
    return _problem(500, "fault", plain(_FAULT))


def _refused(refused: Refused) -> Response:
    more: dict[str, Any] = {}
    if isinstance(refused, Invalid):
        more["errors"] = [
            _field(name, problem)
            for name, problems in refused.problems.items()
            for problem in problems
        ]
        detail = plain(N_("Correct the fields named in “errors”; nothing was written."))
    else:
        detail = plain(_KEY_REUSED) if isinstance(refused, KeyReused) else said(refused)
    made = _problem(refused.status, refused.code, detail, **more)
    if isinstance(refused, NoToken | BadToken):
        made.headers["WWW-Authenticate"] = f'Bearer realm="qiaoyi", error="{refused.code}"'
    if isinstance(refused, Busy):
        made.headers["Retry-After"] = RETRY_AFTER
    if "seconds" in refused.params:
        made.headers["Retry-After"] = str(refused.params["seconds"])
    return made


def _field(name: str, problem: Problem) -> dict[str, str]:
    detail = plain(problem.text, **problem.params)
    return {"field": name, "code": problem.code, "detail": detail}


def _http(error: HTTPException, status: int) -> Response:
    title = TITLES.get(status, TITLES[400])
    made = _problem(status, f"http_{status}", plain(title))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            made.headers[name] = value
    return made


def _problem(status: int, code: str, detail: str, **more: Any) -> Response:
    body = {
        "type": f"urn:qiaoyi:problem:{code}",
        "title": plain(TITLES.get(status, TITLES[400])),
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    made: Response = jsonify(body)
    made.status_code, made.mimetype = status, MEDIA_TYPE
    made.headers["Content-Language"] = page_language()
    made.headers["Cache-Control"] = "no-store"
    made.vary.update(("Accept-Language", "Authorization"))
    return made

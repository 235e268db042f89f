"""Every refusal and fault becomes its page here, and nowhere else: never a stack trace."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from core.database import lost
from core.errors import Busy, Invalid, Refused
from core.i18n import N_
from core.results import Refusal, Result
from webapp import denials
from webapp.api import problems
from webapp.api.problems import RETRY_AFTER
from webapp.language import plain
from webapp.presenters.failures import failure
from webapp.presenters.refusals import said

log = structlog.get_logger()

FORM_TOO_OLD = N_("This form is too old to be sent. Load the page again, then send it.")


def sentence(refused: Refused) -> str:
    """The refusal's sentence in the page's language."""
    if isinstance(refused, Invalid):
        problems = [problem for field in refused.problems.values() for problem in field]
        return " ".join(plain(problem.text, **problem.params) for problem in problems)
    return said(refused)


def unwrap(result: Result) -> Result:
    """Raises a remembered refusal as the exception that its code names; else gives it back."""
    if isinstance(result, Refusal):
        raise Refused.codes[result.code](**result.params)
    return result


def install(app: Flask) -> None:
    """Registers the handlers; texts come from `webapp.presenters.failures` and the refusals."""
    app.jinja_env.globals["failure"] = failure
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _fault)


def _page(status: int, refusal: str = "") -> Response:
    try:
        body = render_template("errors/page.html", status=status, refusal=refusal)
    except Exception:
        # The layout itself needs the database (who is signed in): it may be what is broken.
        log.exception("error page")
        body = render_template("errors/plain.html", status=status, refusal=refusal)
    return make_response(body, status)


def _refused(refused: Refused) -> Response:
    denials.note(refused)
    if problems.for_programs():
        return problems.answer(refused)
    answer = _page(refused.status, "" if refused.status == 404 else sentence(refused))
    if isinstance(refused, Busy):
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _csrf(_error: CSRFError) -> Response:
    return _page(400, plain(FORM_TOO_OLD))


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if problems.for_programs():
        return problems.answer(error)
    answer = _page(error.code)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


def _database(error: DBAPIError) -> Any:
    """A server that is away comes back: whoever asks again is answered."""
    if not lost(error):
        return _fault(error)
    log.warning(
        "database away", endpoint=request.endpoint, method=request.method, cause=repr(error.orig)
    )
    return _http(ServiceUnavailable(retry_after=int(RETRY_AFTER)))


def _fault(error: Exception) -> Response:
    if problems.for_programs():
        return problems.answer(error)
    log.error("fault", endpoint=request.endpoint, method=request.method, exc_info=error)
    return _page(500)

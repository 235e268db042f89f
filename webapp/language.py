"""The language of a page is part of its address: no prefix is the market's own, `/en` the other.

A WSGI layer moves the prefix into SCRIPT_NAME, so `url_for` keeps it without help from any view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, g, has_request_context, request
from markupsafe import Markup, escape

from core import i18n

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

TAGS = {"zh": "zh-Hans", "en": "en"}
LANGUAGE_KEY, ROOT_KEY = "qiaoyi.language", "qiaoyi.root"


class LanguagePrefix:
    """Takes `/en` (any language that is not the market's) off the path and notes it."""

    def __init__(self, app: WSGIApplication, default: str) -> None:
        self.app, self.default = app, default

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        root = environ.get("SCRIPT_NAME", "")
        first, _, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        environ[ROOT_KEY], environ[LANGUAGE_KEY] = root, self.default
        if first in i18n.LANGUAGES and environ.get("PATH_INFO", "").startswith(f"/{first}"):
            if first == self.default:
                return _moved(environ, start, f"{root}/{rest}")
            environ[LANGUAGE_KEY] = first
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = f"{root}/{first}", f"/{rest}"
        return self.app(environ, start)


def _moved(environ: WSGIEnvironment, start: StartResponse, path: str) -> Iterable[bytes]:
    """The market's own language has one address per page: the one without a prefix."""
    raw = path.encode("latin-1")
    # A path of two slashes would be read as another host's name by the browser.
    target = "/" + quote(raw, safe="/:@!$&'()*+,;=~%").lstrip("/")
    query = environ.get("QUERY_STRING", "")
    start("308 Permanent Redirect", [("Location", f"{target}?{query}" if query else target)])
    return [b""]


def page_language() -> str:
    """`zh` or `en`: the language the address asks for; outside a request the market's own."""
    if not has_request_context():
        return str(getattr(g, "language", "zh")) if g else "zh"
    return str(request.environ.get(LANGUAGE_KEY, "zh"))


def in_language(language: str, path: str, default: str) -> str:
    """Address of `path` (site-absolute, without language prefix) in `language`."""
    root = str(request.environ.get(ROOT_KEY, ""))
    return f"{root}{path}" if language == default else f"{root}/{language}{path}"


def this_page(language: str, default: str, *, query: bool = True) -> str:
    """The address of the page being shown, in `language`; what the language switch links to."""
    path = quote(request.path.encode(), safe="/:@!$&'()*+,;=~")
    asked = request.query_string.decode("ascii", "replace") if query else ""
    return in_language(language, path, default) + (f"?{asked}" if asked else "")


def _filled(text: str, params: dict[str, Any]) -> Markup:
    """Texts are plain: they are escaped first, and a parameter may be Markup, as a link is."""
    return Markup(escape(text) % params) if params else Markup(escape(text))  # noqa: S704


def gettext(message: str, **params: Any) -> Markup:
    """The interface text in the page's language, safe to print in HTML and in attributes."""
    return _filled(i18n.translator(page_language()).gettext(message), params)


def pgettext(context: str, message: str, **params: Any) -> Markup:
    """As `gettext`, for a word that reads otherwise in another place."""
    return _filled(i18n.translator(page_language()).pgettext(context, message), params)


def ngettext(one: str, many: str, n: int, **params: Any) -> Markup:
    """As `gettext`, for a counted thing; `%(num)s` is the grouped number."""
    words = i18n.translator(page_language()).ngettext(one, many, n)
    return _filled(words, {"num": f"{n:,}", **params})


def plain(message: str, **params: Any) -> str:
    """The interface text as plain text, for headers, feeds and forms (which escape it again)."""
    words = i18n.translator(page_language()).gettext(message)
    return words % params if params else words


def install(app: Flask, default: str) -> None:
    setattr(app, "wsgi_app", LanguagePrefix(app.wsgi_app, default))  # noqa: B010 - mypy takes it for a method

    def others() -> list[dict[str, str]]:
        return [
            {"tag": TAGS[code], "name": i18n.LANGUAGE_NAMES[code], "url": this_page(code, default)}
            for code in i18n.LANGUAGES
            if code != page_language()
        ]

    named: dict[str, Callable[..., Any]] = {
        "_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext,
        "page_language": page_language,
        "other_languages": others,
    }  # fmt: skip
    app.jinja_env.globals.update(named)

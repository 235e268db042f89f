"""Everything a page needs beside its own data, put into the app in one call."""

from collections.abc import Callable
from typing import Any

from flask import Flask, request

from core.actor import Actor
from core.i18n import LANGUAGES
from webapp import language, navigation, security_headers, static_files
from webapp.language import ROOT_KEY, TAGS, page_language, this_page
from webapp.market import Market
from webapp.presenters import console, showing, standing


def install(app: Flask, market: Market, current_actor: Callable[[], Actor]) -> None:
    """Language prefix, static files, headers, template globals. The app has no static folder."""
    app.extensions["qiaoyi.market"] = market
    language.install(app, market.language)
    static_files.install(app)
    security_headers.install(app, https=market.https)
    showing.install(app)
    standing.install(app)
    console.install(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    def address(code: str) -> str:
        path = this_page(code, market.language, query=False)
        # `base_url` already holds what the market is mounted under.
        return market.base_url + path.removeprefix(str(request.environ.get(ROOT_KEY, "")))

    def page() -> dict[str, Any]:
        return {
            "actor": current_actor(),
            "navigation": navigation,
            "html_language": TAGS[page_language()],
            "canonical": address(page_language()),
            "alternates": [(TAGS[code], address(code)) for code in LANGUAGES],
            "partial": request.headers.get("HX-Request") == "true",
        }

    app.context_processor(page)

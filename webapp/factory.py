"""Makes the page server's app from a wired market. Nothing starts here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from bootstrap import Runtime
from core.settings import Settings
from webapp import (
    access,
    body_limits,
    cli,
    consents,
    errors,
    features,
    interface,
    numbers,
    search_limit,
    sessions,
    support,
    unkeepable,
    views,
)
from webapp.api import serving as api
from webapp.market import Market
from webapp.runtime import bind

ROOT: Final = Path(__file__).resolve().parent.parent
FORM_PARTS: Final = 1000


def create_app(runtime: Runtime) -> Flask:
    """The app of one installation: every view, form guard, header and command."""
    app = Flask("qiaoyi", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.config.update(configuration(runtime.settings))
    bind(app, runtime)
    numbers.install(app)
    body_limits.install(app)
    csrf = CSRFProtect(app)
    unkeepable.install(app)
    search_limit.install(app)
    sessions.install(app)
    support.install(app)
    features.install(app)
    consents.install(app)
    access.install(app)
    interface.install(app, Market.of(runtime.settings), sessions.current_actor)
    errors.install(app)
    for blueprint in views.blueprints():
        app.register_blueprint(blueprint)
    api.install(app, csrf)
    access.require_all(app)
    cli.install(app)
    behind_proxies(app, runtime.settings.proxies)
    return app


def behind_proxies(app: Flask, count: int) -> None:
    """Believes exactly `count` proxies about the visitor's address, scheme and host.

    With none, every header that claims one is ignored; with a proxy that is not counted, all
    visitors would share its address and its limits.
    """
    if count:
        fixed = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        setattr(app, "wsgi_app", fixed)  # noqa: B010  mypy takes it for a method


def configuration(settings: Settings) -> dict[str, object]:
    """Flask's own switches: it ships with the safe ones off."""
    https = settings.address.startswith("https://")
    hosts = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
    return {
        "SECRET_KEY": settings.secret(),
        "SESSION_COOKIE_NAME": "__Host-market" if https else "market",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "MAX_CONTENT_LENGTH": settings.max_upload,
        "MAX_FORM_MEMORY_SIZE": body_limits.FORM,
        "MAX_FORM_PARTS": FORM_PARTS,
        "TRUSTED_HOSTS": hosts or ["localhost", "127.0.0.1", "[::1]"],
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": https,
        "TEMPLATES_AUTO_RELOAD": settings.env == "development",
        "JSON_SORT_KEYS": False,
    }

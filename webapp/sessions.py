"""Who is signed in. The only module that knows Flask-Login.

The cookie holds a random token; the row it opens lives in the database and can be ended there at
any moment. Everything about the actor is looked up anew in every request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import structlog
from flask import Flask, Response, abort, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from accounts.actions.touch_session import touch_session
from accounts.codes import hash_token
from accounts.factors.rules import needs_factor
from accounts.limits import fingerprint
from accounts.permissions import may
from accounts.queries import SignedIn, actor_of, find_session, load_actor, people_names
from accounts.rules import FRESH, SEEN_EVERY
from accounts.support.queries import open_view
from core.actor import ANONYMOUS, SYSTEM, Actor
from core.errors import NotFound
from core.i18n import N_
from webapp.kept_forms import keep
from webapp.language import page_language, plain
from webapp.runtime import the_market

log = structlog.get_logger()
_SAFE: Final = frozenset({"GET", "HEAD"})
_STALE: Final = "qiaoyi.stale_session"
_HALF: Final = "half"
"""Where the cookie keeps the token that the password earned: it opens no session."""
_ASKED: Final = "asked"
"""Where the cookie keeps which challenge this browser's passkey was asked to sign."""
_SIGN_ON: Final = "sign_on"
"""Where the cookie keeps the journey to a provider that this browser began."""
_LANGUAGE: Final = "sign_on_language"
_NEWCOMER: Final = "newcomer"
"""Where the cookie keeps the journey of somebody whom we do not know yet."""
_LOOKING: Final = "looking"
"""Where the cookie keeps in which support view the browser is; the row decides whether it is."""
_VIEW: Final = "qiaoyi.support_view"
_WITHOUT_FACTOR: Final = frozenset(
    {"security", "passkeys", "again", "static", "favicon", "health", "development"}
)
"""Blueprints and endpoints that a role which needs a second factor reaches before it has one."""


@dataclass(eq=False)
class Visitor(UserMixin):  # type: ignore[misc]  # flask_login ships no types
    """A session in force and the actor behind it, for the length of one request."""

    token: str
    signed: SignedIn
    actor: Actor
    now: datetime

    def get_id(self) -> str:
        return self.token


def install(app: Flask) -> None:
    """Looks the token up where a page asks; notes use; keeps personal pages out of caches."""
    manager = LoginManager()
    # Its own protection binds a session to an address, which a phone changes while it moves.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)
    app.before_request(_ask_for_factor)
    app.after_request(_keep_private)
    app.after_request(_note_use)


def _load(token: str) -> Visitor | None:
    database = the_market().database
    with database.read() as reading:
        now = database.now(reading)
        signed = find_session(reading, hash_token(token), now)
        if signed is None:
            return None
        actor = actor_of(reading, signed, now)
    if now - signed.last_seen_at >= SEEN_EVERY:
        setattr(g, _STALE, signed.session)
    return Visitor(token, signed, actor, now)


def _visitor() -> Visitor | None:
    found = current_user._get_current_object()  # noqa: SLF001  the proxy's own way out
    return found if isinstance(found, Visitor) else None


def current_actor() -> Actor:
    """Who asks, with the seats that hold now and the language of the page; in a support view the
    person who is looked at, for reading only."""
    visitor, view = _visitor(), support_view()
    mine = visitor.actor if visitor else ANONYMOUS
    return replace(view.person if view else mine, language=page_language())


@dataclass(frozen=True)
class SupportView:
    """An operator in the pages of a person who lets them."""

    grant: str
    operator: Actor
    person: Actor
    name: str
    until: datetime


def support_view() -> SupportView | None:
    """The view in which this browser is: asked of the database in every request, so that it is
    over the moment that one of the two says so."""
    if _LOOKING not in session:
        return None
    if _VIEW not in g:
        found = _support_view(str(session[_LOOKING]))
        if found is None:
            session.pop(_LOOKING)
        setattr(g, _VIEW, found)
    kept: SupportView | None = g.get(_VIEW)
    return kept


def _support_view(grant: str) -> SupportView | None:
    visitor = _visitor()
    if visitor is None or not may(visitor.actor, "operate"):
        return None
    with the_market().database.read() as reading:
        operator = visitor.actor.person or ""
        row = open_view(reading, grant, operator, visitor.now)
        if row is None or row.until is None:
            return None
        seen = load_actor(reading, row.person, visitor.now)
        name = people_names(reading, [row.person], page_language()).get(row.person, "")
    person = replace(seen, looking=grant)
    return SupportView(grant, visitor.actor, person, name, row.until)


def look_at(grant: str) -> None:
    """From now on this browser shows what the person of the grant sees."""
    session[_LOOKING] = grant


def stop_looking() -> None:
    """This browser shows its own pages again."""
    session.pop(_LOOKING, None)
    g.pop(_VIEW, None)


def current_session() -> SignedIn | None:
    """The session behind the page, for its owner's list and for signing out."""
    visitor = _visitor()
    return visitor.signed if visitor else None


def enter(token: str) -> None:
    """Puts a fresh token in the cookie. Whatever the browser carried before is dropped, so a
    session planted before the sign-in is worth nothing after it."""
    visitor = _load(token)
    if visitor is None:
        raise LookupError("this token opens no session")
    session.clear()
    login_user(visitor)


def keep_half(token: str) -> None:
    """Puts the token that a right password earned in the cookie; nothing is open yet."""
    session.clear()
    session[_HALF] = token


def half() -> str:
    """The token that `keep_half` put there; empty where no password was given."""
    return str(session.get(_HALF, ""))


def keep_asked(challenge: str) -> None:
    """Binds a passkey's challenge to this browser, until its answer or the next one."""
    session[_ASKED] = challenge


def asked() -> str:
    """The challenge that `keep_asked` put there, taken out; empty where there is none."""
    return str(session.pop(_ASKED, ""))


def keep_sign_on(journey: str) -> None:
    """Binds a journey to a provider to this browser, until its answer or the next one."""
    session[_SIGN_ON], session[_LANGUAGE] = journey, request.script_root


def language_left() -> str:
    """The prefix of the language in which the journey began: providers know one address only."""
    return str(session.get(_LANGUAGE, ""))


def sign_on() -> str:
    """The journey that `keep_sign_on` put there, taken out; empty where there is none."""
    return str(session.pop(_SIGN_ON, ""))


def keep_newcomer(journey: str) -> None:
    """Whom the provider of this journey named may make an account; whatever else is dropped."""
    session.clear()
    session[_NEWCOMER] = journey


def newcomer() -> str:
    """The journey that `keep_newcomer` put there; empty where there is none."""
    return str(session.get(_NEWCOMER, ""))


def leave() -> None:
    """Empties the cookie; ending the row is the action's work."""
    logout_user()
    session.clear()


def is_over() -> bool:
    """Has this very request ended the session that carried it?"""
    visitor = _visitor()
    return visitor is not None and _load(visitor.token) is None


def need_person() -> Actor:
    """The signed-in actor; whoever is not signed in is sent to sign in and comes back."""
    actor = current_actor()
    if actor.kind != "person":
        back = request.full_path.rstrip("?") if request.method == "GET" else "/"
        abort(redirect(f"{request.script_root}/sign-in?{urlencode({'next': back})}"))
    return actor


def need_fresh() -> Actor:
    """As `need_person`; whoever has not shown lately who they are does so first and comes back.
    Routes declare it (`@access(…, fresh=True)`); for what weighs much by what was typed only."""
    actor = need_person()
    visitor = _visitor()
    if visitor is None or visitor.now - visitor.signed.proven_at > FRESH:
        back = request.full_path.rstrip("?") if request.method in _SAFE else _put_off(actor)
        abort(redirect(f"{request.script_root}/sign-in/again?{urlencode({'next': back})}"))
    return actor


def _put_off(actor: Actor) -> str:
    """Where the sender of a form comes back to: to what they filled in, else to the page before."""
    visitor = _visitor()
    kept = keep(actor, visitor.signed.session) if visitor else ""
    if kept:
        words = N_("Nothing was changed yet, and what you filled in is kept for ten minutes: first "
                   "show again that it is you, then press once more.")  # fmt: skip
    else:
        words = N_("Nothing was changed yet: first show again that it is you, then repeat it.")
    flash(plain(words), "due")
    return f"/sign-in/again/kept/{kept}" if kept else _page_before()


def _page_before() -> str:
    """The page of ours that the form stands on, without its language prefix."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host:
        return "/account"
    asked = before.path.removeprefix(request.script_root) or "/"
    return f"{asked}?{before.query}" if before.query else asked


def _ask_for_factor() -> ResponseReturnValue | None:
    """Roles that must have a second factor reach nothing but its set-up until they have one."""
    if request.blueprint in _WITHOUT_FACTOR or request.endpoint in _WITHOUT_FACTOR:
        return None
    if request.endpoint == "doors.leave" or "_user_id" not in session:
        return None
    visitor = _visitor()
    if visitor is None or visitor.signed.protected:
        return None
    if any(needs_factor(seat.roles) for seat in visitor.actor.seats):
        return redirect(url_for("security.show"))
    return None


def need(do: str) -> Actor:
    """The signed-in actor who may `operate` or `oversee`; to others the page does not exist."""
    actor = need_person()
    if not may(actor, do):
        raise NotFound
    return actor


def safe_next(target: str | None, fallback: str = "/") -> str:
    """A path of this site, with its language prefix; anything else becomes `fallback`."""
    path = target or fallback
    if not _is_own_path(path):
        path = fallback
    return request.script_root + path


def _is_own_path(path: str) -> bool:
    if not path.startswith("/") or path[1:2] in {"/", "\\"} or "\\" in path:
        return False
    if any(ord(sign) < 0x20 or ord(sign) == 0x7F for sign in path):
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc


def origin() -> str:
    """The visitor's address as limits count it: a fingerprint, never the address."""
    return fingerprint(request.remote_addr or "")


def network() -> str:
    """The first part of the visitor's address: three of four numbers, or three of eight groups."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.version == 4:
        return ".".join([*str(address).split(".")[:3], "x"])
    return ":".join([*address.exploded.split(":")[:3], "x"])


def agent() -> str:
    """What the browser calls itself, so that people recognise their sessions."""
    return request.user_agent.string


def _keep_private(response: Response) -> Response:
    if "_login_user" in g and _visitor() is not None:  # a static file asks for nobody
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _note_use(response: Response) -> Response:
    stale: Any = g.pop(_STALE, None)
    if stale:
        try:
            the_market().executor.run(SYSTEM, touch_session, stale)
        except Exception:
            log.exception("session not noted")  # it is a courtesy; the page is already made
    return response

"""Signing on through one's institution: finding it, going there, coming back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from accounts.codes import Codes, hash_token, new_session_token
from accounts.errors import TooManyAttempts
from accounts.limits import count_request, fingerprint
from accounts.results import SecondNeeded, TurnedAway
from accounts.sign_on.actions.begin_sign_on import Purpose, begin_sign_on
from accounts.sign_on.actions.enter_by_sign_on import enter_by_sign_on
from accounts.sign_on.actions.link_identity import link_identity
from accounts.sign_on.actions.open_account import open_account
from accounts.sign_on.actions.prove_by_sign_on import prove_by_sign_on
from accounts.sign_on.actions.take_answer import take_answer
from accounts.sign_on.checking import Claims
from accounts.sign_on.errors import SignOnDenied, SignOnOver
from accounts.sign_on.offers import offers_to
from accounts.sign_on.parties import Party, party
from accounts.sign_on.queries import find_institutions, newcomer, target_of
from accounts.sign_on.results import Stranger
from accounts.sign_on.tasks.ask_provider import Journey, address_of, discover, redeem
from core.actor import ANONYMOUS
from core.errors import NotFound, Refused
from webapp import sessions
from webapp.access import PERSON, PUBLIC, access
from webapp.forms.sign_on import NewAccountForm
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.views.account.doors import keep_next, remember

blueprint = Blueprint("sign_on", __name__, url_prefix="/sign-on")
BEGUN_A_MINUTE: Final = 20
"""Journeys that one address may begin; each asks a provider."""


@blueprint.get("")
@access(PUBLIC)
def find() -> ResponseReturnValue:
    asked = request.args.get("name", "").strip()[:254]
    with the_market().database.read() as reading:
        found = find_institutions(reading, asked, page_language()) if asked else []
    return render_template("account/sign_on.html", asked=asked, found=found)


@blueprint.get("/<provider>/go")
@access(PUBLIC, of="provider")
def go(provider: str) -> ResponseReturnValue:
    """A link and no form: the policy of our pages lets no form lead to another site."""
    target = sessions.safe_next(request.args.get("next"))
    if sessions.current_actor().kind == "person":
        return redirect(target)
    return redirect(set_out(provider, "enter", request.args.get("next", "")))


@blueprint.get("/<provider>/again")
@access(PERSON, of="provider")
def again(provider: str) -> ResponseReturnValue:
    """A link and no form, as above: who signs on so shows there again who they are."""
    sessions.need_person()
    return redirect(set_out(provider, "again", request.args.get("next", "")))


def set_out(provider: str, purpose: Purpose, target: str = "") -> str:
    """The address at the provider that begins the journey. Raises NotFound, ProviderSilent,
    TooManyAttempts."""
    market = the_market()
    ports = market.executor.ports
    with market.database.read() as reading:
        other = party(reading, ports, provider)
    if purpose != "link" and other.organisation is None:
        raise NotFound  # ORCID says who somebody is, and opens no account
    subject = fingerprint(f"sign-on:{request.remote_addr}")
    if count_request(market.database, subject, BEGUN_A_MINUTE).exceeded:
        raise TooManyAttempts(minutes=1)
    offer = discover(ports.outbound, other.issuer)
    actor = sessions.current_actor()
    begun = market.executor.run(actor, begin_sign_on, provider, purpose, target)
    sessions.keep_sign_on(begun.ref)
    journey = _journey(other, begun.ref)
    return address_of(offer, other, replace(journey, again=purpose == "again"))


def _journey(other: Party, sign_on: str) -> Journey:
    ports = the_market().executor.ports
    codes = Codes(ports.secret)
    return Journey(
        codes.token("sign_on", sign_on),
        codes.derived("sign_on_nonce", sign_on),
        codes.derived("sign_on_verifier", sign_on),
        other.back(ports.address),
    )


@blueprint.get("/<provider>/back")
@access(PUBLIC, of="provider")
def back(provider: str) -> ResponseReturnValue:
    """The provider's answer counts for the browser that set out, for the provider that it went to,
    and once."""
    left = sessions.language_left()
    if left and not request.script_root:
        return redirect(left + request.full_path)
    market, sign_on = the_market(), sessions.sign_on()
    ports = market.executor.ports
    said = Codes(ports.secret).read_token("sign_on", request.args.get("state", ""))
    if not sign_on or said != sign_on:
        raise SignOnOver
    purpose = market.executor.run(sessions.current_actor(), take_answer, sign_on, provider).ref
    if "error" in request.args:
        raise SignOnDenied
    with market.database.read() as reading:
        other, now = party(reading, ports, provider), market.database.now(reading)
        target = target_of(reading, sign_on)
    typed = request.args.get("code", ""), request.args.get("iss"), now
    claims = redeem(ports.outbound, other, _journey(other, sign_on), *typed)
    if purpose == "link":
        market.executor.run(sessions.need_person(), link_identity, sign_on, claims)
        return redirect(url_for("identities.show"))
    if purpose == "again":
        return _prove(sign_on, claims, target)
    return _enter(sign_on, claims, target)


def _prove(sign_on: str, claims: Claims, target: str) -> ResponseReturnValue:
    signed = sessions.current_session()
    typed = sign_on, claims, signed.session if signed else ""
    answer = the_market().executor.run(sessions.need_person(), prove_by_sign_on, *typed)
    if isinstance(answer, TurnedAway):
        raise Refused.codes[answer.code]
    return redirect(sessions.safe_next(target, "/account"))


def _enter(sign_on: str, claims: Claims, target: str) -> ResponseReturnValue:
    token, run = new_session_token(), the_market().executor.run
    whence = sessions.agent(), sessions.network()
    opened = run(ANONYMOUS, enter_by_sign_on, sign_on, claims, hash_token(token), *whence)
    if isinstance(opened, Stranger):
        sessions.keep_newcomer(opened.sign_on)
        return redirect(url_for(".new"))
    if isinstance(opened, SecondNeeded):
        sessions.keep_half(token)
        return redirect(url_for("doors.second", next=target or None))
    sessions.enter(token)
    return redirect(_after(target))


def _after(target: str) -> str:
    """Whoever could join an organisation sees that first."""
    with the_market().database.read() as reading:
        offered = offers_to(reading, sessions.current_actor())
    return url_for("offers.show") if offered and not target else sessions.safe_next(target)


@blueprint.route("/new", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def new() -> ResponseReturnValue:
    sign_on, market = sessions.newcomer(), the_market()
    if not sign_on:
        return redirect(url_for("doors.enter"))
    with market.database.read() as reading:
        now = market.database.now(reading)
        who = newcomer(reading, sign_on, now, page_language())
    form = NewAccountForm(name=who.name)
    typed = (sign_on, form.contact.data, form.name.data, page_language(), sessions.origin())
    asked = form.accepted(lambda: market.executor.run(ANONYMOUS, open_account, *typed))
    if asked is None:
        return render_template("account/sign_on_new.html", form=form, who=who), form.status
    session.clear()
    remember(form.contact.data)
    keep_next("/organisations/offers")
    return redirect(url_for("doors.confirm", challenge=asked.ref))

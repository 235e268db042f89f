"""Signing a frozen contract electronically: for each side, beside the path of paper."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from accounts.factors.actions.prove_with_code import prove_with_code
from accounts.results import TurnedAway
from contracts.queries import ContractPage
from contracts.signing.actions.take_back_signature import take_back_signature
from contracts.signing.click import CODE as MARKET
from contracts.signing.consent import CLAIMS, DOES_NOT_CLAIM, WORDS
from contracts.signing.models import ContractSignature
from contracts.signing.states import SignatureState
from core.errors import Forbidden, NotFound
from core.results import Done
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.contract_forms import SignatureForm
from webapp.language import gettext as _
from webapp.runtime import the_market
from webapp.sessions import current_session, need_person, origin
from webapp.views.deals import contract_showing as showing
from webapp.views.deals.contract_reading import contract_of
from webapp.views.deals.ids import deal_url
from webapp.views.deals.words import lend_words

blueprint = Blueprint("contract_signing", __name__, url_prefix="/deals/<shown>/contract")
lend_words(blueprint)
_SAID: Final = {"words": WORDS, "claims": CLAIMS, "claims_not": DOES_NOT_CLAIM}


@blueprint.route("/sign-electronically", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal", fresh=True)
def sign(shown: str) -> Any:
    found, form, session = contract_of(shown), SignatureForm(), current_session()
    if request.method == "GET" and "ask_signature" not in found.acts:
        return redirect(deal_url(found.deal.id, "contract"))
    done = form.accepted(lambda: _sign(found, form, session.session if session else ""))
    if done is None:
        page = render_template(
            "contracts/sign_electronically.html", page=found, show=showing, form=form,
            protected=session is not None and session.protected, here=_is_here(),
            rule=_rule(found), **_SAID,
        )  # fmt: skip
        return page, form.status
    return _back(found, _after(contract_of(shown)))


def _sign(found: ContractPage, form: SignatureForm, session: str) -> Done | TurnedAway:
    """A code is used up first: wrong ones are counted, whatever else is wrong."""
    if found.side is None:
        raise Forbidden(do="sign")
    runtime, actor = the_market(), need_person()
    if form.code.data:
        proof = runtime.executor.run(actor, prove_with_code, session, form.code.data, origin())
        if isinstance(proof, TurnedAway):
            return proof
    return Done(runtime.signing.sign(actor, found.row.id, form.intent(), session))


@blueprint.post("/signatures/<id>/fetch")
@access(PERSON, of="signature")
def fetch(shown: str, id: str) -> Response:
    """The service's call may have been lost: its answer is asked for."""
    found, row = _own(shown, id)
    the_market().signing.fetch(need_person(), row.id)
    return _back(found, _after(contract_of(shown)))


@blueprint.post("/signatures/<id>/take-back")
@access(PERSON, of="signature")
def take_back(shown: str, id: str) -> Response:
    found, row = _own(shown, id)
    the_market().executor.run(need_person(), take_back_signature, row.id)
    return _back(found, _("The signature was taken back. Begin again, or sign on paper."))


@blueprint.get("/signatures/<id>/evidence")
@access(PERSON, of="signature")
def evidence(shown: str, id: str) -> Response:
    """As the provider gave it; of the market itself a sealed file that `/verify` reads."""
    found = contract_of(shown)
    row = _signature(found, id)
    if row.evidence is None:
        raise NotFound(ref=id)
    ending = "zip" if row.provider == MARKET else "bin"
    name = f"{found.row.number.replace('/', '-')}-{row.side}-signature.{ending}"
    return attachment(the_market().files.path(row.evidence), name)


@blueprint.get("/document.pdf")
@access(PERSON, of="deal")
def document(shown: str) -> Response:
    """The very octets that are signed."""
    found = contract_of(shown)
    if found.document is None:
        raise NotFound(ref=shown)
    name = f"{found.row.number.replace('/', '-')}-signed-text.pdf"
    return attachment(the_market().files.path(found.document.sha256), name)


def _own(shown: str, id: str) -> tuple[ContractPage, ContractSignature]:
    found = contract_of(shown)
    row = _signature(found, id)
    if row.side != found.side:
        raise Forbidden(do="sign")
    return found, row


def _signature(found: ContractPage, id: str) -> ContractSignature:
    named = next((one for one in found.signatures if one.id == id), None)
    if named is None:
        raise NotFound(ref=id)
    return named


def _rule(found: ContractPage) -> showing.Law | None:
    """What the law that the deal pinned says of electronic signatures."""
    profile = the_market().law.profile(found.deal.jurisdiction, found.deal.law_on)
    return next(iter(showing.laws(profile, ["contract.electronic_signature"])), None)


def _is_here() -> bool:
    """Whether people sign on the market's own page."""
    return the_market().signing.signing.code == MARKET


def _after(found: ContractPage) -> str:
    row = found.signature_of(str(found.side))
    if row is None or row.state == SignatureState.DECLINED:
        return _("The signing service says that it was declined.")
    if row.state == SignatureState.ASKED:
        return _("The signing service waits for you. Sign there, and come back.")
    return _("You have signed for your side.")


def _back(page: ContractPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(page.deal.id, "contract"), 303)

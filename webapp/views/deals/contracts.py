"""The contract of a deal: drawn up by both sides, read by rule, frozen, signed on paper.

Signing it electronically is in `contract_signing.py`."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from accounts.permissions import may
from billing.permissions import Do as Money
from billing.permissions import may as may_money
from contracts.actions.abandon_contract import abandon_contract
from contracts.actions.call_instalment import call_instalment
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.hand_in_copy import hand_in_copy
from contracts.actions.open_contract import open_contract
from contracts.actions.reopen_contract import reopen_contract
from contracts.actions.request_seal import request_seal
from contracts.actions.return_copy import return_copy
from contracts.actions.save_draft import save_draft
from contracts.certificate.queries import certificates_of
from contracts.fees import fees
from contracts.lint import Finding
from contracts.models import ContractCharge, SignedCopy
from contracts.queries import ContractPage, fees_owed
from contracts.registration.queries import standing as registration_of
from contracts.seal_sheet import pdf as seal_pdf
from contracts.sheet import BOTH, sheet
from contracts.signing.queries import Standing, standing
from contracts.states import ContractState
from contracts.typesetting import pdf
from core.audit import public_key, signing_key
from core.errors import Forbidden, NotFound
from core.i18n import N_
from core.law import Profile
from core.times import legal_date
from deals.deciding.queries import decision_page
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.contract_forms import CheckForm, DraftForm, SignForm, freeze_form, reasons_of
from webapp.forms.deal_forms import PlainForm
from webapp.forms.decision_forms import SealForm
from webapp.forms.registration_forms import CallForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import whole
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import take_upload
from webapp.views.deals import contract_showing as showing
from webapp.views.deals.contract_reading import contract_of
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("contracts", __name__, url_prefix="/deals/<shown>/contract")
lend_words(blueprint)
_EDITIONS: Final = {"zh": ("zh",), "en": ("en",), "both": BOTH}
_SCAN_LIMIT: Final = 50 * 1024 * 1024
_SCANS: Final = frozenset({"application/pdf"})
_WANTED: Final = N_("Send the scan as a PDF.")


def _run(action: Any, *args: Any, **kw: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args, **kw)


def _law(page: ContractPage) -> tuple[Profile, date]:
    runtime = the_market()
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
    return runtime.law.profile(page.deal.jurisdiction, page.deal.law_on), today


def _found(page: ContractPage) -> tuple[Finding, ...]:
    return () if page.shows_paper else page.findings(*_law(page))


def _back(page: ContractPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(page.deal.id, "contract"), 303)


def _show(name: str, page: ContractPage, **more: Any) -> str:
    return render_template(f"contracts/{name}.html", page=page, show=showing, **more)


@blueprint.get("")
@access(PERSON, of="deal")
def page(shown: str) -> str:
    found = contract_of(shown)
    profile, _today = _law(found)
    with the_market().database.read() as session:
        registration = registration_of(session, found.row.id)
        owed = fees_owed(session, found.row.id)
        certificates = certificates_of(session, found.row.id)
    fee = fees(profile, found.matter.terms).get(str(found.side or ""))
    return _show(
        "page",
        found,
        found=_found(found),
        button=PlainForm(),
        laws=showing.governing(profile),
        stands=_stands(found),
        registration=registration,
        fee=fee,
        certificates=certificates,
        may_certify=found.row.state == ContractState.SIGNED and may(need_person(), "operate"),
        fees=[one for one in owed if may_money(need_person(), Money.READ, one)],
    )


def _stands(found: ContractPage) -> Standing | None:
    """Digests computed anew, where something was signed electronically."""
    if found.document is None:
        return None
    runtime = the_market()
    key = public_key(signing_key(runtime.executor.ports.secret))
    return standing(runtime.files, key, found.row, found.draft, found.document, found.given)


@blueprint.post("")
@access(PERSON, of="deal")
def open_(shown: str) -> Response:
    deal = read("deal", shown)
    _run(open_contract, deal)
    flash(_("The contract is begun with what you agreed on. Write the rest."), "done")
    return redirect(deal_url(deal, "contract", "draft"), 303)


@blueprint.route("/draft", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def draft(shown: str) -> Any:
    found, form = contract_of(shown), DraftForm()
    if request.method == "GET":
        if "save" not in found.acts:
            return redirect(deal_url(found.deal.id, "contract"))
        form.fill(found.draft)
    answering = whole(request.form.get("answering")) or 0
    done = form.accepted(lambda: _run(save_draft, found.row.id, form.draft(), answering))
    if done is None:
        return _show("draft", found, form=form), form.status
    return _back(found, _("The version is saved. The other side sees what changed."))


@blueprint.route("/freeze", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal", fresh=True)
def freeze(shown: str) -> Any:
    found = contract_of(shown)
    stands = _found(found)
    form = freeze_form(stands)
    version = whole(request.form.get("version")) or 0
    done = form.accepted(
        lambda: _run(freeze_contract, found.row.id, version, reasons_of(form, stands))
    )
    if done is None:
        return _show("freeze", found, form=form, found=stands), form.status
    return _back(found, _("The text is frozen. Print it, sign it, and hand in your copy."))


@blueprint.post("/reopen")
@access(PERSON, of="deal")
def reopen(shown: str) -> Response:
    found = contract_of(shown)
    _run(reopen_contract, found.row.id)
    return _back(found, _("The text is open again. Copies that were signed count for nothing."))


@blueprint.post("/abandon")
@access(PERSON, of="deal")
def abandon(shown: str) -> Response:
    found = contract_of(shown)
    _run(abandon_contract, found.row.id)
    return _back(found, _("The contract is given up. The deal stays as it was."))


@blueprint.get("/text/<edition>.pdf")
@access(PERSON, of="deal")
def text(shown: str, edition: str) -> Response:
    """The frozen text, to be printed and signed."""
    found = contract_of(shown)
    if edition not in _EDITIONS or not found.shows_paper:
        raise NotFound(ref=shown)
    row, languages = found.row, _EDITIONS[edition]
    made = pdf(sheet(row.number, row.digest or "", found.matter, found.draft, languages))
    return attachment(made, f"{row.number.replace('/', '-')}-{edition}.pdf", "application/pdf")


@blueprint.route("/sign", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal", fresh=True)
def sign(shown: str) -> Any:
    found, form = contract_of(shown), SignForm()
    if request.method == "GET" and "hand_in" not in found.acts:
        return redirect(deal_url(found.deal.id, "contract"))
    done = form.accepted(lambda: _hand_in(found, form))
    if done is None:
        return _show("sign", found, form=form), form.status
    return _back(found, _("Your copy is handed in. The other side confirms it."))


def _hand_in(found: ContractPage, form: SignForm) -> Any:
    """Looked at before it is stored; nobody stores a file who may not act. Raises Invalid."""
    if found.side is None:
        raise Forbidden(do="hand_in")
    upload = take_upload("scan", limit=_SCAN_LIMIT, of=_SCANS, wanted=_WANTED)
    return _run(hand_in_copy, found.row.id, form.copy(upload))


@blueprint.route("/seals", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal", fresh=True)
def seal(shown: str) -> Any:
    found, form = contract_of(shown), SealForm()
    if request.method == "GET" and not found.may_ask_seal:
        return redirect(deal_url(found.deal.id, "contract"))
    done = form.accepted(
        lambda: _run(request_seal, found.row.id, form.seal.data or "", form.copies.data or 0)
    )
    if done is None:
        return _show("seal", found, form=form), form.status
    return _back(found, _("The request is numbered. Print it and take it to the keeper of seals."))


@blueprint.get("/seals/<int:n>.pdf")
@access(PERSON, of="deal")
def seal_request(shown: str, n: int) -> Response:
    found, runtime, language = contract_of(shown), the_market(), page_language()
    named = next((one for one in found.seals if one.n == n), None)
    if named is None:
        raise NotFound(ref=f"seal:{n}")
    with runtime.database.read() as session:
        decision = decision_page(session, need_person(), found.deal.id, language)
    made = seal_pdf(named, found, decision, language, runtime.settings.zone)
    return attachment(made, f"{found.row.number}-seal-{n}.pdf", "application/pdf")


@blueprint.route("/copies/<id>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="signed copy", fresh=True)
def check(shown: str, id: str) -> Any:
    found, form = contract_of(shown), CheckForm()
    copy = _copy(found, id)
    done = form.accepted(lambda: _check(found, copy, form))
    if done is None:
        return _show("check", found, form=form, copy=copy), 422 if form.errors else 200
    return _back(found, _("What you found is recorded."))


def _check(found: ContractPage, copy: SignedCopy, form: CheckForm) -> Any:
    if form.outcome.data == "return":
        return _run(return_copy, found.row.id, copy.id, form.note.data or "")
    return _run(confirm_copy, found.row.id, copy.id) if form.looked() else None


@blueprint.get("/copies/<id>/scan")
@access(PERSON, of="signed copy")
def scan(shown: str, id: str) -> Response:
    copy = _copy(contract_of(shown), id)
    return attachment(the_market().files.path(copy.sha256), copy.name)


@blueprint.route("/charges/<int:n>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def call(shown: str, n: int) -> Any:
    """An instalment whose event has come gets its last day."""
    found, form = contract_of(shown), CallForm()
    charge = _charge(found, n)
    if request.method == "GET" and (charge.obligation or not found.may_call):
        return redirect(deal_url(found.deal.id, "contract"))
    done = form.accepted(lambda: _run(call_instalment, found.row.id, n, form.due_on.data))
    if done is None:
        return _show("call", found, form=form, charge=charge), form.status
    return _back(found, _("The instalment is asked for; it stands under Money."))


def _charge(found: ContractPage, n: int) -> ContractCharge:
    named = next((charge for charge, _owed in found.charges if charge.n == n), None)
    if named is None:
        raise NotFound(ref=f"charge:{n}")
    return named


def _copy(found: ContractPage, id: str) -> SignedCopy:
    named = next((one for one in found.copies if one.id == id), None)
    if named is None:
        raise NotFound(ref=id)
    return named

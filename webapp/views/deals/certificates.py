"""A signed contract's certificate: issued and withdrawn by the operator, printed by its readers."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from contracts.certificate.actions.issue_certificate import issue_certificate
from contracts.certificate.actions.withdraw_certificate import withdraw_certificate
from contracts.certificate.drawing_up import price_of
from contracts.certificate.models import TradeCertificate
from contracts.certificate.queries import certificates_of, holds
from contracts.certificate.sheet import pdf
from contracts.queries import ContractPage
from contracts.states import ContractState
from core.errors import NotFound
from webapp.access import OPERATE, PERSON, access
from webapp.downloads import attachment
from webapp.forms.certificate_forms import IssueForm, WithdrawForm
from webapp.language import gettext as _
from webapp.presenters.showing import market
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.contract_reading import contract_of
from webapp.views.deals.ids import deal_url
from webapp.views.deals.words import lend_words

blueprint = Blueprint("certificates", __name__, url_prefix="/deals/<shown>/contract/certificate")
lend_words(blueprint)
_LANGUAGES: Final = frozenset({"zh", "en"})


def _run(action: Any, *args: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args)


def _holding(found: ContractPage) -> TradeCertificate | None:
    """The one that was not withdrawn."""
    with the_market().database.read() as session:
        rows = certificates_of(session, found.row.id)
    return next((row for row in rows if holds(row)), None)


def _back(found: ContractPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(found.deal.id, "contract"), 303)


@blueprint.route("", methods=["GET", "POST"])
@access(OPERATE, post=OPERATE, of="deal", fresh=True)
def issue(shown: str) -> Any:
    found, form = contract_of(shown), IssueForm()
    closed = found.row.state != ContractState.SIGNED or _holding(found) is not None
    if request.method == "GET" and closed:
        return redirect(deal_url(found.deal.id, "contract"))
    done = form.accepted(lambda: _run(issue_certificate, found.row.id, bool(form.amount.data)))
    if done is None:
        price = price_of(found.row)
        view = {"page": found, "form": form, "price": price}
        return render_template("contracts/certify.html", **view), form.status
    return _back(found, _("The certificate is issued; both sides are told."))


@blueprint.route("/withdraw", methods=["GET", "POST"])
@access(OPERATE, post=OPERATE, of="deal", fresh=True)
def withdraw(shown: str) -> Any:
    found, form = contract_of(shown), WithdrawForm()
    row = _holding(found)
    if row is None:
        return redirect(deal_url(found.deal.id, "contract"), 303)
    done = form.accepted(
        lambda: _run(withdraw_certificate, found.row.id, row.id, form.reason.data or "")
    )
    if done is None:
        view = {"page": found, "form": form, "row": row}
        return render_template("contracts/withdraw_certificate.html", **view), form.status
    return _back(found, _("The certificate is withdrawn; both sides are told."))


@blueprint.get("/<language>.pdf")
@access(PERSON, of="deal")
def paper(shown: str, language: str) -> Response:
    row = _holding(contract_of(shown))
    if row is None or language not in _LANGUAGES:
        raise NotFound(ref=shown)
    name = f"{row.number.replace('/', '-')}-{language}.pdf"
    return attachment(pdf(row, market().base_url, language), name, "application/pdf")

"""The public page of a trade certificate, for whoever has its number: does it hold, what does it
show, and how is that checked without this market."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contracts.certificate.models import TradeCertificate
from contracts.certificate.queries import certificate_by_number, holds, is_genuine
from contracts.certificate.sheet import STATEMENT, address, facts, proofs
from core.audit import public_key, signing_key
from core.errors import NotFound
from webapp.access import PUBLIC, access
from webapp.downloads import attachment
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.showing import market
from webapp.qr import qr_svg
from webapp.runtime import the_market

blueprint = Blueprint("public_certificates", __name__, url_prefix="/certificates")


def _key() -> str:
    return public_key(signing_key(the_market().executor.ports.secret))


def _found(session: Session, number: str) -> TradeCertificate:
    row = certificate_by_number(session, number)
    if row is None:
        raise NotFound(ref=number)
    return row


@blueprint.get("/<path:number>")
@access(PUBLIC, of="certificate")
def page(number: str) -> str:
    language, key = page_language(), _key()
    with the_market().database.read() as session:
        row = _found(session, number)
        genuine = is_genuine(session, row, key)
    view = {"row": row, "holds": holds(row), "genuine": genuine, "key": key,
            "statement": STATEMENT, "facts": facts(row, language),
            "proofs": proofs(row, language), "issuer": row.shown["issuer"],
            "code": qr_svg(address(market().base_url, number), _("QR code of this page")),
            "address": address(market().base_url, number)}  # fmt: skip
    return render_template("public/certificate.html", **view)


@blueprint.get("/<path:number>/signed.json")
@access(PUBLIC, of="certificate")
def text(number: str) -> Response:
    """The very octets that the signature is over."""
    with the_market().database.read() as session:
        row = _found(session, number)
        if not holds(row):
            raise NotFound(ref=number)
        signed = row.signed_text
    return attachment(signed, "certificate.json", "application/json")

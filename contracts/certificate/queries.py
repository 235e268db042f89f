"""Trade certificates as pages show them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.certificate.content import fits
from contracts.certificate.models import TradeCertificate
from contracts.certificate.states import CertificateState
from contracts.models import Contract


def certificates_of(session: Session, contract: str) -> tuple[TradeCertificate, ...]:
    """Newest first. Permission is the caller's."""
    c = TradeCertificate
    return tuple(session.scalars(select(c).where(c.contract == contract).order_by(c.at.desc())))


def certificate_by_number(session: Session, number: str) -> TradeCertificate | None:
    """For everybody who has the number: it names nothing but itself."""
    same = TradeCertificate.number == number
    return session.scalars(select(TradeCertificate).where(same)).one_or_none()


def holds(row: TradeCertificate) -> bool:
    """Whether it was not withdrawn."""
    return row.state == CertificateState.ISSUED


def is_genuine(session: Session, row: TradeCertificate, key: str) -> bool:
    """Whether the row is what the market's key (base64) signed, and its contract is still the one
    that it names."""
    contract = session.get_one(Contract, row.contract)
    return contract.digest == row.digest and fits(row.signed_text, row.signature, key)

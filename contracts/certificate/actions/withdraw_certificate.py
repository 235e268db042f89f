"""Withdraws a certificate: from then on its page says so and nothing else."""

from __future__ import annotations

from contracts import facts
from contracts.certificate.models import TradeCertificate
from contracts.certificate.permissions import check_may_certify
from contracts.certificate.states import CertificateAct, after
from contracts.models import Contract
from contracts.registration.reasons import check_reason
from core.errors import NotFound
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork


def withdraw_certificate(uow: UnitOfWork, contract: str, certificate: str, reason: str) -> Done:
    """`reason` is read by the parties. Raises NotFound, TakesPart, Invalid,
    CertificateMovedOn."""
    uow.check(check_may_certify, contract)
    check_reason(reason)
    at = uow.lock(Contract, contract)
    row = uow.session.get(TradeCertificate, certificate)
    if row is None or row.contract != contract:
        raise NotFound(ref=f"certificate:{certificate}")
    row.state = after(row.state, CertificateAct.WITHDRAW)
    row.withdrawn_on = legal_date(at.now, uow.ports.zone)
    row.withdrawn_by, row.reason = uow.actor.person, reason.strip()
    at.record("certificate_withdrawn", certificate=certificate, number=row.number)
    at.fact(facts.CERTIFICATE_WITHDRAWN)
    return Done(certificate)

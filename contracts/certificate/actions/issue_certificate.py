"""Certifies a contract that both sides have signed."""

from __future__ import annotations

import base64

from sqlalchemy import select

from contracts import facts
from contracts.certificate.content import signed_text
from contracts.certificate.drawing_up import anchors, price_of, shown
from contracts.certificate.errors import AlreadyCertified, NotSignedWhole
from contracts.certificate.models import TradeCertificate
from contracts.certificate.numbers import next_number
from contracts.certificate.permissions import check_may_certify
from contracts.certificate.states import CertificateState
from contracts.models import Contract
from contracts.states import ContractState
from contracts.working import deal_of
from core.audit import signing_key
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork


def issue_certificate(uow: UnitOfWork, contract: str, with_amount: bool) -> Done:
    """`with_amount`: both parties agreed that the fixed price is shown. Answers the certificate's
    id.

    Raises NotFound, TakesPart, NotSignedWhole, AlreadyCertified; Invalid where the
    contract has no fixed price to show.
    """
    uow.check(check_may_certify, contract)
    at = uow.lock(Contract, contract)
    if at.row.state != ContractState.SIGNED:
        raise NotSignedWhole
    if _holding(uow, contract):
        raise AlreadyCertified
    if with_amount and price_of(at.row) is None:
        said = N_("The contract names no fixed price, so there is no amount to show.")
        raise Invalid({"amount": [Problem("no_amount", said)]})
    deal, on, id = deal_of(uow, at.row), legal_date(at.now, uow.ports.zone), new_id()
    bound, content = anchors(uow, at, deal), shown(uow, at, deal, with_amount=with_amount).dump()
    number = next_number(uow, on, id)
    signature = signing_key(uow.ports.secret).sign(signed_text(number, on, bound, content))
    at.add(
        TradeCertificate(
            id=id,
            contract=contract,
            number=number,
            issued_on=on,
            at=at.now,
            by=uow.actor.person,
            digest=bound.contract,
            entry=bound.entry,
            course=bound.course,
            shown=content,
            signature=base64.b64encode(signature).decode(),
        )
    )
    at.record("certified", certificate=id, number=number, digest=bound.contract)
    at.fact(facts.CONTRACT_CERTIFIED)
    return Done(id)


def _holding(uow: UnitOfWork, contract: str) -> bool:
    c = TradeCertificate
    holds = c.contract == contract, c.state == CertificateState.ISSUED
    return uow.session.scalar(select(c.id).where(*holds)) is not None

"""Electronic signatures as pages show them, and whether what was signed still stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.matter import Draft, Matter, digest
from contracts.models import Contract
from contracts.signing.click import CODE as MARKET
from contracts.signing.models import ContractDocument, ContractSignature
from core.errors import NotFound
from core.files import FileStore
from core.verify import verify


@dataclass(frozen=True)
class Standing:
    """Digests computed anew, compared with those that were signed."""

    text: bool
    """Number, parties, terms and items are those that were frozen."""
    document: bool
    """The PDF is the one that was kept for this text."""
    evidence: bool
    """Every signature's evidence is as it came; of the market's own, its seal fits too."""

    @property
    def whole(self) -> bool:
        return self.text and self.document and self.evidence


def signatures_of(session: Session, contract: str) -> tuple[ContractSignature, ...]:
    """All that were ever begun, in their order."""
    rows = select(ContractSignature).where(ContractSignature.contract == contract)
    return tuple(session.scalars(rows.order_by(ContractSignature.at, ContractSignature.id)))


def document_of(session: Session, row: Contract) -> ContractDocument | None:
    """The PDF of the text that stands frozen now."""
    return session.get(ContractDocument, (row.id, row.digest)) if row.digest else None


def by_reference(session: Session, provider: str, reference: str) -> ContractSignature:
    """Raises NotFound."""
    s = ContractSignature
    where = s.provider == provider, s.reference == reference
    row = session.scalars(select(s).where(*where).order_by(s.at.desc()).limit(1)).first()
    if row is None:
        raise NotFound(ref=f"contract_signature:{reference}")
    return row


def standing(
    files: FileStore,
    key: str,
    row: Contract,
    draft: Draft,
    document: ContractDocument,
    given: tuple[ContractSignature, ...],
) -> Standing:
    """Reads the kept files: some hundred thousand octets. `key`: the market's public one, base64;
    `given`: the signatures that count."""
    again = digest(row.number, Matter.load(row.matter or {}), draft)
    return Standing(
        text=again == row.digest == document.digest,
        document=_same(files, document.sha256),
        evidence=all(_sound(files, key, one) and one.document == document.sha256 for one in given),
    )


def _same(files: FileStore, sha256: str) -> bool:
    return hashlib.sha256(_octets(files, sha256)).hexdigest() == sha256


def _sound(files: FileStore, key: str, row: ContractSignature) -> bool:
    evidence = row.evidence or ""
    if not evidence or not _same(files, evidence):
        return False
    return row.provider != MARKET or not verify(_octets(files, evidence), key).faults


def _octets(files: FileStore, sha256: str) -> bytes:
    """Empty where the file is gone: no digest fits that."""
    try:
        with files.open(sha256) as stored:
            return stored.read()
    except FileNotFoundError:
        return b""

"""Has a text signed at the provider: outside every unit of work, one step of the row at a time.

Whatever fails in between is asked for again with `fetch`, by the person or by the service's call.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from accounts.queries import load_actor
from contracts.errors import ContractMovedOn
from contracts.matter import Matter
from contracts.models import Contract
from contracts.sheet import BOTH, sheet
from contracts.signing.actions.ask_signature import ask_signature
from contracts.signing.actions.keep_document import keep_document
from contracts.signing.actions.note_reference import note_reference
from contracts.signing.actions.take_signature import take_signature
from contracts.signing.errors import OtherProvider
from contracts.signing.models import ContractSignature
from contracts.signing.permissions import check_signature
from contracts.signing.port import WAITING, Asked, Begun, Signing
from contracts.signing.queries import by_reference, document_of
from contracts.signing.rules import Intent
from contracts.signing.states import SignatureState
from contracts.typesetting import pdf
from contracts.working import newest_draft
from core.actor import Actor
from core.errors import NotFound
from core.executor import Executor
from core.ids import show
from deals.permissions import Do

_MOST: Final = 16 << 20


@dataclass(frozen=True)
class Obtain:
    """`signing`: the provider that the market has now."""

    executor: Executor
    signing: Signing

    def sign(self, actor: Actor, contract: str, said: Intent, session: str) -> str:
        """The signature's id; the provider's page may still wait for the person. Raises what
        `ask_signature` and `fetch` do, FontMissing."""
        self._keep_document(actor, contract)
        asked = self.executor.run(
            actor, ask_signature, contract, said, session, self.signing.code
        ).ref
        self.fetch(actor, asked)
        return asked

    def fetch(self, actor: Actor, signature: str) -> None:
        """Asks the provider how it stands, and takes what it says. Raises SigningSilent,
        SigningRefused, OtherProvider, and what `take_signature` does."""
        row, asked = self._read(actor, signature)
        if row.state != SignatureState.ASKED:
            return
        if row.provider != self.signing.code:
            raise OtherProvider
        begun = Begun(row.reference, row.address) if row.reference else self.signing.begin(asked)
        run = self.executor.run
        run(actor, note_reference, signature, begun.reference, begun.address)
        found = self.signing.outcome(asked, begun.reference)
        if found.state == WAITING:
            return
        evidence = self._store(found.evidence) if found.evidence else None
        run(actor, take_signature, signature, found, evidence)

    def heard(self, reference: str) -> None:
        """The service calls: in the name of the person who began. Raises NotFound."""
        with self.executor.database.read() as session:
            row = by_reference(session, self.signing.code, reference)
            actor = load_actor(session, row.by, self.executor.database.now(session))
        self.fetch(actor, row.id)

    def _read(self, actor: Actor, signature: str) -> tuple[ContractSignature, Asked]:
        files = self.executor.ports.files
        with self.executor.database.read() as session:
            check_signature(session, actor, signature, Do.ACT)
            row = session.get_one(ContractSignature, signature)
            contract = session.get_one(Contract, row.contract)
            if contract.matter is None:
                raise ContractMovedOn
            matter = Matter.load(contract.matter)
        party = matter.seller if row.side == "seller" else matter.buyer
        with files.open(row.document) as stored:
            octets = stored.read()
        return row, Asked(
            id=row.id,
            number=contract.number,
            digest=row.digest,
            document=row.document,
            pdf=octets,
            side=row.side,
            party=party,
            person=row.by,
            name=row.name,
            authority=row.authority,
            consent=row.consent,
            factor=row.factor,
            asked_at=row.at,
            back=f"{self.executor.ports.address}/deals/{show('deal', contract.deal)}/contract",
        )

    def _keep_document(self, actor: Actor, contract: str) -> None:
        """Made once for a text; whoever comes second signs what the first one signs."""
        with self.executor.database.read() as session:
            row = session.get(Contract, contract)
            if row is None:
                raise NotFound(ref=f"contract:{contract}")
            if row.digest is None or document_of(session, row) is not None:
                return
            draft = newest_draft(session, row)
        made = pdf(sheet(row.number, row.digest, Matter.load(row.matter or {}), draft, BOTH))
        sha256 = self._store(made)
        self.executor.run(actor, keep_document, contract, row.digest, sha256, len(made))

    def _store(self, octets: bytes) -> str:
        return self.executor.ports.files.put(io.BytesIO(octets), limit=_MOST).sha256

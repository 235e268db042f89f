"""The market's own signature: a name typed, words agreed to and a second factor, sealed.

The evidence is a sealed file (`core.verify` reads it anywhere): the PDF, and a statement of who
signed it when, signed with Ed25519 by the market's key. What that is worth: `consent.py`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from contracts.signing.consent import WORDS
from contracts.signing.port import SIGNED, Asked, Begun, Outcome
from core.audit import signing_key
from core.i18n import translator
from core.sealed import sealed
from core.verify import canonical

CODE: Final = "market"
STATEMENT, PDF = "signature.json", "contract.pdf"
FORMAT: Final = "qiaoyi-signature-1"
_NOT_TOLD: Final = frozenset({"pdf", "back"})


@dataclass(frozen=True)
class ClickSigning:
    """`secret`: the market's, from which its signing key is derived."""

    secret: bytes
    code: str = CODE

    def begin(self, asked: Asked) -> Begun:
        """The person is here already."""
        return Begun(asked.id)

    def outcome(self, asked: Asked, _reference: str) -> Outcome:
        """Signed with the asking: the second factor was shown under the contract's lock."""
        members = {STATEMENT: canonical(statement(asked)), PDF: asked.pdf}
        evidence = sealed(members, signing_key(self.secret), asked.asked_at)
        return Outcome(SIGNED, asked.document, asked.asked_at, evidence)


def statement(asked: Asked) -> dict[str, Any]:
    """What is sealed beside the PDF, with the words in both languages."""
    said = {name: _plain(value) for name, value in asdict(asked).items() if name not in _NOT_TOLD}
    words = {code: [translator(code).gettext(one) for one in WORDS] for code in ("zh", "en")}
    return {"format": FORMAT, **said, "words": words}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value

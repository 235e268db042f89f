"""The words under which a person signs here, and what this signature claims and what not.

Electronic Signature Law (2019) art. 13 calls a signature reliable whose data are the signatory's
alone and under their sole control, and which shows any later change of itself and of the text; it
lets the parties agree on conditions of their own. Changed words are another version.
"""

from __future__ import annotations

from typing import Final

from core.i18n import N_

VERSION: Final = "2026-11"
WORDS: Final = (
    N_("I have read the frozen text, and I sign it for the party named above."),
    N_("Typing my name and showing my second factor is my signature and shows my approval."),
    N_("Both sides agree that this way of signing is reliable enough for this contract."),
)
CLAIMS: Final = (
    N_("Any later change of the text, of its PDF or of the signature can be found."),
    N_("Only a session that has just shown the signatory's second factor could give it."),
)
DOES_NOT_CLAIM: Final = (
    N_("The market holds the key that seals it; the signatory has no certificate of their own."),
    N_("No licensed certification authority has confirmed who the signatory is."),
    N_("A registry may still ask for paper; in that case sign a paper copy as well."),
)

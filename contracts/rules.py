"""What a version and a signed copy must say. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from contracts.matter import LONGEST_ITEM, Draft, Restriction, too_long
from core.errors import Problem
from core.i18n import N_

AUTHORITIES: Final = ("legal_representative", "authorised")
"""The signatory is the legal representative, or holds a written authority of it."""
SEALS: Final = ("contract", "official", "legal_representative")
MOST_COPIES: Final = 50
LONGEST_LINE: Final = 200
LONGEST_NOTE: Final = 1000
MOST_PAGES: Final = 500


def draft_problems(draft: Draft, kinds: Collection[str]) -> dict[str, list[Problem]]:
    """What must be corrected before a version is kept, by field. A version may be incomplete."""
    found: dict[str, list[Problem]] = {}
    if draft.kind not in kinds:
        found["kind"] = [Problem("kind_unknown", N_("Choose the type of the contract."))]
    if not set(draft.restrictions) <= set(Restriction):
        said = N_("Choose from the clauses that are named.")
        found["restrictions"] = [Problem("restriction_unknown", said)]
    for name in too_long(draft):
        said, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_ITEM}
        found[name] = [Problem("too_long", said, limit)]
    return found


@dataclass(frozen=True)
class Copy:
    """What a side says of the paper that it signed; the scan is stored already."""

    sha256: str
    name: str
    size: int
    pages: int
    seal_name: str
    signatory: str
    authority: str
    originals: str = ""


def copy_problems(copy: Copy, party: str) -> dict[str, list[Problem]]:
    """What must be corrected, by field. `party`: the name in the contract, which the seal must
    show: registries refuse a contract whose stamp bears another name."""
    found: dict[str, list[Problem]] = {}
    if _plain(copy.seal_name) != _plain(party):
        said = N_("The seal must show the party's name as in the contract: %(party)s.")
        found["seal_name"] = [Problem("seal_of_another", said, {"party": party})]
    if not copy.signatory.strip() or len(copy.signatory) > LONGEST_LINE:
        found["signatory"] = [Problem("signatory_missing", N_("Name the person who signed."))]
    if copy.authority not in AUTHORITIES:
        found["authority"] = [Problem("authority_missing", N_("Say by what authority."))]
    if not 0 < copy.pages <= MOST_PAGES:
        found["pages"] = [Problem("pages_wrong", N_("Count the pages of the signed paper."))]
    if not copy.originals.strip() or len(copy.originals) > LONGEST_LINE:
        said = N_("Say who keeps your originals, and where.")
        found["originals"] = [Problem("originals_missing", said)]
    return found


def seal_problems(seal: str, copies: int) -> dict[str, list[Problem]]:
    """What must be corrected in a request for a seal, by field."""
    found: dict[str, list[Problem]] = {}
    if seal not in SEALS:
        found["seal"] = [Problem("seal_unknown", N_("Choose the seal."))]
    if not 0 < copies <= MOST_COPIES:
        said = N_("Give the number of copies, from 1 to %(most)s.")
        found["copies"] = [Problem("copies_wrong", said, {"most": MOST_COPIES})]
    return found


def _plain(name: str) -> str:
    """Full-width and half-width brackets and spaces are the same name on a seal."""
    pairs = str.maketrans({"（": "(", "）": ")"})
    return "".join(name.translate(pairs).split()).casefold()

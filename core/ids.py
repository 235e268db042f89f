"""Identifiers: UUIDv4 in hex inside, with a prefix that names the kind outside (`lst_4f…`)."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import Final

PREFIXES: Final = {
    "amendment": "amd",
    "announcement": "ann",
    "appeal": "apl",
    "asset": "ast",
    "complaint": "cmp",
    "contract": "ctr",
    "contract_template": "ctt",
    "contract_registration": "crg",
    "deal": "dea",
    "filing": "fil",
    "import": "imp",
    "inquiry": "inq",
    "job": "job",
    "listing": "lst",
    "merge": "mrg",
    "need": "ned",
    "obligation": "obl",
    "notice": "ntc",
    "organisation": "org",
    "person": "per",
    "posting": "pst",
    "proposal": "prp",
    "receiving_account": "rac",
    "room": "rom",
    "round": "rnd",
    "sanction": "snc",
    "saved_search": "sav",
    "stop": "stp",
    "support": "spt",
    "text": "txt",
    "webhook": "whk",
}
_KINDS: Final = {prefix: kind for kind, prefix in PREFIXES.items()}
_SHOWN: Final = re.compile(r"([a-z]{3})_([0-9a-f]{32})")


def new_id() -> str:
    """32 hexadecimal characters; unguessable, and never made by the database."""
    return uuid.uuid4().hex


def made_of(*parts: str) -> str:
    """32 hexadecimal characters made of what a row is about: whoever comes second finds the same
    stream to lock."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def show(kind: str, id: str) -> str:
    """`show("listing", "4f…")` is `lst_4f…`. Raises KeyError for a kind that is never shown."""
    return f"{PREFIXES[kind]}_{id}"


def parse(shown: str) -> tuple[str, str] | None:
    """The (kind, id) of a shown identifier, or None where it is none of ours."""
    found = _SHOWN.fullmatch(shown)
    if found is None or found[1] not in _KINDS:
        return None
    return _KINDS[found[1]], found[2]


def ref(kind: str, id: str) -> str:
    """What facts, timers and the audit chain call a stream: `listing:4f…`."""
    return f"{kind}:{id}"


def split_ref(stream: str) -> tuple[str, str]:
    """(kind, id) of a stream's name."""
    kind, _, id = stream.partition(":")
    return kind, id

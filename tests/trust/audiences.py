"""Who gets what, said in words: an audience is a set of (actor, relation) cells.

A rule reads `+ author office | x overseers | -`: who is named gets the sign before them, the first
naming counts, and the last sign is for everybody else who passes the gate that the route declares.
What the gate itself answers is in no rule: `GATES` says it once for all routes.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

ACTORS: Final = (
    "visitor", "researcher", "officer", "member", "admin", "broker", "provider", "expert",
    "operator", "auditor", "suspended", "former",
)  # fmt: skip
ROLE: Final = {"officer": "tto_officer", "member": "firm_member", "admin": "firm_admin",
               "provider": "provider_admin"}  # fmt: skip
"""The sample's name of an actor's role, where it is another."""
RELATIONS: Final = ("own", "colleague", "party", "other", "stranger")
Cell = tuple[str, str]
INSTITUTE, FIRM = ("own", "colleague", "other"), ("own", "colleague", "party")


def cells(actors: str, relations: tuple[str, ...] = RELATIONS) -> frozenset[Cell]:
    return frozenset((actor, relation) for actor in actors.split() for relation in relations)


AUDIENCES: Final = {
    "all": cells(" ".join(ACTORS)),
    "signed-in": cells(" ".join(ACTORS[1:])),
    "seated": cells("researcher officer member admin broker provider expert operator auditor"),
    "writers": cells("researcher officer member admin"),
    "officers": cells("officer admin"),
    "office": cells("officer", INSTITUTE),
    "institute": cells("researcher officer", INSTITUTE),
    "author": cells("researcher", ("own",)),
    "firm": cells("member admin", FIRM),
    "firm-office": cells("admin", FIRM),
    "sender": cells("admin", ("own", "party")) | cells("member", ("colleague",)),
    "overseers": cells("operator auditor"),
    **{actor: cells(actor) for actor in ACTORS},
}
"""Named sets, from the widest to the narrowest; `actor@relation` names a single cell."""

GATES: Final = {
    "public": {},
    "demo": {},
    "token": {},
    "person": {"s": cells("visitor")},
    "writer": {"s": cells("visitor"), "x": AUDIENCES["signed-in"] - AUDIENCES["writers"]},
    "office": {"s": cells("visitor"), "x": AUDIENCES["signed-in"] - AUDIENCES["officers"]},
    "oversee": {"s": cells("visitor"), "-": AUDIENCES["signed-in"] - AUDIENCES["overseers"]},
    "operate": {"s": cells("visitor"), "-": AUDIENCES["signed-in"] - AUDIENCES["operator"]},
}


def gate_sign(gate: str, cell: Cell) -> str | None:
    """What the gate answers to this actor; None for those whom it lets pass."""
    return next((sign for sign, turned in GATES[gate].items() if cell in turned), None)


_SLICES: Final = tuple(
    f"{who}@{relation}" for who in ("all", "signed-in") for relation in RELATIONS
)


def audience(name: str) -> frozenset[Cell]:
    actor, _, relations = name.partition("@")
    found = AUDIENCES[actor]
    return found & cells(" ".join(ACTORS), tuple(relations.split("+"))) if relations else found


def expected(rule: str, gate: str, cell: Cell) -> str:
    """The sign that a rule and a gate promise to one cell."""
    if turned := gate_sign(gate, cell):
        return turned
    for part in rule.split("|"):
        sign, *names = part.split()
        if not names or any(cell in audience(name) for name in names):
            return sign
    raise LookupError(f"{rule} leaves {cell} without an answer")


def suggest(gate: str, seen: dict[Cell, str]) -> str:
    """A rule that says what was seen, to be read before it is written down."""
    rest = {cell: sign for cell, sign in seen.items() if gate_sign(gate, cell) is None}
    usual = Counter(rest.values()).most_common(1)[0][0] if rest else "-"
    parts = []
    for sign in sorted(set(rest.values()) - {usual}):
        wanted = {cell for cell, said in rest.items() if said == sign}
        parts.append(f"{sign} {' '.join(_cover(wanted, rest))}")
    return " | ".join([*parts, usual])


def _cover(wanted: set[Cell], known: dict[Cell, str]) -> list[str]:
    names, left = [], set(wanted)
    while left:
        fits = {n: audience(n) & known.keys() for n in [*AUDIENCES, *_SLICES]}
        fits = {n: c for n, c in fits.items() if c and c <= wanted and c & left}
        if not fits:
            actors = dict.fromkeys(actor for actor, _ in sorted(left))
            for actor in actors:
                relations = [r for r in RELATIONS if (actor, r) in left]
                names.append(f"{actor}@{'+'.join(relations)}")
            return names
        best = max(fits, key=lambda n: len(fits[n] & left))
        names.append(best)
        left -= fits[best]
    return names

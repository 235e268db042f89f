"""Words for the operator's duties and their proofs."""

from __future__ import annotations

from typing import Final

from core.errors import NotFound
from core.i18n import N_
from core.ids import parse, ref, show, split_ref
from governance.duty_proofs import Proof
from governance.duty_rules import Duty, DutyKind
from webapp.language import plain
from webapp.presenters.accounts import source_name

WORDS: Final = {
    DutyKind.EXAMINE: (
        N_("Examine a notice of infringement"),
        N_("Take measures and forward it, or dismiss it, without delay."),
    ),
    DutyKind.WAIT_ENDS: (
        N_("Days after a counter-statement"),
        N_("The last day for a complaint or suit; then the measures end by themselves."),
    ),
    DutyKind.NOTICE_BEGINS: (
        N_("A public notice begins today"),
        N_("It stands on the page of notices; compare it with the place where the unit shows it."),
    ),
    DutyKind.NOTICE_ENDS: (
        N_("A public notice ends today"),
        N_("Objections are taken until the end of the day; the result is recorded by itself."),
    ),
    DutyKind.VERIFY: (
        N_("Verify an organisation"),
        N_("Compare name and number with the public register."),
    ),
    DutyKind.REVERIFY: (
        N_("Verify a seller again"),
        N_("Name and number may have changed; look at the public register again."),
    ),
    DutyKind.HOLIDAYS: (
        N_("Holiday table of next year"),
        N_("Without it deadlines in that year are provisional; enter it under Rules."),
    ),
    DutyKind.TAX: (
        N_("Tax information return"),
        N_("Who sells here, what they agreed and what they were paid, for the tax office."),
    ),
    DutyKind.IDENTITIES: (
        N_("Identities return"),
        N_("Who sells here and what was verified of them, for the market regulator."),
    ),
    DutyKind.STATISTICS: (
        N_("Statistics of trade"),
        N_("What was agreed, by way, mode, region and kind of buyer."),
    ),
    DutyKind.VOLUME: (
        N_("Archive volume of the audit chain"),
        N_("The entries of the period in one file, kept outside the database."),
    ),
    DutyKind.LOGS: (
        N_("Look after the logs"),
        N_("Look whether the logs of the last months are there, and write down where."),
    ),
}
_PROVEN: Final = {
    "measure": N_("measures taken, notice forwarded"),
    "dismiss": N_("dismissed"),
    "vetted": N_("vetted"),
    "refused": N_("refused"),
    "suspended": N_("suspended"),
    "approved": N_("approved"),
}
_OF_ROWS: Final = frozenset({DutyKind.EXAMINE, DutyKind.VERIFY, DutyKind.HOLIDAYS})


def proven_by(proof: Proof) -> str:
    """By what a duty was fulfilled, in the page's language; a receipt as it was written."""
    if proof.kind is DutyKind.REVERIFY:
        return plain(source_name(proof.what))
    return plain(_PROVEN[proof.what]) if proof.kind in _OF_ROWS else proof.what


def shown_subject(subject: str) -> str:
    """As addresses carry it: `cmp_4f…`, `2026-Q3`."""
    return show(*split_ref(subject)) if ":" in subject else subject


def read_subject(shown: str) -> str:
    """The subject of an address. Raises NotFound."""
    if "_" not in shown:
        return shown
    found = parse(shown)
    if found is None:
        raise NotFound(ref=shown)
    return ref(*found)


def place_of(duty: Duty | Proof) -> tuple[str, dict[str, str]] | None:
    """Where it is done: an endpoint with its arguments; None where its own page is the place."""
    kind, _ = split_ref(duty.subject)
    if kind == "complaint":
        return "operator_complaints.one", {"shown": shown_subject(duty.subject)}
    if kind == "organisation":
        return "operator.vet", {"organisation": shown_subject(duty.subject)}
    if kind == "notice":
        return "notices.page", {"shown": shown_subject(duty.subject)}
    if duty.kind is DutyKind.HOLIDAYS:
        return "policies.index", {}
    return None

"""What a way's standing becomes through deals that were accepted but not yet signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.i18n import N_, format_list
from core.ids import show
from deals.queries import Claimed
from listings.availability import Register, RightHeld, Standing, availability
from listings.kinds import RightKind, Way
from webapp.language import page_language, plain
from webapp.presenters.showing import local_url, show_date


@dataclass(frozen=True)
class Claim:
    """`standing` is a code of `signs`, empty where only a field or a place is taken and the rest is
    free."""

    standing: str
    reason: str
    url: str


def claim_on(way: Way, claims: Sequence[Claimed], today: date) -> Claim | None:
    """The claim that stands against offering `way`, or None; one on public notice comes first."""
    against = [claim for claim in claims if _stands(way, [claim], today) is not Standing.AVAILABLE]
    if not against:
        return None
    against.sort(key=lambda claim: claim.notice is None)
    first, whole = against[0], _stands(way, against, today) is Standing.TAKEN
    reason = "" if whole else _fields(against)
    if first.last_day is not None:
        ends = plain(N_("notice ends on %(day)s"), day=show_date(first.last_day))
        reason = plain(N_(", ")).join(part for part in (reason, ends) if part)
    code = ("noticed" if first.notice else "agreed") if whole else ""
    url = local_url(f"/notices/{show('notice', first.notice)}") if first.notice else ""
    return Claim(code, reason, url)


def _stands(way: Way, claims: Sequence[Claimed], today: date) -> Standing:
    held = tuple(
        RightHeld(
            RightKind.GRANT,
            Way(claim.way),
            today,
            None,
            claim.field or None,
            claim.territory or None,
        )
        for claim in claims
    )
    return availability(Register(held), way, today).standing


def _fields(claims: Sequence[Claimed]) -> str:
    said = {" · ".join(one for one in (claim.field, claim.territory) if one) for claim in claims}
    names = format_list(sorted(said), page_language())
    return plain(N_("except for %(fields)s"), fields=names)

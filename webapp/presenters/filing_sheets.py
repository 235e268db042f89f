"""Returns as workbooks: each cell a text, none a formula, amounts as plain decimals."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core import reference
from core.i18n import N_
from core.money import Money
from core.times import legal_date
from deals.modes import MODES
from governance.filings import Counted, Group, Seller, TaxTable, last_verified
from listings.sheet import guard
from webapp.language import page_language, plain
from webapp.presenters.accounts import kind_name, source_name
from webapp.presenters.labels import way

Table = list[list[str]]
WHO = (N_("Registration number"), N_("Name in Chinese"), N_("Name in English"), N_("Country"),
       N_("Region"), N_("Kind"))  # fmt: skip
TAX = (*WHO, N_("Currency"), N_("Deals agreed"), N_("Contracts signed"), N_("Fixed sums agreed"),
       N_("Payments confirmed"), N_("Fees paid to the market"))  # fmt: skip
IDENTITIES = (*WHO, N_("Register at home"), N_("State"), N_("Registered"), N_("Last verified"),
              N_("Verified by"), N_("Public contact"), N_("Public telephone"),
              N_("Public mail address"), N_("Website"))  # fmt: skip
STATISTICS = (N_("Way"), N_("Mode"), N_("Region of the seller"), N_("Kind of buyer"),
              N_("Currency"), N_("Deals agreed"), N_("Fixed sums agreed"), N_("With royalty"),
              N_("Contracts signed"))  # fmt: skip
_STATES = {"vetted": N_("vetted"), "suspended": N_("suspended")}


def tax_sheet(found: TaxTable, currency: str) -> Table:
    """A line for each seller and currency; who earned nothing stands there too."""
    lines = _heads(TAX)
    for one in found.sellers:
        used = sorted(code for org, code in found.income if org == one.row.id) or [currency]
        for code in used:
            income = found.income.get((one.row.id, code))
            sums = (income.agreed, income.received, income.fees) if income else (0, 0, 0)
            agreed, received, fees = (str(Money(minor, code).major) for minor in sums)
            deals, contracts = (income.deals, income.contracts) if income else (0, 0)
            lines.append([*_who(one), code, str(deals), str(contracts), agreed, received, fees])
    return lines


def identity_sheet(found: Sequence[Seller], zone: ZoneInfo) -> Table:
    """What was verified of everybody who sells."""
    return _heads(IDENTITIES) + [
        [
            *_who(one),
            guard(one.row.register or ""),
            plain(_STATES[one.row.state]),
            legal_date(one.row.registered_at, zone).isoformat(),
            legal_date(last_verified(one), zone).isoformat(),
            plain(source_name(one.marks["number"].source)) if "number" in one.marks else "",
            *(
                guard(text or "")
                for text in (
                    one.row.contact_name, one.row.contact_phone, one.row.contact_mail,
                    one.row.website,
                )
            ),
        ]
        for one in found
    ]  # fmt: skip


def statistics_sheet(found: dict[Group, Counted]) -> Table:
    """A line for each group, in the order of their codes."""
    lines = _heads(STATISTICS)
    for key in sorted(found, key=lambda one: tuple(vars(one).values())):
        line = found[key]
        lines.append(
            [
                way(key.way),
                plain(MODES[key.mode].label) if key.mode in MODES else key.mode,
                _region(key.seller_region),
                plain(N_("A person")) if key.buyer_kind == "person"
                else plain(kind_name(key.buyer_kind)),
                key.currency,
                str(line.deals),
                str(Money(line.fixed, key.currency).major),
                str(line.royalties),
                str(line.contracts),
            ]
        )  # fmt: skip
    return lines


def _heads(heads: Sequence[str]) -> Table:
    return [[plain(head) for head in heads]]


def _who(one: Seller) -> list[str]:
    names = (one.names.get("zh", ""), one.names.get("en", ""))
    return [
        guard(one.row.number),
        *(guard(name) for name in names),
        one.row.country,
        _region(one.row.region or ""),
        plain(kind_name(one.row.kind)),
    ]


def _region(code: str) -> str:
    return reference.region_name(code, page_language()) if code else ""

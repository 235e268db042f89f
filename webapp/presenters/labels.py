"""The names of codes as people read them: facets, ways, kinds, levels, price bands."""

from collections.abc import Callable, Mapping

from core import reference
from core.i18n import N_, format_money_short
from core.money import Money
from listings.documents import PRICE_BANDS
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.presenters.showing import market
from webapp.presenters.signs import sign

KINDS = {
    "result": N_("Result"),
    "patent": N_("Patent"),
    "know_how": N_("Know-how"),
    "package": N_("Package"),
    "need": N_("Need"),
}
WAYS = {
    "assignment": N_("Assignment"),
    "exclusive": N_("Exclusive licence"),
    "sole": N_("Sole licence"),
    "ordinary": N_("Ordinary licence"),
    "trial_licence": N_("Use first, pay later"),
    "equity_contribution": N_("Contribution to a company"),
    "joint_development": N_("Joint development"),
    "undecided": N_("Not decided yet"),
}
ORGANISATIONS = {
    "institute": N_("Institute"),
    "firm": N_("Firm"),
    "brokerage": N_("Brokerage"),
    "provider": N_("Service provider"),
    "operator": N_("Operator of this market"),
}
REASONS = {
    "pledgee": N_("the pledgee must agree"),
    "co_owners": N_("the co-owners must agree"),
    "right_ended": N_("no patent of it is in force"),
    "pledge": N_("pledged"),
    "open_licence": N_("an open licence is declared"),
}
"""What stands in the way of a right, by the code words of `listings.availability`."""
BY_AGREEMENT = N_("By agreement")
STAGES = {"initial": N_("Laboratory"), "pilot": N_("Pilot"), "mature": N_("In production")}
ROYALTY_BASES = {
    "net_sales": N_("%(rate)s of net sales"),
    "profit": N_("%(rate)s of profit"),
    "units": N_("%(rate)s per unit"),
}
TAX = {"excluded": N_("excluding tax"), "included": N_("including tax"), "unsaid": ""}
PATENT_KINDS = {
    "invention": N_("Invention"),
    "utility_model": N_("Utility model"),
    "design": N_("Design"),
    "plant": N_("Plant variety"),
}
FACETS = {
    "kind": N_("Kind"),
    "way": N_("Way"),
    "trl": N_("Readiness"),
    "ipc_section": N_("Field"),
    "ipc_class": N_("IPC class"),
    "emerging_industry": N_("Emerging industry"),
    "industry": N_("Industry"),
    "institute": N_("Owner"),
    "region": N_("Region"),
    "legal_status": N_("Legal status"),
    "price_band": N_("Price"),
    "year": N_("Year of publication"),
}
TABLES = {
    "ipc_section": "ipc_sections",
    "ipc_class": "ipc_classes",
    "industry": "industries",
    "emerging_industry": "emerging_industries",
    "region": "regions",
}


def named(table: Mapping[str, str], code: object) -> str:
    """The name of a code word; one we have no name for is shown as it is spelled."""
    text = str(getattr(code, "value", code) or "")
    return plain(table[text]) if table.get(text) else text.replace("_", " ")


def kind(code: object) -> str:
    return named(KINDS, code)


def way(code: object) -> str:
    return named(WAYS, code)


def price_band(code: str) -> str:
    """A band of `listings.documents`: `to_500000`, `above_20000000`, `negotiable`.

    Bounds are whole units of each price's own currency; most prices are in the market's.
    """
    side, _, bound = code.partition("_")
    if side not in ("to", "above") or whole(bound) is None:
        return plain(BY_AGREEMENT)
    if side == "above":
        return plain(N_("Above %(amount)s"), amount=_round_sum(int(bound)))
    lower = max((one for one in PRICE_BANDS if one < int(bound)), default=0)
    if not lower:
        return plain(N_("Up to %(amount)s"), amount=_round_sum(int(bound)))
    low, high = _round_sum(lower), _round_sum(int(bound))
    return plain(N_("%(low)s to %(high)s"), low=low, high=high)


def _round_sum(units: int) -> str:
    return format_money_short(Money.of(units, market().currency), page_language())


def reference_name(table: str, code: str) -> str:
    """A name from the reference tables; the code itself where there is none."""
    if table == "regions":
        return reference.region_name(code, page_language()) or code
    return reference.name_of(table, code, page_language()) or code


def territory(code: str) -> str:
    """`CN` is the whole country, `CN-33` a province; the owner's own words stay as they are."""
    country, _, rest = code.partition("-")
    if rest.isdigit():
        return reference_name("regions", rest)
    if code == "worldwide":
        return plain(N_("worldwide"))
    known = reference.name_of("countries", country, page_language()) if len(code) == 2 else ""
    return plain(N_("all of %(country)s"), country=known) if known else code


def facet_value(facet: str, code: str, names: Mapping[str, str]) -> str:
    """How a facet's value reads; `names` are those of the institutes."""
    if facet in TABLES:
        return reference_name(TABLES[facet], code)
    if facet in ("institute", "owner"):
        return names.get(code, code)
    return _VALUES.get(facet, str)(code)


_VALUES: Mapping[str, Callable[[str], str]] = {
    "kind": kind,
    "way": way,
    "trl": lambda code: f"TRL {code}",
    "legal_status": lambda code: plain(sign(f"legal.{code}").word),
    "price_band": price_band,
}

"""Words for the codes of accounts."""

from __future__ import annotations

from typing import Final

from core.i18n import N_

ROLE_NAMES: Final = {
    "researcher": N_("Researcher"),
    "tto_officer": N_("Technology-transfer officer"),
    "firm_member": N_("Member of the firm"),
    "firm_admin": N_("Administrator of the firm"),
    "broker": N_("Broker"),
    "provider_admin": N_("Administrator of the provider"),
    "expert": N_("Expert"),
    "operator": N_("Operator"),
    "auditor": N_("Auditor"),
}
KIND_NAMES: Final = {
    "institute": N_("University or institute"),
    "firm": N_("Firm"),
    "brokerage": N_("Brokerage"),
    "provider": N_("Provider of services"),
    "operator": N_("Operator of the market"),
}
COUNTRY_NAMES: Final = (
    ("CN", N_("China")),
    ("HK", N_("Hong Kong, China")),
    ("MO", N_("Macao, China")),
    ("TW", N_("Taiwan, China")),
    ("AU", N_("Australia")),
    ("CA", N_("Canada")),
    ("CH", N_("Switzerland")),
    ("DE", N_("Germany")),
    ("FR", N_("France")),
    ("GB", N_("United Kingdom")),
    ("IL", N_("Israel")),
    ("JP", N_("Japan")),
    ("KR", N_("Korea")),
    ("NL", N_("Netherlands")),
    ("SE", N_("Sweden")),
    ("SG", N_("Singapore")),
    ("US", N_("United States")),
)


def role_name(role: str) -> str:
    """The English msgid of a role's name."""
    return ROLE_NAMES.get(role, role)


def kind_name(kind: str) -> str:
    """The English msgid of a kind of organisation."""
    return KIND_NAMES.get(kind, kind)

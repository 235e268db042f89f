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
DOCUMENT_NAMES: Final = {
    "registration": N_("Certificate of the legal person (business licence, credit code)"),
    "authority": N_("Letter of authority for the person who registers"),
    "other": N_("Something else"),
}
MARK_NAMES: Final = {
    "name": N_("Name"),
    "number": N_("Registration number"),
    "authority": N_("Authority of the person who registered"),
}
SOURCE_NAMES: Final = {
    "registration": N_("by the certificate of the legal person"),
    "authority": N_("by a letter of authority"),
    "register": N_("in the public register"),
    "call": N_("by a call to a number that the register names"),
}
ALIKE_NAMES: Final = {
    "same": N_("same name"),
    "form": N_("same but for legal form or place"),
    "translation": N_("translation"),
    "sound": N_("sounds the same"),
    "spelling": N_("a letter differs"),
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


def mark_names() -> dict[str, str]:
    """What can be verified -> the English msgid of its name."""
    return MARK_NAMES


def document_name(kind: str) -> str:
    """The English msgid of a kind of document."""
    return DOCUMENT_NAMES.get(kind, kind)


def source_name(source: str) -> str:
    """The English msgid of that by which something was verified."""
    return SOURCE_NAMES.get(source, source)


def alike_name(why: str) -> str:
    """The English msgid of what two names share."""
    return ALIKE_NAMES.get(why, why)


def kind_name(kind: str) -> str:
    """The English msgid of a kind of organisation."""
    return KIND_NAMES.get(kind, kind)

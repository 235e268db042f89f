"""The words of registrations in both languages: fields and their codes. English msgids."""

from __future__ import annotations

from typing import Final

from core.i18n import N_

FIELD_NAMES: Final[dict[str, str]] = {
    "kind": N_("Type of contract"),
    "project": N_("Name of the project"),
    "signed_on": N_("Day of signature"),
    "starts_on": N_("Valid from"),
    "ends_on": N_("Valid until"),
    "ip_type": N_("Kind of intellectual property"),
    "field": N_("Field of the technology"),
    "plan": N_("Plan by which it was funded"),
    "payment": N_("How the price is paid"),
    "turnover": N_("Contract turnover"),
    "tech_amount": N_("Technology amount"),
    "new_investment": N_("Investment that the buyer plans"),
    "new_output": N_("Output that the buyer expects"),
    "summary": N_("Summary in Chinese"),
    "name": N_("Name of the party"),
    "country": N_("Country code (GB/T 2659)"),
    "region": N_("Division code (GB/T 2260)"),
    "legal_type": N_("Kind of party"),
}
LEGAL_TYPE_NAMES: Final[dict[str, str]] = {
    "institution": N_("Public institution"),
    "enterprise": N_("Enterprise"),
    "government": N_("Government body"),
    "association": N_("Association"),
    "person": N_("Natural person"),
    "abroad": N_("Organisation abroad"),
    "other": N_("Another organisation"),
}
IP_NAMES: Final[dict[str, str]] = {
    "know_how": N_("Know-how"),
    "invention": N_("Invention patent"),
    "utility_model": N_("Utility model patent"),
    "design": N_("Design patent"),
    "application_right": N_("Patent application"),
    "software_copyright": N_("Software copyright"),
    "ic_layout": N_("Layout design of integrated circuits"),
    "plant_variety": N_("Plant variety right"),
    "none": N_("No intellectual property"),
}
PLAN_NAMES: Final[dict[str, str]] = {
    "none": N_("No public plan"),
    "state": N_("State plan"),
    "ministry": N_("Plan of a ministry"),
    "province": N_("Plan of a province"),
    "prefecture": N_("Plan of a city"),
    "other": N_("Another plan"),
}
PAYMENT_NAMES: Final[dict[str, str]] = {
    "lump_sum": N_("Lump sum"),
    "instalments": N_("Instalments"),
    "royalty": N_("Royalty"),
    "royalty_and_entry_fee": N_("Royalty and entry fee"),
}
ACT_NAMES: Final[dict[str, str]] = {
    "save": N_("Form saved"),
    "hand_in": N_("Handed in to the registry"),
    "register": N_("Entered in the register"),
    "return": N_("Given back by the registry"),
    "change": N_("Change handed in"),
    "rescind": N_("Struck out"),
}

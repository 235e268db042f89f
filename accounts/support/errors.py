"""Refusals of support views."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class SupportCodeWrong(Refused):
    code = "support_code_wrong"
    text = N_("This code is wrong, used or too old. Ask the person for a new one.")
    status = 422


class NoSupportOfOperators(Refused):
    code = "no_support_of_operators"
    text = N_("Accounts of the market's operator are not shown to anybody.")
    status = 403

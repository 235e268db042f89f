"""What registration refuses, each with its code and a sentence that says what to do."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class ContractRegistrationMovedOn(Refused):
    code = "contract_registration_moved_on"
    text = N_("The registration has moved on, so this cannot be done now. Load the page again.")


class FormMovedOn(Refused):
    code = "registration_form_moved_on"
    text = N_(
        "A colleague saved the form meanwhile. Yours was not saved; "
        "open the newest state and put your changes into it."
    )


class ContractNotSigned(Refused):
    code = "contract_not_signed"
    text = N_("Only a contract that both sides have signed is registered.")


class NoRegistry(Refused):
    code = "no_registry"
    text = N_("The rules where this deal was made know no registration of contracts.")


class OtherSideRegisters(Refused):
    code = "other_side_registers"
    text = N_("The other side hands this contract in to the registry. You may read what it writes.")
    status = 403


class NumberTaken(Refused):
    code = "registration_number_taken"
    text = N_("Another contract bears this number. Compare it with the registry's certificate.")

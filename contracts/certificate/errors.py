"""Why a certificate was not issued or withdrawn, each with what to do."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class NotSignedWhole(Refused):
    code = "contract_not_signed_whole"
    text = N_("A certificate is issued once both sides have signed the contract.")


class AlreadyCertified(Refused):
    code = "contract_already_certified"
    text = N_("This contract has a certificate that holds. Withdraw it before you issue another.")


class CertificateMovedOn(Refused):
    code = "certificate_moved_on"
    text = N_("This certificate was withdrawn already. Load the page to see its state.")


class TakesPart(Refused):
    code = "certifier_takes_part"
    text = N_("You have a part in this deal, so another operator certifies its contract.")
    status = 403

"""An administrator says who takes over from a member who leaves without naming a colleague."""

from __future__ import annotations

from accounts.errors import StaleDetails
from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.seats import holders
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from core.versions import version_of


def name_heir(uow: UnitOfWork, organisation: str, person: str, version: int | None = None) -> Done:
    """An empty `person` leaves it to the administrators. `version` is the one the writer saw.
    Raises Invalid, StaleDetails, Forbidden, NotFound."""
    uow.check(may_organisation, "manage", organisation)
    at = uow.lock(Organisation, organisation)
    if version is not None and version != version_of(at.row.heir):
        raise StaleDetails
    if person and person not in holders(at):
        text = N_("Choose a colleague who belongs to the organisation.")
        raise Invalid({"heir": [Problem("heir", text)]})
    at.row.heir = person or None
    at.record("heir_named", person=person or None)
    return Done(organisation)

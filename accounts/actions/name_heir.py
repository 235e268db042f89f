"""An administrator says who takes over from a member who leaves without naming a colleague."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.permissions import may_organisation
from accounts.seats import holders
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork


def name_heir(uow: UnitOfWork, organisation: str, person: str) -> Done:
    """An empty `person` leaves it to the administrators. Raises Invalid, Forbidden, NotFound."""
    uow.check(may_organisation, "manage", organisation)
    at = uow.lock(Organisation, organisation)
    if person and person not in holders(at):
        text = N_("Choose a colleague who belongs to the organisation.")
        raise Invalid({"heir": [Problem("heir", text)]})
    at.row.heir = person or None
    at.record("heir_named", person=person or None)
    return Done(organisation)

"""An organisation shows its logo, or takes it off; the store already holds the file."""

from __future__ import annotations

from accounts.models import Organisation, OrganisationProfile
from accounts.permissions import may_organisation
from core.errors import Invalid, Problem
from core.file_types import PICTURES
from core.i18n import N_
from core.models import StoredFile
from core.results import Done
from core.unit_of_work import UnitOfWork


def set_logo(
    uow: UnitOfWork, organisation: str, sha256: str = "", media_type: str = "", size: int = 0
) -> Done:
    """No hash takes the logo off. `size` in octets. Raises Invalid, Forbidden, NotFound."""
    uow.check(may_organisation, "manage", organisation)
    if sha256 and media_type not in PICTURES:
        words = N_("Send the picture as PNG, JPEG or WebP.")
        raise Invalid({"logo": [Problem("media_type", words)]})
    at = uow.lock(Organisation, organisation)
    uow.check(may_organisation, "manage", organisation)
    row = uow.session.get(OrganisationProfile, organisation)
    if row is None:
        row = OrganisationProfile(organisation=organisation, intros={}, fields=[])
        row.edited_at = at.now
        at.add(row)
    if sha256 and uow.session.get(StoredFile, sha256) is None:
        uow.add(StoredFile(sha256=sha256, size=size, media_type=media_type, at=at.now))
    row.logo = sha256 or None
    at.record("logo_set", sha256=sha256, size=size)
    return Done(organisation)

"""An administrator writes what their organisation says of itself in public."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.errors import StaleDetails
from accounts.models import Organisation, OrganisationProfile
from accounts.permissions import may_organisation
from accounts.profiles import ProfileDraft, profile_of, profile_problems, profile_version
from core.actor import Actor
from core.errors import Invalid
from core.identifiers import IPC_SECTIONS, read_ror
from core.results import Done
from core.unit_of_work import UnitOfWork


def edit_organisation(
    uow: UnitOfWork, organisation: str, draft: ProfileDraft, version: int | None = None
) -> Done:
    """Name, kind and number stay as they were vetted. `version` is the one the writer saw. Raises
    Invalid, StaleDetails, Forbidden, NotFound."""
    uow.check(may_organisation, "manage", organisation)
    uow.check(_well_written, draft)
    at = uow.lock(Organisation, organisation)
    uow.check(may_organisation, "manage", organisation)
    if version is not None and version != profile_version(
        at.row, profile_of(uow.session, organisation)
    ):
        raise StaleDetails
    row = uow.session.get(OrganisationProfile, organisation)
    if row is None:
        row = OrganisationProfile(organisation=organisation)
        at.add(row)
    given = {language: text.strip() for language, text in draft.intros.items()}
    row.intros = {language: text for language, text in given.items() if text}
    row.fields = sorted(set(draft.fields))
    row.ror = read_ror(draft.ror) if draft.ror.strip() else None
    row.edited_at = at.now
    at.row.website = draft.website.strip() or None
    at.row.contact_name = draft.contact_name.strip() or None
    at.row.contact_mail = draft.contact_mail.strip() or None
    at.row.contact_phone = draft.contact_phone.strip() or None
    at.record("public_page_edited", by=uow.actor.key)
    return Done(organisation)


def _well_written(_session: Session, _actor: Actor, draft: ProfileDraft) -> None:
    if problems := profile_problems(draft, IPC_SECTIONS):
        raise Invalid(problems)

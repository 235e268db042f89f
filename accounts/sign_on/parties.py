"""With whom a journey goes: an institution's provider that is in use, or ORCID."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import house_state
from accounts.sign_on.keeping import unseal
from accounts.sign_on.models import IdentityProvider
from accounts.sign_on.rules import ORCID
from accounts.states import OrganisationState
from core.errors import NotFound
from core.ports import Ports


@dataclass(frozen=True)
class Party:
    """`key` stands in addresses; `organisation` is None for ORCID."""

    key: str
    issuer: str
    client: str
    secret: str = field(repr=False)
    organisation: str | None = None

    def back(self, address: str) -> str:
        """Where the provider sends people back to: an address of its own for each provider, so that
        one cannot answer for another (RFC 9700, section 2.1)."""
        return f"{address}/sign-on/{self.key}/back"


def party(session: Session, ports: Ports, key: str) -> Party:
    """Raises NotFound where there is none in use."""
    if key == ORCID:
        if ports.orcid is None:
            raise NotFound
        return Party(ORCID, ports.orcid.issuer, ports.orcid.client, ports.orcid.secret)
    row = in_use(session, key)
    if row is None:
        raise NotFound
    secret = unseal(ports.secret, row.id, row.secret)
    if secret is None:
        raise NotFound
    return Party(row.id, row.issuer, row.client, secret, row.organisation)


def in_use(session: Session, key: str) -> IdentityProvider | None:
    """An approved provider of an organisation that is vetted now, or merged into one that is."""
    p = IdentityProvider
    vetted = house_state(p.organisation) == OrganisationState.VETTED
    where = p.id == key, p.state == "approved", vetted
    return session.scalars(select(p).where(*where)).one_or_none()

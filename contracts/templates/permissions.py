"""Who keeps templates, and who may use them."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from contracts.templates.models import ContractTemplate
from core.actor import Actor
from core.errors import NotFound

KEEPERS: Final = frozenset({"tto_officer", "firm_admin", "provider_admin"})
"""Who keeps the templates of an organisation."""


def keeps_templates(actor: Actor, organisation: str) -> bool:
    """May the actor add and retire the templates of an organisation?"""
    return bool(actor.roles_in(organisation) & KEEPERS)


def check_keeps_templates(_session: Session, actor: Actor, organisation: str) -> None:
    """For `uow.check`. Raises NotFound."""
    if not keeps_templates(actor, organisation):
        raise NotFound


def check_template(session: Session, actor: Actor, template: str) -> None:
    """For `uow.check`. Raises NotFound."""
    row = session.get(ContractTemplate, template)
    if row is None or not keeps_templates(actor, row.owner_org):
        raise NotFound(ref=f"contract_template:{template}")

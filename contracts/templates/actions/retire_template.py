"""A template of an organisation is used no longer."""

from __future__ import annotations

from contracts.templates.errors import TemplateRetired
from contracts.templates.models import ContractTemplate
from contracts.templates.permissions import check_template
from core.results import Done
from core.unit_of_work import UnitOfWork


def retire_template(uow: UnitOfWork, template: str) -> Done:
    """It stays on record; nothing new is made of it. Raises NotFound, TemplateRetired."""
    uow.check(check_template, template)
    at = uow.lock(ContractTemplate, template)
    if at.row.retired_at is not None:
        raise TemplateRetired
    at.row.retired_by, at.row.retired_at = uow.actor.person, at.now
    at.record("template_retired")
    return Done(template)

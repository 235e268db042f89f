"""An operator publishes another version of the terms or of the privacy text."""

from __future__ import annotations

from datetime import date

from accounts.consents.errors import TextExists
from accounts.consents.models import ConsentText
from accounts.consents.rules import NOTICE_DAYS, TextKind, first_day, text_problems
from accounts.permissions import may_operate
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.ids import made_of
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork


def publish_text(
    uow: UnitOfWork, kind: str, text: str, text_en: str, takes_effect: date | None
) -> Done:
    """It is public at once and holds from its day on; then everybody is asked again. Raises
    Invalid, NotFound, TextExists."""
    uow.check(may_operate)
    if kind not in set(TextKind):
        raise Invalid({"kind": [Problem("kind", N_("Choose which text it is."))]})
    now, ports = uow.now(uow.open()), uow.ports
    today = legal_date(now, ports.zone)
    first = first_day(today, uow.law(ports.jurisdiction, today).integer(NOTICE_DAYS))
    if problems := text_problems((text, text_en), takes_effect, first):
        raise Invalid(problems)
    id = made_of(kind, str(takes_effect))
    if _is_there(uow, id):
        raise TextExists
    at = uow.create(
        ConsentText(
            id=id, kind=kind, takes_effect=takes_effect, text=text.strip(),
            text_en=text_en.strip(), published_by=uow.actor.person, published_at=now,
        )
    )  # fmt: skip
    at.record("text_published", kind=kind, takes_effect=takes_effect)
    at.fact("text.published")
    return Done(id)


def _is_there(uow: UnitOfWork, id: str) -> bool:
    try:
        uow.lock(ConsentText, id)
    except NotFound:
        return False
    return True

"""Write down what a firm looks for and show it at once."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.actions.draft_need import draft_need
from listings.actions.publish_need import publish_need
from listings.inputs import NeedInput


def post_need(uow: UnitOfWork, owner_org: str, need: NeedInput) -> Done:
    """Answers with the need's id. Refused, not even a draft is left. Raises what the two raise."""
    drafted = draft_need(uow, owner_org, need)
    uow.session.flush()
    return publish_need(uow, drafted.ref)

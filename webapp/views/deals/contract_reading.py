"""The contract that an address names, as the person who asks may see it."""

from __future__ import annotations

from contracts.queries import ContractPage, contract_page
from core.errors import NotFound
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import read


def contract_of(shown: str) -> ContractPage:
    """Raises NotFound."""
    actor, runtime = need_person(), the_market()
    with runtime.database.read() as session:
        language = runtime.settings.language
        found = contract_page(session, actor, read("deal", shown), language)
    if found is None:
        raise NotFound(ref=shown)
    return found

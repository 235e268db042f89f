"""Money, to be read: what one's side owes and is owed. It is claimed and confirmed by people."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from billing.permissions import pays
from billing.reading import obligation_page, obligations_behind
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations.sharing import page_of, part, place_of
from webapp.api.schemas.common import Page
from webapp.api.schemas.money import (
    ObligationOut,
    ObligationsOut,
    obligation_line,
    obligation_out,
)
from webapp.language import page_language

TAG: Final = "money"
_LIST: Final = "obligations"


@operation(
    "GET", "/obligations", "listObligations",
    N_("What your side owes and is owed, newest first"), TAG,
    scope=Scope.READ_MONEY, query=Page, answer=ObligationsOut,
    links=(Link("readObligation", "obligation", "/items/0/id"),),
)  # fmt: skip
def list_obligations(call: Call) -> Reply:
    asked = call.query
    place = place_of(_LIST, asked.cursor)
    with call.look() as at:
        rows = obligations_behind(at.session, call.actor, place, asked.limit + 1, page_language())
    shown, following = part(
        _LIST, rows, asked.limit, lambda line: (line.row.raised_at, line.row.id)
    )
    items = [obligation_line(line, page_of("obligation", line.row.id)) for line in shown]
    return Reply(ObligationsOut(items=items, next=following))


@operation(
    "GET", "/obligations/{obligation}", "readObligation",
    N_("One obligation with its payments, payouts and deposit"), TAG,
    scope=Scope.READ_MONEY, answer=ObligationOut, tagged=True,
)  # fmt: skip
def read_obligation(call: Call) -> Reply:
    id = call.id("obligation")
    with call.look() as at:
        page = obligation_page(at.session, call.actor, id, page_language())
    row = page.line.row
    body = obligation_out(page, page_of("obligation", id), pays=pays(call.actor, row))
    return Reply(body, row.version)

"""Needs: read, drafted, edited, published, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from accounts.scopes import Scope
from core.errors import NotFound
from core.i18n import N_
from core.results import Result
from listings.actions.draft_need import draft_need
from listings.actions.edit_need import edit_need
from listings.actions.publish_need import publish_need
from listings.actions.reopen_need import reopen_need
from listings.actions.withdraw_need import withdraw_need
from listings.errors import StaleEdit
from listings.queries import need_page
from listings.queries.lists import needs_behind
from listings.states import NeedState
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import VersionStale
from webapp.api.operations.sharing import page_of, part, place_of
from webapp.api.schemas.common import Empty, Page, plain_id, shown_id
from webapp.api.schemas.needs import (
    NeedDraft,
    NeedIn,
    NeedOut,
    NeedsOut,
    NeedWithdrawIn,
    need_line,
    need_out,
)

TAG: Final = "needs"
_LIST: Final = "needs"


class NeedsQuery(Page):
    owner: shown_id("organisation") | None = None  # type: ignore[valid-type]
    state: NeedState | None = None


@operation(
    "GET", "/needs", "listNeeds", N_("Needs that you may read, newest first"), TAG,
    query=NeedsQuery, answer=NeedsOut, links=(Link("readNeed", "need", "/items/0/id"),),
)  # fmt: skip
def list_needs(call: Call) -> Reply:
    asked = call.query
    place = place_of(_LIST, asked.cursor)
    with call.look() as at:
        rows = needs_behind(
            at.session, call.actor, place, asked.limit + 1,
            owner=plain_id(asked.owner), state=asked.state,
        )  # fmt: skip
    shown, following = part(_LIST, rows, asked.limit, lambda row: (row.created_at, row.id))
    items = [need_line(row, page_of("need", row.id)) for row in shown]
    return Reply(NeedsOut(items=items, next=following))


def _shown(call: Call, id: str) -> Reply:
    with call.look() as at:
        page = need_page(at.session, call.actor, id, language=call.actor.language)
    if page is None:
        raise NotFound(ref=f"need:{id}")
    version = page.version if "read_history" in page.may else None
    return Reply(need_out(page, page_of("need", id)), version)


@operation(
    "GET", "/needs/{need}", "readNeed", N_("One need, as far as you may see it"), TAG,
    answer=NeedOut, tagged=True,
)  # fmt: skip
def read_need(call: Call) -> Reply:
    return _shown(call, call.id("need"))


@operation(
    "POST", "/needs", "draftNeed", N_("Write down what is looked for"), TAG,
    scope=Scope.WRITE_NEEDS, body=NeedDraft, answer=NeedOut, status=201, tagged=True,
    links=(
        Link("readNeed", "need"),
        Link("publishNeed", "need"),
        Link("editNeed", "need", tagged=True),
    ),
)  # fmt: skip
def draft(call: Call) -> Reply:
    done: Any = call.act(draft_need, plain_id(call.body.owner), call.body.need.plain())
    return _shown(call, done.ref)


@operation(
    "PUT", "/needs/{need}", "editNeed", N_("Replace what a need says"), TAG,
    scope=Scope.WRITE_NEEDS, body=NeedIn, answer=NeedOut, guarded=True, tagged=True,
)  # fmt: skip
def edit(call: Call) -> Reply:
    try:
        call.act(edit_need, call.id("need"), call.body.plain(), call.version)
    except StaleEdit:
        raise VersionStale from None
    return _shown(call, call.id("need"))


@operation(
    "POST", "/needs/{need}/withdraw", "withdrawNeed", N_("Take a need back"), TAG,
    scope=Scope.WRITE_NEEDS, body=NeedWithdrawIn, answer=NeedOut, tagged=True,
)  # fmt: skip
def withdraw(call: Call) -> Reply:
    call.act(withdraw_need, call.id("need"), matched=call.body.matched)
    return _shown(call, call.id("need"))


@dataclass(frozen=True)
class _Step:
    """A step without anything to say but the need."""

    action: Callable[..., Result]

    def __call__(self, call: Call) -> Reply:
        call.act(self.action, call.id("need"))
        return _shown(call, call.id("need"))


_STEPS: Final[dict[str, tuple[str, Any, str]]] = {
    "publish": ("publishNeed", publish_need, N_("Show a need to the market")),
    "reopen": ("reopenNeed", reopen_need, N_("Turn a need that is over into a draft again")),
}
for _path, (_name, _action, _summary) in _STEPS.items():
    operation(
        "POST", f"/needs/{{need}}/{_path}", _name, _summary, TAG,
        scope=Scope.WRITE_NEEDS, body=Empty, answer=NeedOut, tagged=True,
    )(_Step(_action))  # fmt: skip

"""Whom each route lets in: declared beside the view, asked before the view runs, never left out.

A gate is the coarse half of permission: is anybody signed in, do they oversee, do they work in an
office? The fine half (may this actor do this to that?) stays with the area's `permissions.py`; `of`
names the thing about which it decides. The app does not start with a route that declares nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, TypeVar

from flask import Flask, current_app, request

from core.errors import Forbidden, NotFound
from listings.errors import NoOwner
from listings.permissions import OFFICERS, WRITERS
from webapp.sessions import need, need_fresh, need_person

View = TypeVar("View", bound=Callable[..., Any])
READS: Final = frozenset({"GET", "HEAD"})
_MARK: Final = "market_access"


@dataclass(frozen=True)
class Gate:
    """`admit` returns for those who may come in, and raises for everybody else."""

    name: str
    admit: Callable[[], object]


@dataclass(frozen=True)
class Access:
    """`of`: the kind of thing that the address names; empty where it names none. `fresh`: methods
    for which whoever has not shown lately who they are does so first."""

    gate: Gate
    of: str
    writes: dict[str, Gate]
    fresh: frozenset[str]

    def gate_for(self, method: str) -> Gate:
        return self.writes.get(method, self.gate)


class UndeclaredError(RuntimeError):
    """A route that does not say whom it lets in."""


def _seated(refusal: type[Forbidden], do: str, roles: frozenset[str]) -> None:
    if not any(seat.roles & roles for seat in need_person().seats):
        raise refusal(do=do)


PUBLIC: Final = Gate("public", lambda: None)
"""Everybody. What a thing shows, and whether it is there for this actor, its area decides."""
PERSON: Final = Gate("person", need_person)
WRITER: Final = Gate("writer", partial(_seated, NoOwner, "draft", WRITERS))
"""Somebody who may write results or needs in the name of an organisation."""
OFFICE: Final = Gate("office", partial(_seated, Forbidden, "queue", OFFICERS))
"""Somebody who publishes for an organisation."""
OVERSEE: Final = Gate("oversee", partial(need, "oversee"))
OPERATE: Final = Gate("operate", partial(need, "operate"))
TOKEN: Final = Gate("token", lambda: None)
"""A program: the operation's own declaration names the scope, and the door of the API asks for it
without ever looking at a cookie."""


def access(
    gate: Gate, *, of: str = "", fresh: Literal["post"] | bool = False, **writes: Gate
) -> Callable[[View], View]:
    """Declares whom a view lets in: `@access(OVERSEE, post=OPERATE, of="organisation")`.

    `gate` holds for every method that is not named; a view that both shows and writes names each
    writing method, so that no permission to read ever guards a write by accident. `fresh` is for
    steps about money, roles, keys, ways of signing in, what the operator decides and public notice:
    True where the form stands on a page of its own, "post" where others read that page too.
    """
    asked = READS | {"POST"} if fresh is True else {"POST"} if fresh else ()
    own = {method.upper(): gate for method, gate in writes.items()}
    declared = Access(gate, of, own, frozenset(asked))

    def mark(view: View) -> View:
        setattr(view, _MARK, declared)
        return view

    return mark


def declared_by(view: Callable[..., Any] | None) -> Access | None:
    """What a view declares; None if nothing."""
    found = getattr(view, _MARK, None)
    return found if isinstance(found, Access) else None


def install(app: Flask) -> None:
    """Asks the gate before any view runs, and after the form guard, which refuses forged forms."""
    app.before_request(_ask)


def _ask() -> None:
    if request.endpoint is None or request.method == "OPTIONS":
        return  # there is no such page, or Flask itself tells the methods of one
    declared = declared_by(current_app.view_functions.get(request.endpoint))
    if declared is None:
        raise NotFound
    declared.gate_for(request.method).admit()
    if request.method in declared.fresh:
        need_fresh()


def require_all(app: Flask) -> None:
    """Raises UndeclaredError: a sentence for each route whose access is not declared in full."""
    said = [problem for rule in app.url_map.iter_rules() if (problem := _problem(app, rule))]
    if said:
        raise UndeclaredError("\n".join(said))


def _problem(app: Flask, rule: Any) -> str:
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    named = f"The route {'/'.join(methods)} {rule.rule} ({rule.endpoint})"
    declared = declared_by(app.view_functions.get(rule.endpoint))
    if declared is None:
        return (
            f"{named} does not say whom it lets in: put @access(PUBLIC), @access(PERSON), "
            "@access(OVERSEE) or another gate of webapp/access.py under its route."
        )
    if rule.arguments and not declared.of:
        return f'{named} names a thing in its address: say which, as in @access(…, of="listing").'
    open_writes = [m for m in methods if m not in READS | set(declared.writes)]
    if open_writes and READS & set(methods):
        name = open_writes[0].lower()
        return f"{named} shows and writes: name the gate of its writes, as in @access(…, {name}=…)."
    return ""

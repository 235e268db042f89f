"""How an operation is declared: its address, its scope, what it takes, what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from core.ids import PREFIXES

PREFIX: Final = "/api/v1"
KINDS: Final = frozenset(
    {
        "listing", "need", "organisation", "inquiry", "deal", "notice", "obligation", "round",
        "posting", "proposal", "saved_search",
    }
)  # fmt: skip
"""Path parameters that are shown identifiers of a kind."""
PARTS: Final = (
    "membership", "invitation", "request", "unit", "step", "claim", "picture", "signature",
    "document", "rule", "member",
)  # fmt: skip
"""Path parameters that are bare ids of parts of a thing."""
NUMBERED: Final = ("version", "co_owner", "valuation")
"""Path parameters that are whole numbers."""
ITEMS: Final = frozenset({"listing", "need"})
"""What the path parameter `item` may name."""


@dataclass(frozen=True)
class Link:
    """What may follow: the operation `name`, its path parameter from the answer's body; `tagged`:
    its If-Match from the answer's ETag."""

    name: str
    parameter: str
    pointer: str = "/id"
    tagged: bool = False


@dataclass(frozen=True)
class Operation:
    """`scope` None: open to everyone. `guarded`: a PUT, PATCH or DELETE that names the version it
    changes. `streams`: the media type of an answer that is written as it is read. `takes_file`: the
    body is the octets of a file. `by_hand`: people do it on a page, where they prove again who they
    are; a program is refused and told where."""

    method: str
    path: str
    name: str
    summary: str
    tag: str
    run: Callable[..., Any]
    scope: str | None = None
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    guarded: bool = False
    tagged: bool = False
    streams: str = ""
    takes_file: bool = False
    by_hand: bool = False
    refuses: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def keyed(self) -> bool:
        return self.method == "POST"

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the path parameters, in order."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    @property
    def about(self) -> str:
        """The kind of thing that the address names first; empty where it names none."""
        return next(iter(self.parameters), "")

    @property
    def statuses(self) -> tuple[int, ...]:
        """Every refusal that this operation may answer with."""
        found = {400, 401, 429, 503, *self.refuses}
        if self.scope is not None:
            found.add(403)
        if self.parameters:
            found.add(404)
        if self.query is not None:
            found.add(422)
        if self.body is not None or self.takes_file:
            found |= {413, 415, 422}
        if self.keyed:
            found |= {409, 422}
        if self.guarded:
            found |= {409, 412, 422, 428}
        return tuple(sorted(found))


@dataclass
class Table:
    """Every operation of the API by its name."""

    by_name: dict[str, Operation] = field(default_factory=dict)

    def add(self, operation: Operation) -> None:
        if operation.name in self.by_name:
            raise ValueError(f"two operations are named {operation.name}")
        unknown = set(operation.parameters) - set(PARAMETERS)
        if unknown:
            raise ValueError(f"{operation.name}: no such path parameter: {sorted(unknown)}")
        self.by_name[operation.name] = operation

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.by_name.values())


PARAMETERS: Final[Mapping[str, dict[str, Any]]] = {
    **{kind: {"type": "string", "pattern": f"^{PREFIXES[kind]}_[0-9a-f]{{32}}$"} for kind in KINDS},
    "item": {"type": "string", "pattern": "^(lst|ned)_[0-9a-f]{32}$"},
    **{name: {"type": "integer", "minimum": 1, "maximum": 2**31 - 1} for name in NUMBERED},
    "objection": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "question": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    **{name: {"type": "string", "pattern": "^[0-9a-f]{32}$"} for name in PARTS},
    "file": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
"""What may stand in an address, as JSON Schema."""

TABLE: Final = Table()


def operation(
    method: str, path: str, name: str, summary: str, tag: str, **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares the decorated function as the operation `name`; `summary` is an `N_` text."""

    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        TABLE.add(Operation(method, path, name, summary, tag, run, **more))
        return run

    return declare

"""Types that every part of the API uses."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from core.ids import PREFIXES, parse
from core.money import Money, is_currency
from core.texts import kept
from webapp.api.paging import DEFAULT, MOST

LARGEST: Final = 2**31 - 1
LARGEST_MINOR: Final = 10**15
"""More minor units than any technology was ever sold for; the column holds it with room."""


def _keepable(text: object) -> object:
    if not isinstance(text, str):
        return text  # a later check says so
    if "\x00" in text:
        raise PydanticCustomError("unkeepable", "NUL")
    return kept(text)


Keepable: Final = BeforeValidator(_keepable)
"""Read as it will be kept, before its length is counted."""


def _text(longest: int, shortest: int = 0) -> Any:
    bounds = StringConstraints(max_length=longest, min_length=shortest)
    return Annotated[str, bounds, Keepable]


Word = _text(120)
Line = _text(500)
FileName = _text(120, 1)
"""As the file is to be saved, with its ending."""
Prose = _text(6000)
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_./-]*$")]
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""The bare id of a part of something."""
Whole = Annotated[int, Field(ge=0, le=LARGEST)]
Points = Annotated[int, Field(ge=0, le=10_000)]
"""Basis points: 300 is 3 %."""
Language = Annotated[str, StringConstraints(pattern=r"^(zh|en)$")]
Minor = Annotated[int, Field(ge=1, le=LARGEST_MINOR)]


def shown_id(kind: str) -> Any:
    """The type of a shown identifier, such as `lst_4f…`."""
    return Annotated[str, StringConstraints(pattern=rf"^{PREFIXES[kind]}_[0-9a-f]{{32}}$")]


def plain_id(shown: str | None) -> str | None:
    """The id inside a shown identifier that a model has let through."""
    found = parse(shown) if shown else None
    return found[1] if found else None


class In(BaseModel):
    """What a caller sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Out(BaseModel):
    """What a caller gets. A field with a default is there only for those who may see it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _known(currency: str) -> str:
    if not is_currency(currency):
        raise PydanticCustomError("currency", "unknown currency")
    return currency


class Amount(In):
    """Minor units: 125000 CNY is 1,250.00 yuan."""

    minor: Annotated[int, Field(ge=0, le=LARGEST_MINOR)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_known)]

    def money(self) -> Money:
        return Money(self.minor, self.currency)


def amount(money: Money | None) -> Amount | None:
    return None if money is None else Amount(minor=money.minor, currency=money.currency)


class Empty(In):
    """A body without anything: `{}`."""


class Page(In):
    """Where a list goes on, and how much of it."""

    cursor: Annotated[str, StringConstraints(max_length=600)] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = DEFAULT


class ProblemField(Out):
    field: str
    code: str
    detail: str


class ProblemOut(Out):
    """RFC 9457: what happened and what to do, in the caller's language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[ProblemField] = Field(default_factory=list)

"""Numbers that the market gives: a pattern says what one looks like, a series counts where it does.

A pattern is text with marks: `{year}` `{month}` `{day}` `{date}` of the day on which the number is
given, `{id}` eight signs of what is numbered, `{n}` a running number, `{n:5}` one of at least five
digits. The running number begins anew whenever the rest of the number changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED
from core.errors import NotFound
from core.ids import made_of
from core.models import Base, Head
from core.unit_of_work import UnitOfWork

LONGEST: Final = 40
_MARK: Final = re.compile(r"\{(year|month|day|date|id|n)(?::([1-9]))?\}")
_PLAIN: Final = re.compile(r"[A-Za-z0-9\u4e00-\u9fff〔〕()/._-]*")
"""What a number may have beside its marks: nothing that a file name or an address would break on,
but for the slash, which those who write names replace."""


class PatternError(ValueError):
    """A pattern that gives no usable number; `args[0]` is a code: signs, mark, one, long."""


@dataclass(frozen=True)
class Pattern:
    """A checked pattern."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Raises PatternError."""
        marks = [(found[1], found[2]) for found in _MARK.finditer(text)]
        names = [name for name, _digits in marks]
        if not _PLAIN.fullmatch(_MARK.sub("", text)):
            raise PatternError("signs")
        if any(digits and name != "n" for name, digits in marks) or names.count("n") > 1:
            raise PatternError("mark")
        if not {"n", "id"} & set(names):
            raise PatternError("one")
        pattern = cls(text)
        if len(pattern.number(date(2026, 12, 31), "0" * 32, 999_999)) > LONGEST:
            raise PatternError("long")
        return pattern

    @property
    def counts(self) -> bool:
        """Does it have a running number?"""
        return any(found[1] == "n" for found in _MARK.finditer(self.text))

    def number(self, on: date, id: str, n: int) -> str:
        """What it gives; `n` is not looked at where nothing runs."""
        return self._filled(on, id, lambda digits: str(n).zfill(int(digits or 1)))

    def series(self, on: date, id: str) -> str:
        """What stays the same while the running number runs."""
        return self._filled(on, id, lambda _digits: "#")

    def _filled(self, on: date, id: str, running: Callable[[str | None], str]) -> str:
        said = {"year": f"{on:%Y}", "month": f"{on:%m}", "day": f"{on:%d}", "date": f"{on:%Y%m%d}",
                "id": id[:8].upper()}  # fmt: skip
        return _MARK.sub(
            lambda found: running(found[2]) if found[1] == "n" else said[found[1]], self.text
        )


class Series(Base, Head):
    """How far the running number of one kind has come. Its id is made of kind and text."""

    __tablename__ = "series"
    PREFIX = "series"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    text: Mapped[str] = mapped_column(info=FIXED)
    """The number without its running part: `HT-2026-#`."""
    last: Mapped[int] = mapped_column(default=0)


def give_number(
    uow: UnitOfWork, kind: str, pattern: Pattern, on: date, id: str, taken: Callable[[str], bool]
) -> str:
    """The next number of a kind, which nothing else bears. Locks the series, where there is one:
    last of all streams, and until the unit of work ends, so that no number is given twice."""
    if not pattern.counts:
        return pattern.number(on, id, 0)
    text = pattern.series(on, id)
    try:
        at = uow.lock(Series, made_of("series", kind, text))
    except NotFound:
        at = uow.create(Series(id=made_of("series", kind, text), kind=kind, text=text, last=0))
    at.row.last += 1
    while taken(pattern.number(on, id, at.row.last)):
        at.row.last += 1
    at.record("number_given", kind=kind, n=at.row.last)
    return pattern.number(on, id, at.row.last)

"""The drawn life of patents and licences: one row each, years across, today marked (pure).

Coordinates are of a drawing 680 wide; presentation attributes only, since the content policy
allows no inline style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LEFT, RIGHT, TOP, ROW = 96.0, 676.0, 24.0, 48.0
BAR, HALF = 18.0, 5.0


@dataclass(frozen=True)
class Right:
    """What a row shows. `kind`: patent (a term, with fees paid up to a day) or licence."""

    label: str
    number: str
    starts: date
    ends: date | None
    kind: str = "patent"
    paid_from: date | None = None
    paid_until: date | None = None
    marks: tuple[date, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle; `css`: k paid, g2 term, a2 licence."""

    css: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Row:
    label: str
    number: str
    y: float
    boxes: tuple[Box, ...]
    marks: tuple[str, ...]
    """Paths of the small triangles under filing and grant."""
    note: str
    note_x: float


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    years: tuple[tuple[float, str], ...]
    """Position and label; the label is empty for every second line."""
    rows: tuple[Row, ...]
    now_x: float
    base_y: float


def draw(rights: Sequence[Right], today: date) -> Drawing | None:
    """None when there is nothing to draw."""
    if not rights:
        return None
    first = min([right.starts for right in rights] + [today]).year
    ends = [right.ends or _later(right.starts, 20) for right in rights]
    last = max([*ends, _later(today, 2)]).year + 1
    scale = _Scale(date(first, 1, 1), date(last, 1, 1))
    rows = tuple(_row(right, n, scale, today) for n, right in enumerate(rights))
    base = TOP + ROW * len(rights) + 16
    return Drawing(680, base + 30, scale.years(), rows, scale.x(today), base)


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, (last - first).days

    def x(self, day: date) -> float:
        share = (day - self.first).days / self.days
        return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share)), 1)

    def years(self) -> tuple[tuple[float, str], ...]:
        count = round(self.days / 365.25)
        step = max(1, round(count / 12))
        starts = range(self.first.year, self.first.year + count, step)
        return tuple(
            (self.x(date(year, 1, 1)), str(year) if n % 2 == 0 else "")
            for n, year in enumerate(starts)
        )


def _row(right: Right, n: int, scale: _Scale, today: date) -> Row:
    y = TOP + 16 + ROW * n
    end = right.ends or (_later(right.starts, 20) if right.kind == "patent" else scale_end(today))
    boxes = [_box("a2" if right.kind == "licence" else "g2", right.starts, end, y, scale)]
    if right.paid_until and right.paid_until > (right.paid_from or right.starts):
        boxes.append(_box("k", right.paid_from or right.starts, right.paid_until, y, scale))
    marks = tuple(
        f"M{scale.x(day)} {y + BAR}l-{HALF:g} 8h{2 * HALF:g}z" for day in right.marks if day
    )
    return Row(
        right.label,
        right.number,
        y,
        tuple(boxes),
        marks,
        right.note,
        boxes[0].x + boxes[0].width + 8,
    )


def _box(css: str, starts: date, ends: date, y: float, scale: _Scale) -> Box:
    x = scale.x(starts)
    return Box(css, x, y, max(1.5, round(scale.x(ends) - x, 1)), BAR)


def scale_end(today: date) -> date:
    """Where a licence without an end is drawn to: the edge of the drawing."""
    return _later(today, 60)


def _later(day: date, years: int) -> date:
    """The same day in a later year; 29 February becomes 28."""
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)

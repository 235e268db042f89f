"""A page's form as a browser would send it when nobody typed anything, and what is stored."""

from __future__ import annotations

from html.parser import HTMLParser

from sqlalchemy import select

from core.database import Database
from listings import models

NOT_SENT = {"submit", "button", "reset", "image", "file"}


class _Form(HTMLParser):
    """Reads the form whose draft the browser keeps: the one that a person fills in."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._inside = False
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[str], list[str]] | None = None

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        name = named.get("name") or ""
        if tag == "form":
            self._inside = named.get("method") == "post" and "data-draft" in named
        if not self._inside:
            return
        if tag == "textarea":
            self._area = (name, [])
        elif tag == "select":
            self._select = (name, [], [])
        elif tag == "option" and self._select:
            self._select[1].append(named.get("value") or "")
            if "selected" in named:
                self._select[2].append(named.get("value") or "")
        elif tag == "input" and name:
            self._input(name, named)

    def _input(self, name, named) -> None:
        kind = (named.get("type") or "text").lower()
        if kind in {"radio", "checkbox"}:
            if "checked" in named:
                self.pairs.append((name, named.get("value") or "on"))
        elif kind not in NOT_SENT:
            self.pairs.append((name, named.get("value") or ""))

    def handle_data(self, data):
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            name, text = self._area[0], "".join(self._area[1]).replace("\r\n", "\n")
            # The parser of a page drops one line end behind the tag, and sends each as CR LF.
            self.pairs.append((name, text.removeprefix("\n").replace("\n", "\r\n")))
            self._area = None
        elif tag == "select" and self._select:
            name, values, chosen = self._select
            self.pairs += [(name, value) for value in (chosen or values[:1])]
            self._select = None
        elif tag == "form":
            self._inside = False


def sent_by_browser(page: str) -> dict[str, list[str]]:
    """What the page's form sends as it stands; fields with one name keep their order."""
    form = _Form()
    form.feed(page)
    sent: dict[str, list[str]] = {}
    for name, value in form.pairs:
        sent.setdefault(name, []).append(value)
    return sent


_MOVES_WITH_EVERY_EDIT = {"version", "edited_at", "edits"}
_STORED = (
    *(models.Listing, models.ListingText, models.Comparison, models.OfferedWay),
    *(models.ListingFile, models.Picture, models.Asset, models.AssetMember, models.IpcCode),
    *(models.IndustryCode, models.Funding, models.Contributor, models.PatentFacts),
    *(models.TrlEvidence, models.CoOwner, models.Right, models.Need, models.NeedText),
)


def stored_rows(database: Database) -> dict[str, list[str]]:
    """Every row that says something about results and needs, by table."""
    with database.read() as session:
        return {
            model.__tablename__: sorted(_row(model, row) for row in session.scalars(select(model)))
            for model in _STORED
        }


def _row(model, row) -> str:
    names = [column.key for column in model.__mapper__.column_attrs]
    return repr({name: getattr(row, name) for name in names if name not in _MOVES_WITH_EVERY_EDIT})

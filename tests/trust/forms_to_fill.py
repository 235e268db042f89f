"""The forms that pages show, as a browser holds them: what stands in each field, who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "search", "tel", "email", "url", "textarea"})
"""Kinds of fields in which a person writes what they like."""
NEVER_SENT = frozenset({"submit", "button", "reset", "image"})


@dataclass
class Field:
    """`values` is what a browser would send of it; `offers` what else may be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    required: bool = False
    bad: bool = False
    """Marked as wrong, or described by an error."""


@dataclass
class Form:
    """Where a form goes, what it carries, and with which buttons it can be sent."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def typed(self) -> list[str]:
        """What has no name is not sent: a script reads it."""
        return [one.name for one in self.fields.values() if one.kind in TYPED and one.name]


class _Reader(HTMLParser):
    """Collects the forms of a page that are posted."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "form":
            posts = (named.get("method") or "").lower() == "post"
            self._form = Form((named.get("action") or "").split("#")[0]) if posts else None
            if self._form:
                self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "button":
            if named.get("type", "submit") == "submit":
                self._form.buttons.append((named.get("name") or "", named.get("value") or ""))
        elif tag == "textarea":
            self._area = self._field(named, "textarea")
        elif tag == "select":
            self._select = self._field(named, "select")
        elif tag == "option" and self._select is not None:
            self._option(named)
        elif tag == "input" and named.get("name"):
            self._input(named)

    def _field(self, named, kind: str) -> Field:
        """Of several that share a name, the first; a browser sends all of them."""
        made = Field(named.get("name") or "", kind)
        found = self._form.fields.setdefault(made.name, made)
        found.required |= "required" in named
        found.bad |= named.get("aria-invalid") == "true"
        return found

    def _option(self, named) -> None:
        value = named.get("value") or ""
        self._select.offers.append(value)
        if "selected" in named:
            self._select.values.append(value)

    def _input(self, named) -> None:
        kind = (named.get("type") or "text").lower()
        if kind in NEVER_SENT:
            return
        found, value = self._field(named, kind), named.get("value")
        if kind in {"radio", "checkbox"}:
            found.offers.append(value or "on")
            if "checked" in named:
                found.values.append(value or "on")
        else:
            found.values.append(value or "")

    def handle_data(self, data):
        if self._area is not None:
            self._area.values.append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area is not None:
            # A browser drops one line end behind the tag.
            said = "".join(self._area.values).replace("\r\n", "\n").removeprefix("\n")
            self._area.values, self._area = [said], None
        elif tag == "select" and self._select is not None:
            if not self._select.values:
                self._select.values = self._select.offers[:1]
            self._select = None
        elif tag == "form":
            self._form = None


def forms_of(page: str) -> Iterator[Form]:
    """The posted forms of a page, in its order."""
    begin, end = page.find("<form"), page.rfind("</form>")
    if begin < 0:
        return iter(())
    read = _Reader()
    read.feed(page[begin : end + len("</form>")])
    return iter(read.forms)

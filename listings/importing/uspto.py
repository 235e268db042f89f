"""USPTO patent XML, grants and applications, versions 4.0 to 4.5, single or glued together.

Elements and where they stand follow the office's us-patent-grant and us-patent-application DTDs;
inventors are under `applicants` before v4.3 and under `inventors` from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from listings.importing.errors import (
    FileRefused,
    SequenceListing,
    XmlForeign,
    XmlMalformed,
    XmlTooDeep,
)
from listings.importing.limits import MAX_DEPTH
from listings.importing.row import Row, RowProblem, refused_row
from listings.importing.xmlparts import Part, harmless, root_name, split

ROOTS: Final = ("us-patent-grant", "us-patent-application")
_SEQUENCES: Final = ("sequence-cwu", "sequence-listing", "sequence-cwu-list")
_IPCR: Final = ("section", "class", "subclass", "main-group", "subgroup")
_TYPES: Final = {
    "utility": "invention",
    "design": "design",
    "plant": "plant",
    "reissue": "invention",
}


def read_documents(path: Path) -> Iterator[Row]:
    """One row for each document; what cannot be read is a row with its reason."""
    for part in split(path):
        try:
            yield read_part(part)
        except SequenceListing as why:
            problem = RowProblem("", "", why.code, why.text, fatal=False)
            yield Row(part.number, {}, (problem,))
        except FileRefused as why:
            yield refused_row(part.number, why)


def read_part(part: Part) -> Row:
    """The row that one document gives. Raises the FileRefused that explains why it gives none."""
    if part.refused:
        raise part.refused
    text = harmless(part.content)
    root = root_name(text)
    if root in _SEQUENCES:
        raise SequenceListing
    if root not in ROOTS:
        raise XmlForeign(root=root[:60] or "?")
    return Row(part.number, _Fields(_parse(text, root)).row())


def _parse(text: str, root: str) -> _Collector:
    collector = _Collector()
    parser = etree.XMLParser(
        target=cast("Any", collector),  # the stubs ask for bytes, which lxml never hands over
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for start in range(0, len(text), 1 << 18):
            parser.feed(text[start : start + (1 << 18)].encode())
        parser.close()
    except etree.XMLSyntaxError as error:
        raise XmlMalformed(line=error.lineno or 1) from error
    if collector.root != root:
        raise XmlForeign(root=collector.root[:60])
    return collector


class _Collector:
    """Keeps the text of bibliographic data and abstract by path; drops the rest unread.

    Memory stays with what is kept, however long the description is.
    """

    def __init__(self) -> None:
        self.root = ""
        self.path: list[str] = []
        self.found: list[tuple[str, str]] = []
        """(path below the root, text), in document order; a closed group adds (path, "")."""
        self.attributes: dict[str, dict[str, str]] = {}
        self._text: list[str] = []
        self._keep = 0
        """Depth of the abstract or title we are in: its inner markup is read as text."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.path) >= MAX_DEPTH:
            raise XmlTooDeep(limit=MAX_DEPTH)
        self.path.append(tag)
        if len(self.path) == 1:
            self.root = tag
            self.attributes[tag] = dict(attributes)
        elif tag == "application-reference":
            self.attributes[tag] = dict(attributes)
        if not self._keep:
            self._text.clear()
            if tag in ("abstract", "invention-title"):
                self._keep = len(self.path)
        elif tag == "p" and self._text:
            self._text.append("\n")

    def data(self, text: str) -> None:
        if self._wanted():
            self._text.append(text)

    def end(self, tag: str) -> None:  # noqa: ARG002  lxml calls it so
        if self._wanted() and (not self._keep or self._keep == len(self.path)):
            self.found.append(("/".join(self.path[1:]), "".join(self._text).strip()))
            self._text.clear()
            self._keep = 0
        self.path.pop()

    def close(self) -> None:
        return None

    def _wanted(self) -> bool:
        return len(self.path) > 1 and (
            self.path[1].startswith("us-bibliographic-data") or self.path[1] == "abstract"
        )


class _Fields:
    """Turns what was collected into the columns of a row."""

    def __init__(self, collected: _Collector) -> None:
        self.collected = collected
        self.found = [(path.partition("/")[2] or path, text) for path, text in collected.found]

    def row(self) -> dict[str, str]:
        grant = self.collected.root == "us-patent-grant"
        office = self._first("publication-reference/document-id/country") or "US"
        number = self._first("publication-reference/document-id/doc-number").lstrip("0")
        kind = self._first("publication-reference/document-id/kind")
        published = self._first("publication-reference/document-id/date")
        applied = self._first("application-reference/document-id/doc-number")
        appl_type = self.collected.attributes.get("application-reference", {}).get("appl-type", "")
        language = self.collected.attributes[self.collected.root].get("lang", "EN").lower()
        fields = {
            "title": self._text("invention-title"),
            "abstract": self._text("abstract"),
            "language": language,
            "grant_number" if grant else "publication_number": f"{office}{number}{kind}",
            "application_number": f"{office}{applied}" if applied else "",
            "kind_code": kind,
            "patent_type": _TYPES.get(appl_type, ""),
            "filing_date": self._first("application-reference/document-id/date"),
            "grant_date" if grant else "publication_date": published,
            "legal_status": "granted" if grant else "pending",
            "ipc": "; ".join(self._ipc()),
            "cpc": "; ".join(self._symbols("cpc")),
            "locarno": "; ".join(self._all("classification-locarno/main-classification")),
            "contributors": "; ".join(self._people()),
            "owners": "; ".join(self._all("assignees/assignee/addressbook/orgname")),
        }
        return {name: value for name, value in fields.items() if value}

    def _first(self, path: str) -> str:
        return next(iter(self._all(path)), "")

    def _all(self, path: str) -> list[str]:
        return list(dict.fromkeys(text for at, text in self.found if at == path and text))

    def _text(self, path: str) -> str:
        lines = (" ".join(line.split()) for line in self._first(path).splitlines())
        return "\n".join(line for line in lines if line)

    def _ipc(self) -> list[str]:
        symbols = self._symbols("ipcr")
        for level in ("main-classification", "further-classification"):
            symbols += [_edition7(text) for text in self._all(f"classification-ipc/{level}")]
        return list(dict.fromkeys(symbols))

    def _symbols(self, scheme: str) -> list[str]:
        """Symbols put together from section, class, subclass, main group and subgroup."""
        symbols, parts = [], dict[str, str]()
        for path, text in self.found:
            steps = path.split("/")
            if len(steps) < 2 or not steps[-2].startswith(f"classification-{scheme}"):
                continue
            if steps[-1] == _IPCR[0]:
                parts = {}
            parts[steps[-1]] = text
            if steps[-1] == _IPCR[-1] and all(name in parts for name in _IPCR):
                head = "".join(parts[name] for name in _IPCR[:3])
                symbols.append(f"{head}{parts['main-group']}/{parts['subgroup']}")
        return list(dict.fromkeys(symbols))

    def _people(self) -> list[str]:
        """Inventors by name; where a document names applicants only, those who invented."""
        groups = ("inventors/inventor", "us-applicants/us-applicant", "applicants/applicant")
        for group in groups:
            people = self._names(group)
            if people:
                return people
        return []

    def _names(self, group: str) -> list[str]:
        people, name = [], dict[str, str]()
        for path, text in self.found:
            if f"{group}/addressbook/" in path:
                name[path.rsplit("/", 1)[1]] = text
            elif path.endswith(group):
                full = " ".join(
                    part for part in (name.get("first-name"), name.get("last-name")) if part
                )
                if full:
                    people.append(full)
                name = {}
        return list(dict.fromkeys(people))


def _edition7(text: str) -> str:
    """`G06F015/00` of the seventh edition as `G06F15/00`."""
    head, tail = text[:4], text[4:].strip()
    group, _, sub = tail.partition("/")
    return f"{head}{group.lstrip('0') or '0'}/{sub}" if sub else text.strip()

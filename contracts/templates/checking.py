"""Reads a Word template before it is kept: what it is made of, and what it asks to be filled in.

A template comes from outside and is filled by this market, so it may hold neither programs nor
references to elsewhere, and of the template language only values, lists and conditions.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from contracts.word import LISTS, PLAIN_NAMES, WORDS
from core.errors import Problem
from core.i18n import N_

LARGEST: Final = 1 << 20
"""Octets of a template as it is sent."""
LARGEST_UNPACKED: Final = 8 << 20
MOST_PARTS: Final = 300
DEEPEST: Final = 2
"""Lists within lists: sections, and the rows of a section."""
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = b"wordprocessingml.document.main+xml"
_PROGRAMS: Final = re.compile(r"vba|activex|embeddings|\.bin$|macro", re.IGNORECASE)
_MACRO_TYPES: Final = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
_OUTSIDE: Final = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_LINK: Final = b'/hyperlink"'
_ROW: Final = LISTS["terms"]

NOT_WORD: Final = N_("This is no Word document that can be read. Save it as .docx and send that.")
TOO_LARGE: Final = N_("The template is too large. Take pictures out of it; 1 MB is the most.")
PROGRAMS: Final = N_("The template holds macros or embedded objects. Take them out and save it.")
OUTSIDE: Final = N_(
    "The template refers to something outside of it, such as a template on another machine. "
    "Detach that and save it."
)
SYNTAX: Final = N_("A placeholder cannot be read: %(said)s.")
UNKNOWN: Final = N_("The template asks for “%(name)s”, which a contract does not have.")
BEYOND: Final = N_(
    "Only values, lists and conditions can be filled in; the template asks for more."
)
NO_NUMBER: Final = N_(
    "Put {{ number }} into the template: each page belongs to its contract by it."
)


def template_problems(octets: bytes) -> list[Problem]:
    """What must be corrected before the template can be used; empty if nothing."""
    if found := _package_problems(octets):
        return found
    try:
        texts = list(_texts(octets))
    except Exception:  # noqa: BLE001  whatever the parser of a foreign file stumbles over
        return [Problem("not_word", NOT_WORD)]
    found, names = [], set[str]()
    for text in texts:
        try:
            tree = Environment(autoescape=True).parse(text)
        except TemplateSyntaxError as wrong:
            return [Problem("syntax", SYNTAX, {"said": str(wrong.message)[:200]})]
        reader = _Reader()
        reader.read(tree.body, {}, 0)
        found += reader.problems
        names |= reader.names
    if not found and "number" not in names:
        found.append(Problem("no_number", NO_NUMBER))
    return list({(one.code, str(one.params)): one for one in found}.values())


def _package_problems(octets: bytes) -> list[Problem]:
    """What the archive itself says, before anything of it is parsed."""
    if len(octets) > LARGEST:
        return [Problem("too_large", TOO_LARGE)]
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
                return [Problem("too_large", TOO_LARGE)]
            read = {one.filename: package.read(one) for one in parts}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        return [Problem("not_word", NOT_WORD)]
    types = read.get(_CONTENT_TYPES, b"")
    if _MACRO_TYPES.search(types) or any(_PROGRAMS.search(name) for name in read):
        return [Problem("programs", PROGRAMS)]
    if _MAIN not in types:
        return [Problem("not_word", NOT_WORD)]
    for name, part in read.items():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part.upper():
            return [Problem("not_word", NOT_WORD)]
        outside = _OUTSIDE.findall(part) if name.endswith(".rels") else ()
        if any(_LINK not in one for one in outside):
            return [Problem("outside", OUTSIDE)]
    return []


def _texts(octets: bytes) -> Iterator[str]:
    """Everything of a document in which placeholders are filled: as docxtpl will read it."""
    document = DocxTemplate(io.BytesIO(octets))
    document.init_docx()
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _key, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))
    for part in document.docx.part.package.parts:
        if part.partname.endswith(("/footnotes.xml", "/endnotes.xml")):
            yield document.patch_xml(part.blob.decode("utf-8"))
    said = document.docx.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords",
                 "language", "last_modified_by", "subject", "title", "version"):  # fmt: skip
        yield str(getattr(said, name) or "")


class _Reader:
    """Walks through the statements of one text and notes what is asked for."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.names: set[str] = set()

    def read(self, body: list[nodes.Node], known: dict[str, frozenset[str]], depth: int) -> None:
        """`known`: the names of entries of lists that are being walked through."""
        for node in body:
            if isinstance(node, nodes.For):
                self._walk(node, known, depth)
            elif isinstance(node, nodes.If):
                self._condition(node.test, known)
                self.read([*node.body, *node.elif_, *node.else_], known, depth)
            elif isinstance(node, nodes.Output):
                for one in node.nodes:
                    self._expression(one, known)
            else:
                self._beyond()

    def _walk(self, node: nodes.For, known: dict[str, frozenset[str]], depth: int) -> None:
        entries = self._entries(node.iter, known)
        plain = isinstance(node.target, nodes.Name) and not node.recursive
        if entries is None or not plain or node.test is not None or depth >= DEEPEST:
            self._beyond()
            return
        here = known | {node.target.name: entries}  # type: ignore[attr-defined]
        self.read([*node.body, *node.else_], here, depth + 1)

    def _entries(self, of: nodes.Node, known: dict[str, frozenset[str]]) -> frozenset[str] | None:
        if isinstance(of, nodes.Name):
            return LISTS.get(of.name)
        if isinstance(of, nodes.Getattr) and isinstance(of.node, nodes.Name) and of.attr == "rows":
            return _ROW if "rows" in known.get(of.node.name, frozenset()) else None
        return None

    def _expression(self, node: nodes.Node, known: dict[str, frozenset[str]]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        if isinstance(node, nodes.Name):
            self._named(node.name, node.name in PLAIN_NAMES)
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            of = known | {"words": frozenset(WORDS)}
            held = of.get(node.node.name, frozenset()) - {"rows"}
            self._named(f"{node.node.name}.{node.attr}", node.attr in held)
        else:
            self._beyond()

    def _condition(self, node: nodes.Node, known: dict[str, frozenset[str]]) -> None:
        """Whether something is there, lists included; and, or, not."""
        if isinstance(node, (nodes.Not, nodes.And, nodes.Or)):
            for one in node.iter_child_nodes():
                self._condition(one, known)
        elif not (isinstance(node, nodes.Name) and node.name in LISTS):
            self._expression(node, known)

    def _named(self, name: str, known: bool) -> None:
        self.names.add(name)
        if not known:
            self.problems.append(Problem("unknown", UNKNOWN, {"name": name[:60]}))

    def _beyond(self) -> None:
        self.problems.append(Problem("beyond", BEYOND))

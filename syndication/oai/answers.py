"""Answers in XML, in the order of the protocol's schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from lxml import etree
from sqlalchemy.orm import Session

from core.ids import parse, show
from core.links import url
from core.texts import for_xml
from syndication.oai import holdings
from syndication.oai.holdings import Holding
from syndication.oai.requests import PREFIX, OaiError, OaiRequest, read_request, read_span
from syndication.oai.tokens import Place, expiry, read_token, write_token

OAI: Final = "http://www.openarchives.org/OAI/2.0/"
OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC: Final = "http://purl.org/dc/elements/1.1/"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
PAGE: Final = 50


@dataclass(frozen=True)
class Repository:
    """The market as a harvester sees it."""

    name: str
    address: str
    """Of the market; the repository is at `/oai` below it."""
    host: str
    mail: str
    language: str
    secret: bytes
    page: int = PAGE

    def identifier(self, listing: str) -> str:
        return f"oai:{self.host}:{show('listing', listing)}"

    def listing(self, identifier: str) -> str | None:
        """The listing that an identifier of this repository names."""
        head = f"oai:{self.host}:"
        found = parse(identifier.removeprefix(head)) if identifier.startswith(head) else None
        return found[1] if found and found[0] == "listing" else None


def answer(
    session: Session,
    repository: Repository,
    pairs: Sequence[tuple[str, str]],
    now: datetime,
    on: date,
) -> bytes:
    """The whole document; what is wrong with a question is part of the answer."""
    names: dict[Any, str] = {None: OAI, "xsi": XSI}
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap=names)
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    _add(root, "responseDate", stamp(now))
    echoed = _add(root, "request", f"{repository.address}/oai")
    try:
        asked = read_request(pairs)
        answered = _Answer(session, repository, now, on).to(asked)
    except OaiError as error:
        if error.code not in {"badVerb", "badArgument"}:
            _echo(echoed, pairs)
        _add(root, "error", error.sentence).set("code", error.code)
    else:
        _echo(echoed, pairs)
        root.append(answered)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Answer:
    """One question's answer, below the root."""

    def __init__(self, session: Session, repository: Repository, now: datetime, on: date) -> None:
        self._session, self._repository, self._now, self._on = session, repository, now, on

    def to(self, asked: OaiRequest) -> Any:
        body = etree.Element(f"{{{OAI}}}{asked.verb}")
        if asked.verb == "Identify":
            self._identify(body)
        elif asked.verb == "ListMetadataFormats":
            self._formats(body, asked)
        elif asked.verb == "ListSets":
            self._sets(body, asked)
        elif asked.verb == "GetRecord":
            self._record(body, self._one(asked.arguments["identifier"]))
        else:
            self._list(body, asked)
        return body

    def _identify(self, body: Any) -> None:
        _add(body, "repositoryName", self._repository.name)
        _add(body, "baseURL", f"{self._repository.address}/oai")
        _add(body, "protocolVersion", "2.0")
        _add(body, "adminEmail", self._repository.mail)
        _add(body, "earliestDatestamp", stamp(holdings.earliest(self._session) or self._now))
        _add(body, "deletedRecord", "persistent")
        _add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")

    def _formats(self, body: Any, asked: OaiRequest) -> None:
        if identifier := asked.get("identifier"):
            self._one(identifier)
        entry = _add(body, "metadataFormat")
        _add(entry, "metadataPrefix", PREFIX)
        _add(entry, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
        _add(entry, "metadataNamespace", OAI_DC)

    def _sets(self, body: Any, asked: OaiRequest) -> None:
        if asked.get("resumptionToken"):
            raise OaiError("badResumptionToken", "The list of sets comes in one answer.")
        for spec, name in holdings.set_names(self._repository.language).items():
            entry = _add(body, "set")
            _add(entry, "setSpec", spec)
            _add(entry, "setName", name)

    def _one(self, identifier: str) -> Holding:
        listing = self._repository.listing(identifier)
        found = holdings.one(self._session, listing, self._on) if listing else None
        if found is None:
            raise OaiError("idDoesNotExist", "No record of this repository has that identifier.")
        return found

    def _list(self, body: Any, asked: OaiRequest) -> None:
        token = asked.get("resumptionToken")
        place = self._resumed(token, asked.verb) if token else self._begun(asked)
        span = read_span(place.since, place.until)
        size = self._repository.page
        args = (span, place.set, place.after, size + 1, self._on)
        found = holdings.page(self._session, *args)
        if not found:
            raise OaiError("noRecordsMatch", "No record answers to these arguments.")
        for one in found[:size]:
            if asked.verb == "ListRecords":
                self._record(body, one)
            else:
                self._header(body, one)
        if token or len(found) > size:
            self._resume(body, place, found[:size], more=len(found) > size)

    def _begun(self, asked: OaiRequest) -> Place:
        since, until, set_ = asked.get("from"), asked.get("until"), asked.get("set")
        total = holdings.count(self._session, read_span(since, until), set_)
        return Place(asked.verb, 0, 0, total, since, until, set_, 0)

    def _resumed(self, token: str, verb: str) -> Place:
        return read_token(self._repository.secret, token, verb, self._now)

    def _resume(self, body: Any, place: Place, shown: Sequence[Holding], *, more: bool) -> None:
        """The last page ends with an empty token."""
        ends = expiry(self._now)
        following = Place(
            place.verb,
            shown[-1].seq,
            place.shown + len(shown),
            place.total,
            place.since,
            place.until,
            place.set,
            int(ends.timestamp()),
        )
        token = write_token(self._repository.secret, following) if more else ""
        entry = _add(body, "resumptionToken", token)
        if more:
            entry.set("expirationDate", stamp(ends))
        entry.set("completeListSize", str(max(place.total, following.shown)))
        entry.set("cursor", str(place.shown))

    def _header(self, parent: Any, one: Holding) -> None:
        header = _add(parent, "header")
        if one.record is None:
            header.set("status", "deleted")
        _add(header, "identifier", self._repository.identifier(one.id))
        _add(header, "datestamp", stamp(one.at))
        for name in one.sets:
            _add(header, "setSpec", name)

    def _record(self, parent: Any, one: Holding) -> None:
        entry = _add(parent, "record")
        self._header(entry, one)
        if one.record is not None:
            _add(entry, "metadata").append(dublin_core(self._repository, one))


def dublin_core(repository: Repository, one: Holding) -> Any:
    """What everybody may know of a result, as fifteen elements allow it."""
    record = one.record
    if record is None:
        raise LookupError("a withdrawn record has no metadata")
    names = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=names)
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")

    def put(name: str, value: str, language: str = "") -> None:
        entry = etree.SubElement(root, f"{{{DC}}}{name}")
        entry.text = for_xml(value)
        if language:
            entry.set(f"{{{_XML}}}lang", language)

    texts = sorted(record.texts.items(), key=lambda item: (item[0] != record.original, item[0]))
    for language, text in texts:
        put("title", text.title, language)
    for language, name in sorted(one.owners.items()):
        put("creator", name, language)
    for code in record.ipc:
        put("subject", f"IPC {code}")
    for language, text in texts:
        for keyword in text.keywords:
            put("subject", keyword, language)
    for language, text in texts:
        for part in filter(None, (text.value_line, text.abstract)):
            put("description", part, language)
    put("publisher", repository.name)
    put("date", record.published_at.astimezone(UTC).date().isoformat())
    put("type", record.kind)
    place = url(repository.address, f"listing:{record.listing}", repository.language)
    put("identifier", place or repository.identifier(record.listing))
    if record.number:
        put("identifier", record.number)
    for number in [n for patent in record.patents for n in patent.numbers]:
        put("identifier", number)
    put("language", record.original)
    return root


def _echo(request: Any, pairs: Sequence[tuple[str, str]]) -> None:
    known = {"verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"}
    for name, value in pairs:
        if name in known:
            request.set(name, for_xml(value))


def _add(parent: Any, name: str, text: str = "") -> Any:
    entry = etree.SubElement(parent, f"{{{OAI}}}{name}")
    if text:
        entry.text = for_xml(text)
    return entry

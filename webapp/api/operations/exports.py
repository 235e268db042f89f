"""Everything at once: the published market for anyone, an organisation's own data for its office.

Answers are written as they are read, a part per reading session: no answer of any length holds a
snapshot open or the whole market in memory. Before each part of an organisation's data its caller
is looked at again; whose right has ended gets a last line that says so, and nothing further.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from flask import stream_with_context
from pydantic import BaseModel
from sqlalchemy.orm import Session

from accounts.members import members_page
from accounts.permissions import may_organisation
from accounts.scopes import Scope
from core.actor import Actor
from core.errors import Forbidden, NotFound, Refused
from core.i18n import LANGUAGES, N_
from deals.queries import deal_page, inquiry_page
from deals.queries.inquiries import inquiries_of
from deals.queries.rooms import deals_of
from listings.importing.error_file import guarded
from listings.permissions import OFFICERS
from listings.queries import listing_page, need_page
from listings.queries.lists import listings_of, needs_of_organisation, published_behind
from listings.records import load_records
from matching.proposals.queries import proposal_page, proposals_of
from webapp.api.calling import Call, Looking, Reply
from webapp.api.declaring import operation
from webapp.api.operations.sharing import page_of
from webapp.api.schemas.deals import deal_out
from webapp.api.schemas.inquiries import inquiry_out
from webapp.api.schemas.listing_answers import listing_out
from webapp.api.schemas.members import seat_out
from webapp.api.schemas.needs import need_out
from webapp.api.schemas.proposals import proposal_out
from webapp.api.schemas.public import PublicListingOut, public_listing

TAG: Final = "feeds"
NDJSON, CSV = "application/x-ndjson", "text/csv"
_PART: Final = 50
T = TypeVar("T")
Ids = Callable[[Session, str, int], list[str]]
Read = Callable[[Looking, Actor, str], BaseModel | None]


class _CutOffError(Exception):
    """The caller has lost the right to what is being written."""


_COLUMNS: Final = (
    "id", "url", "kind", "owner", *(f"title_{code}" for code in LANGUAGES),
    *(f"value_line_{code}" for code in LANGUAGES), "trl", "region", "registration", "ipc", "ways",
    "patents", "published_at", "edited_at",
)  # fmt: skip


@operation(
    "GET", "/exports/listings.ndjson", "exportListings",
    N_("Every published listing, one JSON object a line"), TAG, streams=NDJSON,
)  # fmt: skip
def export_listings(call: Call) -> Reply:
    lines = (one.model_dump_json().encode() + b"\n" for one in _published(call))
    return _download(lines, "listings.ndjson")


@operation(
    "GET", "/exports/listings.csv", "exportListingsTable",
    N_("Every published listing as a table"), TAG, streams=CSV,
)  # fmt: skip
def export_table(call: Call) -> Reply:
    return _download(_table(_published(call)), "listings.csv")


@operation(
    "GET", "/organisations/{organisation}/export", "exportOrganisation",
    N_("All data of your own organisation, for its office"), TAG,
    scope=Scope.READ_ORGANISATION, streams=NDJSON,
)  # fmt: skip
def export_organisation(call: Call) -> Reply:
    id = call.id("organisation")
    with call.look() as at:
        _may_export(at, call.actor, id)
    return _download(_own(call, id), "organisation.ndjson")


def _may_export(at: Looking, actor: Actor, organisation: str) -> None:
    may_organisation(at.session, actor, "read_members", organisation)
    if not actor.roles_in(organisation) & OFFICERS:
        raise Forbidden(do="export")


def _still(call: Call, at: Looking, organisation: str) -> Actor:
    """The caller with the token and the seats of this moment. Raises _CutOffError."""
    actor = call.actor_at(at)
    try:
        _may_export(at, actor, organisation)
    except Refused as refused:
        raise _CutOffError from refused
    return actor


def _download(lines: Iterable[bytes], name: str) -> Reply:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(stream=stream_with_context(iter(lines)), headers=headers)


def _parts(call: Call, ids: Ids, read: Callable[[Looking, list[str]], list[T]]) -> Iterator[T]:
    """Part after part, each read in a session that is closed before anything is sent."""
    last = ""
    while True:
        with call.look() as at:
            found = ids(at.session, last, _PART)
            made = read(at, found) if found else []
        yield from made
        if not found:
            return
        last = found[-1]


def _published(call: Call) -> Iterator[PublicListingOut]:
    def read(at: Looking, ids: list[str]) -> list[PublicListingOut]:
        records = load_records(at.session, ids, at.today)
        named = [records[id] for id in ids if id in records]
        return [public_listing(one, page_of("listing", one.listing)) for one in named]

    return _parts(call, published_behind, read)


def _table(rows: Iterable[PublicListingOut]) -> Iterator[bytes]:
    """With the mark by which spreadsheet programs know UTF-8; no cell is ever a formula."""
    yield b"\xef\xbb\xbf" + _line(_COLUMNS)
    for row in rows:
        texts = [row.texts.get(code) for code in LANGUAGES]
        yield _line(
            [
                row.id,
                row.url,
                row.kind,
                row.owner,
                *(text.title if text else "" for text in texts),
                *(text.value_line if text else "" for text in texts),
                row.trl,
                row.region,
                row.registration,
                " ".join(row.ipc),
                " ".join(way.way for way in row.ways),
                " ".join(number for one in row.patents for number in one.numbers),
                row.published_at.isoformat(),
                row.edited_at.isoformat(),
            ]
        )


def _line(cells: Iterable[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(guarded("" if cell is None else str(cell)) for cell in cells)
    return out.getvalue().encode()


def _own(call: Call, organisation: str) -> Iterator[bytes]:
    try:
        yield from _members(call, organisation)
        for kind, ids, read in _OWN:
            yield from _parts(call, _of(ids, organisation), _each(call, organisation, kind, read))
    except _CutOffError:
        yield _line_of("cut_off", {"code": Forbidden.code})


def _members(call: Call, organisation: str) -> Iterator[bytes]:
    with call.look() as at:
        actor = _still(call, at, organisation)
        page = members_page(at.session, organisation, at.now, actor.language)
    yield from (_entry("member", seat_out(seat, {}, manages=False)) for seat in page.seats)


def _of(ids: Callable[[Session, str, str, int], list[str]], organisation: str) -> Ids:
    return lambda session, last, limit: ids(session, organisation, last, limit)


def _each(
    call: Call, organisation: str, kind: str, read: Read
) -> Callable[[Looking, list[str]], list[bytes]]:
    """One line for each that the caller, as they are by now, may read."""

    def lines(at: Looking, ids: list[str]) -> list[bytes]:
        actor = _still(call, at, organisation)
        found = (read(at, actor, id) for id in ids)
        return [_entry(kind, one) for one in found if one is not None]

    return lines


def _listing(at: Looking, actor: Actor, id: str) -> BaseModel | None:
    page = listing_page(at.session, actor, id, at.today, language=actor.language)
    return listing_out(page, page_of("listing", id)) if page else None


def _need(at: Looking, actor: Actor, id: str) -> BaseModel | None:
    page = need_page(at.session, actor, id, language=actor.language)
    return need_out(page, page_of("need", id)) if page else None


def _inquiry(at: Looking, actor: Actor, id: str) -> BaseModel | None:
    page = inquiry_page(at.session, actor, id, at.now)
    return inquiry_out(page, page_of("inquiry", id)) if page else None


def _deal(at: Looking, actor: Actor, id: str) -> BaseModel | None:
    page = deal_page(at.session, actor, id, at.now)
    return deal_out(page, page_of("deal", id)) if page else None


def _proposal(at: Looking, actor: Actor, id: str) -> BaseModel | None:
    try:
        page = proposal_page(at.session, actor, id)
    except NotFound:
        return None
    return proposal_out(page, page_of("proposal", id))


_OWN: Final = (
    ("listing", listings_of, _listing),
    ("need", needs_of_organisation, _need),
    ("proposal", proposals_of, _proposal),
    ("inquiry", inquiries_of, _inquiry),
    ("deal", deals_of, _deal),
)


def _entry(kind: str, data: BaseModel) -> bytes:
    return _line_of(kind, data.model_dump(mode="json", exclude_unset=True))


def _line_of(kind: str, data: object) -> bytes:
    said = {"type": kind, "data": data}
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"

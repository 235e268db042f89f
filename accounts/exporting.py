"""Everything that is held of a person, in one file for them: machine-readable, with an index."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape
from typing import Any, Final

from sqlalchemy import DateTime, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from accounts.models import Person, PersonExport
from core.columns import UtcDateTime
from core.holdings import Holding, Holdings, Keeps, rows_of
from core.i18n import N_, Translator, translator
from core.ids import ref
from core.jobs import Claim, hold
from core.models import Audit
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork

EXPORT_JOB: Final = "export_person"
_MOST: Final = 256 << 20
_WHOLE: Final = frozenset({Keeps.OWN, Keeps.SAID})
"""Of these the whole row is the person's; of duties and acts, when and by what number."""


def export_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """A job's only step: writes the file and says until when it can be fetched."""
    job = hold(uow, claim)
    person = str(uow.find(PersonExport.person, PersonExport.id == claim.ref)[0])
    at = uow.lock(Person, person)
    row = uow.session.scalars(select(PersonExport).where(PersonExport.id == claim.ref)).one()
    holdings = uow.ports.holdings or Holdings()
    stored = uow.ports.files.put(
        io.BytesIO(pack(uow.session, holdings, at.row, at.now)), limit=_MOST
    )
    row.sha256, row.size, row.made_at = stored.sha256, stored.size, at.now
    row.expires_at = at.now + timedelta(days=_days(at))
    at.record("export_made", export=row.id, size=stored.size)
    at.fact("person.export_made")
    uow.session.flush()
    at.timer("export", next_expiry(at))
    job.row.state = "done"
    job.record("moved", upto=1)
    return True


def _days(at: At[Person]) -> int:
    ports = at.uow.ports
    law = at.uow.law(ports.jurisdiction, legal_date(at.now, ports.zone))
    return law.integer("privacy.export_days")


def next_expiry(at: At[Person]) -> datetime | None:
    """When the next of the locked person's exports is thrown away."""
    kept = PersonExport.person == at.row.id, PersonExport.sha256.is_not(None)
    return at.uow.session.scalar(
        select(PersonExport.expires_at).where(*kept).order_by(PersonExport.expires_at).limit(1)
    )


def pack(session: Session, holdings: Holdings, person: Person, now: datetime) -> bytes:
    """A ZIP of `data.json` and `index.html`. Complete by the areas' own declarations."""
    tables = {"person": [_record(person, _columns(Person))]}
    for holding in holdings.columns:
        if holding.keeps is not Keeps.TENANT:
            rows = rows_of(session, holding, holding.column == person.id)
            tables[holding.name] = [_record(row, exported(holding)) for row in rows]
    tables["audit"] = _acts(session, person.id)
    body = {"person": person.id, "made_at": now.isoformat(), "tables": tables}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(body, ensure_ascii=False, indent=1))
        archive.writestr("index.html", _index(tables, translator(person.language), person, now))
    return out.getvalue()


def exported(holding: Holding) -> list[str]:
    """Which columns of a row a person is given."""
    table = holding.model.__table__
    if holding.keeps in _WHOLE:
        secret = {column.key for column in holding.secret}
        return [name for name in _columns(holding.model) if name not in secret]
    said = {column.key for column in holding.clears}
    return [
        column.name
        for column in table.columns
        if column.primary_key or column.name in said or _is_time(column.type)
    ]


def _is_time(kind: Any) -> bool:
    return isinstance(kind, UtcDateTime | DateTime) or (
        isinstance(kind, TypeDecorator) and isinstance(kind.impl, DateTime)
    )


def _columns(model: Any) -> list[str]:
    return [column.name for column in model.__table__.columns]


def _record(row: Any, names: Iterable[str]) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in names}
    return {
        name: value if isinstance(value, str | int | bool | list | dict | None) else str(value)
        for name, value in found.items()
    }


def _acts(session: Session, person: str) -> list[dict[str, Any]]:
    """What the audit chain says that the person did."""
    rows = session.execute(
        select(Audit.n, Audit.stream, Audit.at, Audit.body)
        .where(Audit.actor == ref("person", person))
        .order_by(Audit.n)
    )
    return [{"n": n, "stream": s, "at": str(at), "body": body} for n, s, at, body in rows]


_TITLE: Final = N_("What this market holds of you")
_HOW: Final = N_(
    "The file data.json beside this page holds every row in full. Of what you answer for or did "
    "in an organisation's name it names the time and the number; the content is the organisation's."
)


def _index(
    tables: dict[str, list[dict[str, Any]]], say: Translator, person: Person, now: datetime
) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{len(found)}</td></tr>"
        for name, found in tables.items()
        if found
    )
    title = escape(say.gettext(_TITLE))
    return (
        f'<!doctype html><html lang="{escape(person.language)}"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1><p>{escape(person.name)} · {now:%Y-%m-%d %H:%M} UTC"
        f"</p><p>{escape(say.gettext(_HOW))}</p><table>{rows}</table></html>"
    )

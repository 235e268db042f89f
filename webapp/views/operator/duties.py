"""Today's duties: what the operator owes by law or rule, with deadline, owner, rule and proof."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from core.errors import NotFound
from core.ids import ref, split_ref
from core.law import Profile
from core.times import end_of_day, legal_date, start_of_day
from core.versions import version_of
from governance.actions.assign_duty import assign_duty
from governance.actions.hand_in_filing import hand_in_filing
from governance.actions.make_filing import make_filing
from governance.duties import duty_facts
from governance.duty_proofs import filing_of, owners, proofs
from governance.duty_rules import RULES, Duty, DutyKind, owed
from governance.filing_rules import LENGTH, WITHOUT_FILE, FilingKind, FilingPeriod, named_period
from governance.filings import sellers, statistics, tax_table
from governance.models import Filing
from governance.operators import operator_names
from governance.volumes import write_volume
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.downloads import attachment
from webapp.forms.account import ActForm
from webapp.forms.duties import HandInForm, OwnerForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import whole
from webapp.presenters import filing_sheets
from webapp.presenters.duties import WORDS, place_of, proven_by, read_subject, shown_subject
from webapp.presenters.money_sheet import as_xlsx
from webapp.runtime import the_market

blueprint = Blueprint("duties", __name__, url_prefix="/operator/duties")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST: Final = 1 << 30
"""Octets of one file."""


@dataclass(frozen=True)
class Owes:
    """What is owed on the market's day, and by which rules."""

    today: date
    profile: Profile
    duties: list[Duty]

    @property
    def sources(self) -> dict[DutyKind, Any]:
        return {kind: self.profile.value(rule) for kind, rule in RULES.items()
                if rule in self.profile}  # fmt: skip


def _owes(session: Session) -> Owes:
    market = the_market()
    now, zone = market.database.now(session), market.settings.zone
    day = legal_date(now, zone)
    profile = market.law.profile(market.settings.jurisdiction, day)
    return Owes(day, profile, owed(duty_facts(session, profile, now, zone)))


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"words": WORDS, "place_of": place_of, "proven_by": proven_by,
            "subject_of": shown_subject, "title": the_market().law.title}  # fmt: skip


@blueprint.get("")
@access(OVERSEE)
def today() -> ResponseReturnValue:
    sessions.need("oversee")
    with the_market().database.read() as session:
        owes = _owes(session)
        done = proofs(session, the_market().database.now(session))
        looked_after = owners(session)
        people = [*looked_after.values(), *(one.by for one in done if one.by)]
        names = people_names(session, people, page_language())
        called = _called(session, [*(d.subject for d in owes.duties), *(p.subject for p in done)])
    view = {
        "called": called,
        "done": done,
        "owners": looked_after,
        "names": names,
        "sources": owes.sources,
    }
    return render_template(
        "operator/duties.html",
        duties=owes.duties, today=owes.today, place=owes.profile.name, **view,
    )  # fmt: skip


@blueprint.get("/<kind>/<subject>")
@access(OVERSEE, of="duty")
def one(kind: str, subject: str) -> ResponseReturnValue:
    sessions.need("oversee")
    return _page(kind, subject)


@blueprint.post("/<kind>/<subject>/owner")
@access(OPERATE, of="duty")
def assign(kind: str, subject: str) -> ResponseReturnValue:
    actor, form, about = sessions.need("operate"), OwnerForm(), read_subject(subject)
    _there(kind, about)
    run, owner = the_market().executor.run, form.owner.data or ""
    version = whole(request.form.get("version"))
    if form.accepted(lambda: run(actor, assign_duty, kind, about, owner, version)) is None:
        return _page(kind, subject, owner=form)
    flash(_("Saved."), "done")
    return redirect(url_for(".one", kind=kind, subject=subject))


@blueprint.post("/<kind>/<subject>/make")
@access(OPERATE, of="filing", fresh=True)
def make(kind: str, subject: str) -> ResponseReturnValue:
    actor, form = sessions.need_person(), ActForm()
    period, run = _period(kind, subject), the_market().executor.run
    if kind in WITHOUT_FILE or not form.validate_on_submit():
        raise NotFound(ref=kind)
    with tempfile.TemporaryFile() as out:
        _write(kind, period, out)
        out.seek(0)
        stored = the_market().files.put(out, limit=MOST)
    run(actor, make_filing, kind, period.name, stored.sha256, stored.size)
    flash(_("The file is made. Look at it before you hand it in."), "done")
    return redirect(url_for(".one", kind=kind, subject=subject))


@blueprint.post("/<kind>/<subject>/hand-in")
@access(OPERATE, of="filing", fresh=True)
def hand_in(kind: str, subject: str) -> ResponseReturnValue:
    actor, form, period = sessions.need_person(), HandInForm(), _period(kind, subject)
    run, receipt = the_market().executor.run, form.receipt.data or ""
    if form.accepted(lambda: run(actor, hand_in_filing, kind, period.name, receipt)) is None:
        return _page(kind, subject, handing=form)
    flash(_("Recorded, with its proof."), "done")
    return redirect(url_for(".one", kind=kind, subject=subject))


@blueprint.get("/<kind>/<subject>/file")
@access(OVERSEE, of="filing")
def file(kind: str, subject: str) -> ResponseReturnValue:
    sessions.need("oversee")
    period = _period(kind, subject)
    with the_market().database.read() as session:
        row = filing_of(session, kind, period.name)
        if row is None or row.sha256 is None:
            raise NotFound(ref=subject)
        path = the_market().files.path(row.sha256)
    volume = kind == FilingKind.VOLUME
    name = f"{kind}-{period.name}.{'jsonl.gz' if volume else 'xlsx'}"
    return attachment(path, name, "application/gzip" if volume else XLSX)


def _page(
    kind: str, subject: str, owner: OwnerForm | None = None, handing: HandInForm | None = None
) -> ResponseReturnValue:
    about = read_subject(subject)
    duty, filing, period = _there(kind, about)
    with the_market().database.read() as session:
        owes, now = _owes(session), the_market().database.now(session)
        operators = operator_names(session, now, page_language())
        mine = owners(session).get((kind, about), "")
        people = [mine, *(([filing.made_by, filing.handed_by]) if filing else [])]
        names = people_names(session, [one for one in people if one], page_language())
        called = _called(session, [about])
    owner = owner or OwnerForm(formdata=None, data={"owner": mine})
    owner.offer(operators, _("Nobody yet"))
    handing = handing or HandInForm(formdata=None)
    view = {"called": called, "duty": duty, "filing": filing, "period": period,
            "kind": DutyKind(kind),
            "subject": subject, "about": about, "today": owes.today, "mine": mine,
            "source": owes.sources.get(DutyKind(kind)), "names": names, "owner": owner,
            "handing": handing, "act": ActForm(formdata=None), "place": owes.profile.name,
            "version": version_of(mine),
            "makes": kind in LENGTH and kind not in WITHOUT_FILE,
            "keep": _keep_months(owes.profile)}  # fmt: skip
    return render_template("operator/duty.html", **view), max(owner.status, handing.status)


def _called(session: Session, subjects: list[str]) -> dict[str, str]:
    """Names of the organisations among them; the others are told by their kind."""
    ids = [id for kind, id in map(split_ref, subjects) if kind == "organisation"]
    names = organisation_names(session, ids, page_language())
    return {ref("organisation", id): name for id, name in names.items()}


def _keep_months(profile: Profile) -> int | None:
    rule = "logs.keep_months"
    return profile.integer(rule) if rule in profile else None


def _there(kind: str, about: str) -> tuple[Duty | None, Filing | None, FilingPeriod | None]:
    """The duty as it is owed, or what is left of it. Raises NotFound where neither is there."""
    with the_market().database.read() as session:
        owes = _owes(session)
        duty = next((d for d in owes.duties if d.kind == kind and d.subject == about), None)
        filing = filing_of(session, kind, about)
    if duty is None and filing is None:
        raise NotFound(ref=about)
    return duty, filing, named_period(kind, about, owes.today)


def _period(kind: str, subject: str) -> FilingPeriod:
    """Of a return or volume that is owed or was made. Raises NotFound."""
    period = _there(kind, subject)[2]
    if period is None:
        raise NotFound(ref=subject)
    return period


def _write(kind: str, period: FilingPeriod, out: IO[bytes]) -> None:
    """Writes the file of a period from the rows as they are."""
    market = the_market()
    zone, currency = market.settings.zone, market.settings.currency
    begins, ends = start_of_day(period.first, zone), end_of_day(period.last, zone)
    with market.database.read() as session:
        if kind == FilingKind.VOLUME:
            write_volume(session, out, period.name, begins, ends)
            return
        if kind == FilingKind.TAX:
            table = filing_sheets.tax_sheet(tax_table(session, begins, ends), currency)
        elif kind == FilingKind.IDENTITIES:
            table = filing_sheets.identity_sheet(sellers(session, ends), zone)
        else:
            table = filing_sheets.statistics_sheet(statistics(session, begins, ends))
    out.write(as_xlsx(table, f"{kind} {period.name}"))

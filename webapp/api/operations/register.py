"""The rights register of a result and its valuations, for its own office; what a package may hold.
Entries are edited with the listing, under its ETag."""

from __future__ import annotations

from typing import Final

from accounts.scopes import Scope
from core.errors import Forbidden, NotFound
from core.i18n import N_
from listings.actions.file_valuation import file_valuation
from listings.actions.note_consent import note_consent
from listings.kinds import AssetKind
from listings.permissions import Do
from listings.queries import ListingPage
from listings.queries.register import RegisterView, member_choices, rights_register
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.operations import listings
from webapp.api.operations.octets import given, kept
from webapp.api.schemas.register import (
    ConsentIn,
    MemberChoicesOut,
    RegisterOut,
    ReportQuery,
    ValuationIn,
    choices_out,
    register_out,
)
from webapp.downloads import OCTETS
from webapp.presenters.showing import market
from webapp.uploads import LARGEST_REPORT, PDF, REPORT_WANTED

TAG: Final = "listings"


def _page(call: Call, do: Do) -> ListingPage:
    """Raises NotFound for whoever may not, as its page does."""
    page = listings.page_for(call, call.id("listing"))
    if do not in page.may:
        raise NotFound(ref=f"listing:{page.id}")
    return page


def _register(call: Call) -> tuple[ListingPage, RegisterView]:
    """For those inside only: holders are named."""
    page = _page(call, Do.READ_HISTORY)
    with call.look() as at:
        return page, rights_register(at.session, page.asset)


def _shown(call: Call) -> Reply:
    page, found = _register(call)
    return Reply(register_out(page, found), page.version)


@operation(
    "GET", "/listings/{listing}/register", "readRegister",
    N_("Co-owners, rights given away and valuations, for the office"), TAG,
    scope=Scope.READ_ORGANISATION, answer=RegisterOut, tagged=True,
    links=(
        Link("noteConsent", "co_owner", "/co_owners/0/n"),
        Link("readValuationReport", "valuation", "/valuations/0/n"),
    ),
)  # fmt: skip
def read_register(call: Call) -> Reply:
    return _shown(call)


@operation(
    "POST", "/listings/{listing}/co-owners/{co_owner}/consent", "noteConsent",
    N_("Note on which day a co-owner agreed to the offer"), TAG,
    scope=Scope.WRITE_LISTINGS, body=ConsentIn, answer=RegisterOut, tagged=True,
)  # fmt: skip
def consent(call: Call) -> Reply:
    call.act(note_consent, call.id("listing"), call.places["co_owner"], call.body.consented_on)
    return _shown(call)


@operation(
    "POST", "/listings/{listing}/valuations", "fileValuation",
    N_("Put a valuation of your own on file"), TAG,
    scope=Scope.WRITE_LISTINGS, body=ValuationIn, answer=RegisterOut, status=201, tagged=True,
)  # fmt: skip
def value(call: Call) -> Reply:
    said = call.body.plain(market().currency)
    call.act(file_valuation, call.id("listing"), said)
    return _shown(call)


@operation(
    "POST", "/listings/{listing}/valuation-reports", "fileValuationReport",
    N_("Put a valuation on file with its report, a PDF"), TAG,
    scope=Scope.WRITE_LISTINGS, query=ReportQuery, takes_file=True, answer=RegisterOut, status=201,
    tagged=True,
)  # fmt: skip
def report(call: Call) -> Reply:
    """Nobody stores a report who may not put it on file."""
    page, asked = _page(call, Do.READ_HISTORY), call.query
    if Do.CHECK not in page.may:
        raise Forbidden(do="value")
    sent = kept(call, asked.name, LARGEST_REPORT, PDF, REPORT_WANTED)
    said = asked.plain(market().currency, (sent.sha256, sent.name, sent.size))
    call.act(file_valuation, page.id, said)
    return _shown(call)


@operation(
    "GET", "/listings/{listing}/valuations/{valuation}/report", "readValuationReport",
    N_("The report of a valuation"), TAG, scope=Scope.READ_ORGANISATION, streams=OCTETS,
)  # fmt: skip
def read_report(call: Call) -> Reply:
    _found, register = _register(call)
    named = call.places["valuation"]
    row = next((one for one in register.valuations if one.n == named and one.sha256), None)
    if row is None:
        raise NotFound(ref=f"valuation:{named}")
    return given(call, str(row.sha256), row.file)


@operation(
    "GET", "/listings/{listing}/member-choices", "listMemberChoices",
    N_("What a package holds and may hold"), TAG,
    scope=Scope.READ_ORGANISATION, answer=MemberChoicesOut, tagged=True,
)  # fmt: skip
def choices(call: Call) -> Reply:
    page = _page(call, Do.EDIT)
    if page.kind != AssetKind.PACKAGE:
        raise NotFound(ref=f"listing:{page.id}")
    with call.look() as at:
        found = member_choices(at.session, page.asset, page.owner_org)
    return Reply(choices_out(found), page.version)

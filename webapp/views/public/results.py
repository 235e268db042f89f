"""The page of a result, patent, know-how or package, its sheet and poster, its files."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from core.actor import Actor
from core.errors import NotFound
from core.ids import parse
from core.times import legal_date
from deals.queries.inquiries import answering_record
from deals.queries.postings import postings_on
from deals.queries.promises import promised_on
from deals.queries.rooms import claims_on, deals_on
from listings.actions.make_share_link import make_share_link
from listings.queries import ListingPage, listing_page
from webapp.access import PUBLIC, access
from webapp.downloads import attachment
from webapp.finding import similar
from webapp.language import page_language
from webapp.pictures import shown_picture
from webapp.presenters.hits import view_hit
from webapp.presenters.posted import PostedView, posted_view
from webapp.presenters.result import ResultView
from webapp.presenters.result_page import Surroundings, result_view
from webapp.presenters.showing import local_url, market, shortened
from webapp.qr import qr_svg
from webapp.runtime import the_market
from webapp.sessions import current_actor

blueprint = Blueprint("results", __name__, url_prefix="/results/<shown>")


def _id(shown: str) -> str:
    kind_and_id = parse(shown)
    if kind_and_id is None or kind_and_id[0] != "listing":
        raise NotFound(ref=shown)
    return kind_and_id[1]


def _read(actor: Actor, shown: str) -> tuple[ListingPage, Surroundings]:
    """The listing at the reader's level, and what stands beside it."""
    runtime, id = the_market(), _id(shown)
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        today = legal_date(now, market().zone)
        nda = promised_on(session, actor, id, now)
        found = listing_page(session, actor, id, today, language=page_language(), nda=nda)
        if found is None:
            raise NotFound(ref=shown)
        answering = answering_record(session, found.owner_org, now)
        deals = deals_on(session, [id]).get(id, 0)
        claims = claims_on(session, found.asset)
    profile = runtime.law.profile(runtime.settings.jurisdiction, today)
    return found, Surroundings(today, profile, answering, deals, claims)


def view_for(actor: Actor, shown: str) -> tuple[ResultView, Surroundings]:
    """Raises NotFound."""
    found, beside = _read(actor, shown)
    return result_view(found, beside), beside


@blueprint.get("")
@access(PUBLIC, of="listing")
def page(shown: str) -> str:
    found, beside = _read(current_actor(), shown)
    near = similar("listing", found.id, 4, page_language())
    hits = tuple(view_hit(hit, page_language()) for hit in near)
    view = result_view(found, replace(beside, similar=hits))
    first = view.ipc[0] if view.ipc else None
    crumbs = [
        *([(first[1] if first[1] != first[0][:3] else first[0], first[2])] if first else []),
        (view.owner, view.owner_url),
        (view.registration or shortened(view.title), None),
    ]
    return render_template(
        "public/result/page.html",
        r=view,
        crumbs=crumbs,
        saved=found.saved,
        postings=_posted(found.id, beside.today),
        shared=_shared(request.args.get("shared", "")),
    )


def _posted(listing: str, today: date) -> list[PostedView]:
    with the_market().database.read() as session:
        return [posted_view(row) for row in postings_on(session, listing, today)]


def _shared(code: str) -> str:
    return f"{market().base_url}/s/{code}" if code.isalnum() else ""


@blueprint.post("/share")
@access(PUBLIC, of="listing")
def share(shown: str) -> AnyResponse:
    """Makes the sharer's own link and shows it on the page."""
    made = the_market().executor.run(current_actor(), make_share_link, f"listing:{_id(shown)}")
    return redirect(local_url(f"/results/{shown}?shared={made.ref}"), 303)


@blueprint.get("/sheet")
@access(PUBLIC, of="listing")
def sheet(shown: str) -> str:
    return _printed("public/result/sheet.html", shown)


@blueprint.get("/poster")
@access(PUBLIC, of="listing")
def poster(shown: str) -> str:
    return _printed("public/result/poster.html", shown)


def _printed(template: str, shown: str) -> str:
    """On paper the address is a QR code; whoever prints it signed in is named in the link."""
    view, beside = view_for(current_actor(), shown)
    address = _shared(_own_code(view)) or f"{market().base_url}{view.url}"
    return render_template(
        template, r=view, address=address, qr=qr_svg(address, address), today=beside.today
    )


def _own_code(view: ResultView) -> str:
    """The code of the reader's own link for paper; "" for visitors and what is not published."""
    actor = current_actor()
    if actor.kind != "person" or view.state != "published":
        return ""
    made = the_market().executor.run(actor, make_share_link, f"listing:{view.id}", "paper")
    return made.ref


@blueprint.get("/files/<sha256>")
@access(PUBLIC, of="file")
def file(shown: str, sha256: str) -> AnyResponse:
    """Only what the reader's level opens; always a download, never shown within the site."""
    found, _ = _read(current_actor(), shown)
    named = next((file for file in found.files if file.sha256 == sha256), None)
    if named is None:
        abort(404)
    return attachment(the_market().files.path(sha256), named.name, named.media_type)


@blueprint.get("/pictures/<sha256>")
@access(PUBLIC, of="file")
def picture(shown: str, sha256: str) -> AnyResponse:
    found, _ = _read(current_actor(), shown)
    if sha256 not in {sha for sha, _caption in found.pictures}:
        abort(404)
    return shown_picture(sha256)

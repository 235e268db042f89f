"""Proposing a result for a need, the list of either side, one proposal and its answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.queries import organisation_names, people_names, proven_contacts
from core.actor import Actor
from core.errors import NotFound
from core.ids import show
from listings.queries import NeedPage, need_page
from matching.proposals.actions.decline_proposal import decline_proposal
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.actions.take_proposal import take_proposal
from matching.proposals.actions.withdraw_proposal import withdraw_proposal
from matching.proposals.errors import NeedClosed, OwnNeed
from matching.proposals.permissions import proposing_seats
from matching.proposals.queries import (
    PAGE,
    ProposalPage,
    count_proposals,
    own_results,
    proposal_page,
    proposals,
)
from webapp.access import PERSON, WRITER, access
from webapp.forms.account import ActForm
from webapp.forms.deal_forms import BUYERS_COUNTRIES, InquiryForm
from webapp.forms.proposal_forms import IN_WORDS, REASON_NAMES, DeclineForm, ProposeForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import asked_page
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import need_person, origin
from webapp.views.deals.asking import AskedListing, asked_listing, question_of
from webapp.views.deals.ids import inquiry_url, read

blueprint = Blueprint("proposals", __name__)


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"decline_names": REASON_NAMES, "inquiry_url": inquiry_url, "shown": show}


def proposal_url(proposal: str, *more: str) -> str:
    return local_url("/".join([f"/proposals/{show('proposal', proposal)}", *more]))


@blueprint.route("/needs/<shown>/propose", methods=["GET", "POST"])
@access(WRITER, post=WRITER, of="need")
def propose(shown: str) -> ResponseReturnValue:
    actor, id = need_person(), read("need", shown)
    need = _need(actor, id)
    form = ProposeForm()
    results = _choices(form, actor)
    if not form.is_submitted():
        form.contact_name.data, form.contact.data = _myself(actor)

    def send() -> Any:
        organisation = results.get(form.result.data or "", form.organisation.data)
        run = the_market().executor.run
        return run(actor, propose_result, id, organisation, form.proposed())

    done = form.accepted(send)
    if done is None:
        page = render_template("proposals/propose.html", form=form, n=need, results=results)
        return page, form.status
    flash(_("Your proposal was sent. The answer comes to this page, and you are told."), "done")
    return redirect(proposal_url(done.ref), 303)


def _need(actor: Actor, id: str) -> NeedPage:
    """Raises NotFound, NeedClosed, OwnNeed."""
    with the_market().database.read() as session:
        found = need_page(session, actor, id, language=page_language())
    if found is None:
        raise NotFound(ref=f"need:{id}")
    if found.ours:
        raise OwnNeed
    if found.state != "published" or found.confidential:
        raise NeedClosed
    return found


def _choices(form: ProposeForm, actor: Actor) -> dict[str, str]:
    """Fills the form's choices; gives in whose name each result that can be chosen is proposed."""
    seats = proposing_seats(actor)
    speaks = {owner: seat for seat in seats for owner in actor.same_as(seat)}
    with the_market().database.read() as session:
        names = organisation_names(session, seats, page_language())
        results = own_results(session, list(speaks), page_language())
    many = len(seats) > 1
    titles = [
        (id, f"{title} · {names[speaks[org]]}" if many else title) for id, org, title in results
    ]
    form.offer(
        [(seat, names.get(seat, "")) for seat in seats],
        [*titles, (IN_WORDS, _("Something that is not listed: I describe it below"))],
    )
    return {id: speaks[org] for id, org, _title in results}


def _myself(actor: Actor) -> tuple[str, str]:
    """Name and first proven contact of whoever writes."""
    person = actor.person or ""
    with the_market().database.read() as session:
        name = people_names(session, [person], page_language()).get(person, "")
        points = proven_contacts(session, [person]).get(person, [])
    mails = [point.value for point in points if point.kind == "mail"]
    return name, next(iter([*mails, *(point.value for point in points)]), "")


@blueprint.get("/proposals")
@access(PERSON)
def home() -> str:
    actor, of = need_person(), request.args.get("need", "")
    with the_market().database.read() as session:
        need, at = read("need", of) if of else "", asked_page()
        lines = proposals(session, actor, need=need, page=at)
        view = {"total": count_proposals(session, actor, need=need), "page": at, "size": PAGE}
    return render_template("proposals/index.html", lines=lines, need=of, **view)


@blueprint.get("/proposals/<shown>")
@access(PERSON, of="proposal")
def page(shown: str) -> str:
    return _page(_read(shown), DeclineForm(formdata=None))


def _read(shown: str) -> ProposalPage:
    """Raises NotFound."""
    with the_market().database.read() as session:
        return proposal_page(session, need_person(), read("proposal", shown))


def _page(found: ProposalPage, form: DeclineForm) -> str:
    return render_template(
        "proposals/page.html", page=found, form=form, act=ActForm(), here=proposal_url
    )


@blueprint.route("/proposals/<shown>/take", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="proposal")
def take(shown: str) -> ResponseReturnValue:
    """With a result: what the firm would like of it, as any inquiry asks. In words: a button."""
    actor, found = need_person(), _read(shown)
    row = found.line.row
    if not found.may_answer or row.state != "waits":
        return redirect(proposal_url(row.id), 303)
    if row.listing is None:
        return _take_words(actor, row.id)
    listing = asked_listing(row.listing, actor)
    form = InquiryForm(formdata=request.form or None, data=_asks(actor, found, listing))
    form.way.choices = [one for one in form.way.choices if one.value in listing.ways]
    done = form.accepted(lambda: _take(actor, row.id, form, listing))
    if done is None:
        shown_page = render_template("proposals/take.html", form=form, page=found, listing=listing)
        return shown_page, form.status
    flash(_("Your inquiry was sent to the proposer's office."), "done")
    return redirect(inquiry_url(done.ref), 303)


def _take_words(actor: Actor, id: str) -> Response:
    if request.method == "POST":
        the_market().executor.run(actor, take_proposal, id)
        flash(_("The proposer is told that you are interested."), "done")
    return redirect(proposal_url(id), 303)


def _asks(actor: Actor, found: ProposalPage, listing: AskedListing) -> dict[str, str | None]:
    """What is known of the inquiry already; everything can be changed before it is sent."""
    name, contact = _myself(actor)
    owner = found.line.row.owner_org
    with the_market().database.read() as session:
        firm = organisation_names(session, [owner], page_language()).get(owner, "")
    mail = contact if "@" in contact else ""
    return {
        "way": listing.first_way, "purpose": found.line.row.need_title, "name": name, "firm": firm,
        "mail": mail, "phone": "" if mail else contact,
        "country": listing.asker_country if listing.asker_country in {"", *BUYERS_COUNTRIES}
        else "ZZ",
    }  # fmt: skip


def _take(actor: Actor, id: str, form: InquiryForm, listing: AskedListing) -> Any:
    asked = question_of(form, listing)
    if asked is None:
        return None
    return the_market().executor.run(actor, take_proposal, id, asked, origin())


@blueprint.post("/proposals/<shown>/decline")
@access(PERSON, of="proposal")
def decline(shown: str) -> ResponseReturnValue:
    actor, id, form = need_person(), read("proposal", shown), DeclineForm()

    def say_no() -> Any:
        reason, reply = form.reason.data, form.reply.data or ""
        return the_market().executor.run(actor, decline_proposal, id, reason, reply)

    if form.accepted(say_no) is None:
        return _page(_read(shown), form), form.status
    flash(_("The proposal was declined."), "done")
    return redirect(proposal_url(id), 303)


@blueprint.post("/proposals/<shown>/withdraw")
@access(PERSON, of="proposal")
def withdraw(shown: str) -> Response:
    id = read("proposal", shown)
    the_market().executor.run(need_person(), withdraw_proposal, id)
    flash(_("The proposal was taken back."), "done")
    return redirect(proposal_url(id), 303)

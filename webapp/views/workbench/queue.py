"""The transfer office's queue: triage, title check, bulk decisions, and the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import Forbidden, Refused
from core.i18n import N_
from core.ids import parse, show
from core.times import legal_date
from listings.actions.approve_listing import approve_listing
from listings.actions.assign_handler import assign_handler
from listings.actions.assign_unit import assign_unit
from listings.actions.check_title import Finding, check_title
from listings.actions.publish_listing import publish_listing
from listings.actions.remind_people import remind_people
from listings.actions.return_listing import return_listing
from listings.kinds import CheckItem, CheckOutcome
from listings.permissions import OFFICERS
from listings.queries import QueueRow, listing_page, queue
from listings.queries.queue import PAGE, TABS, colleagues, title_facts, units
from listings.reasons import RETURN_REASONS
from listings.rules import propose
from webapp.access import OFFICE, access
from webapp.errors import sentence
from webapp.forms.account import ActForm
from webapp.language import page_language, plain
from webapp.numbers import asked_page
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.typed import typed
from webapp.views.workbench.reading import listing_id

blueprint = Blueprint("queue", __name__, url_prefix="/queue")
LONGEST_SEEN, LONGEST_NOTE = 300, 1000
"""Of what was seen at the title check, and of a note to an author; their fields hold no more."""

TAB_NAMES = {
    "due": N_("Due today or tomorrow"),
    "review": N_("Waits for review"),
    "title": N_("Title open"),
    "others": N_("Waits for others"),
    "ready": N_("Ready to publish"),
    "published": N_("Published"),
    "returned": N_("Sent back"),
    "drafts": N_("Drafts"),
    "over": N_("Over"),
    "all": N_("All"),
}
VIEWS = (
    (N_("Mine, due"), {"tab": "due", "handler": "me"}),
    (N_("Mine, to review"), {"tab": "review", "handler": "me"}),
    (N_("Nobody's yet"), {"tab": "review", "handler": "none"}),
    (N_("Waiting for others"), {"tab": "others"}),
)
"""Views that an office comes back to every morning, as links."""
ITEM_NAMES = {
    "owner": N_("Ownership"),
    "co_owners": N_("Co-owners"),
    "pledge": N_("Pledge"),
    "earlier_licences": N_("Earlier licences"),
    "annuity": N_("Annuity"),
}
STATUS_SIGNS = {
    "review": ("due", N_("Waits for review")),
    "title_open": ("due", N_("Title open")),
    "co_owners": ("waits", N_("Waits for co-owners")),
    "shares": ("waits", N_("Waits for shares")),
    "ready": ("done", N_("Ready to publish")),
    "published": ("done", N_("Published")),
    "faded": ("due", N_("To be confirmed")),
    "returned": ("stop", N_("Sent back")),
    "draft": ("waits", N_("Draft")),
    "withdrawn": ("stop", N_("Withdrawn")),
    "expired": ("stop", N_("Expired")),
}
DUE_NAMES = {
    "annuity": N_("Annuity"),
    "heartbeat": N_("Heartbeat"),
    "expiry": N_("Goes offline"),
}
OUTCOME_NAMES = {
    "ok": N_("In order"),
    "missing": N_("Missing"),
    "waits": N_("Asked for"),
}


def office() -> Actor:
    """The signed-in officer; others have no queue. Raises Forbidden."""
    actor = need_person()
    if not any(seat.roles & OFFICERS for seat in actor.seats):
        raise Forbidden(do="queue")
    return actor


@blueprint.get("")
@access(OFFICE)
def page() -> ResponseReturnValue:
    actor, runtime, asked = office(), the_market(), request.args
    tab = asked.get("tab", "all") if asked.get("tab") in TABS else "all"
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = queue(
            session,
            actor,
            now,
            runtime.settings.zone,
            tab=tab,
            words=asked.get("q", "")[:100],
            handler={"me": actor.person, "none": "none"}.get(asked.get("handler", "")),
            unit=asked.get("unit", "")[:32],
            page=asked_page(),
        )
        departments = units(session, actor)
        others = colleagues(session, actor, now)
        panel = _panel(session, actor, asked.get("row") or _first(found.rows))
    return render_template(
        "queue/page.html",
        found=found,
        tab=tab,
        names={"tab": TAB_NAMES, "item": ITEM_NAMES, "due": DUE_NAMES, "outcome": OUTCOME_NAMES},
        signs=STATUS_SIGNS,
        reasons=RETURN_REASONS,
        panel=panel,
        colleagues=others,
        units=departments,
        views=VIEWS,
        act=ActForm(),
        today=legal_date(now, runtime.settings.zone),
        size=PAGE,
        link=_link,
        pages=lambda number: _link(page=number),
        shown=lambda id: show("listing", id),
    )


def _first(rows: tuple[QueueRow, ...]) -> str:
    return show("listing", rows[0].id) if rows else ""


def _link(**changes: Any) -> str:
    """This queue with some of its conditions changed."""
    kept = {name: value for name, value in request.args.items() if name != "row"}
    return url_for("queue.page", **{k: v for k, v in (kept | changes).items() if v})


def _panel(session: Any, actor: Actor, shown: str) -> dict[str, Any] | None:
    """The title check of the chosen row, with what register and patents suggest."""
    found = parse(shown)
    if found is None or found[0] != "listing":
        return None
    today = legal_date(the_market().database.now(session), the_market().settings.zone)
    listing = listing_page(session, actor, found[1], today, language=page_language())
    if listing is None or not actor.roles_in(listing.owner_org) & OFFICERS:
        return None
    facts = title_facts(session, listing.asset, today)
    mine = listing.author is not None and listing.author == actor.person
    open_items = [
        item for item in CheckItem if _outcome(listing.findings.get(item)) != CheckOutcome.OK
    ]
    return {
        "r": listing,
        "shown": shown,
        "items": list(CheckItem),
        "proposed": propose(facts),
        "facts": facts,
        "open": open_items,
        "mine": mine,
        "can_approve": listing.state == "title_check" and not open_items and not mine,
    }


def _outcome(finding: Any) -> str:
    return finding.outcome if finding else ""


@blueprint.post("/<shown>/title")
@access(OFFICE, of="listing")
def title(shown: str) -> ResponseReturnValue:
    actor, form = office(), request.form
    today = legal_date(_now(), the_market().settings.zone)
    findings = {
        item: Finding(CheckOutcome(form[item]), typed(f"{item}_note", LONGEST_SEEN), today)
        for item in CheckItem
        if form.get(item) in set(CheckOutcome)
    }
    the_market().executor.run(actor, check_title, listing_id(shown), findings)
    flash(plain(N_("The title check is noted.")), "done")
    return redirect(_link(row=shown))


def _now() -> Any:
    runtime = the_market()
    with runtime.database.read() as session:
        return runtime.database.now(session)


@blueprint.post("/do")
@access(OFFICE)
def do() -> ResponseReturnValue:
    """Bulk decisions: the same actions as one by one, each row with its own outcome."""
    actor, form = office(), request.form
    note = typed("note", LONGEST_NOTE)
    deed = _deed(actor, form.get("deed", ""), form.get("reason", ""), note)
    done, refused = 0, []
    for shown in form.getlist("row")[:PAGE]:
        try:
            deed(listing_id(shown))
            done += 1
        except Refused as refusal:
            refused.append((shown, sentence(refusal)))
    if done:
        flash(plain(N_("%(count)s done."), count=done), "done")
    for shown, said in refused:
        flash(f"{_title(actor, shown)}: {said}", "stop")
    if not done and not refused:
        flash(plain(N_("Choose at least one row.")), "due")
    return redirect(_link())


def _deed(actor: Actor, name: str, reason: str, note: str) -> Callable[[str], None]:
    run = the_market().executor.run

    def publish(listing: str) -> None:
        """Two steps: what was approved stays so where the second is refused."""
        if _state(actor, listing) != "approved":
            run(actor, approve_listing, listing)
        run(actor, publish_listing, listing)

    deeds: dict[str, Callable[[str], Any]] = {
        "publish": publish,
        "return": lambda listing: run(actor, return_listing, listing, reason, note),
        "assign": lambda listing: run(actor, assign_handler, listing, actor.person),
        "give": lambda listing: run(actor, assign_handler, listing, request.form.get("handler")),
        "place": lambda listing: run(actor, assign_unit, listing, request.form.get("unit", "")),
        "remind": lambda listing: run(actor, remind_people, listing),
    }
    if name not in deeds:
        raise Forbidden(do=name)
    return deeds[name]


def _state(actor: Actor, listing: str) -> str:
    found = _listing(actor, listing)
    return found.state if found else ""


def _title(actor: Actor, shown: str) -> str:
    found = parse(shown)
    row = _listing(actor, found[1]) if found else None
    return row.text.title if row else shown


def _listing(actor: Actor, listing: str) -> Any:
    with the_market().database.read() as session:
        now = the_market().database.now(session)
        return listing_page(session, actor, listing, now.date(), language=page_language())


def download(data: bytes, name: str) -> Response:
    """A spreadsheet as a download."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = Response(data, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

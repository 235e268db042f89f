"""Law profiles: shown, compared and amended; holiday tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.ids import show
from core.law import LawBook
from core.law.wordings import placeholders
from core.times import legal_date
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.actions.refuse_amendment import refuse_amendment
from governance.amending import differences, earliest
from governance.amendment_queries import amendment_page, amendments
from governance.chapters import CHAPTERS, entries
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.amendments import DecideForm, HolidayForm, RuleForm
from webapp.forms.chapters import chapter_form
from webapp.forms.wordings import WordingForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.amendments import compared, shown_value, worded, words_of
from webapp.runtime import the_market
from webapp.views.deals.ids import read

blueprint = Blueprint("policies", __name__, url_prefix="/operator/policies")
_ACTIONS = {"approve": approve_amendment, "refuse": refuse_amendment}


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    sessions.need("oversee")
    book = the_market().law
    with the_market().database.read() as session:
        lines = amendments(session, page_language())
    years = {name: sorted(calendar.years) for name, calendar in book.calendars.items()}
    own = the_market().settings.jurisdiction
    view = {"lines": lines, "book": book, "years": years, "chapters": CHAPTERS, "own": own}
    return render_template("operator/policies.html", **view)


@blueprint.route("/profiles/<name>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="profile")
def profile(name: str) -> ResponseReturnValue:
    """What holds on a day, against what held on another; and the form for a change."""
    actor, market, today = sessions.need("oversee"), the_market(), _today()
    if name not in market.law.sources:
        raise NotFound(ref=name)
    on, against = _day("on", today), _day("against", today)
    holds, held = market.law.profile(name, on), market.law.profile(name, against)
    form = RuleForm().among([rule.rule_id for rule in holds])
    now = holds.value(form.rule.data) if form.rule.data in holds else None
    run = market.executor.run
    done = form.accepted(lambda: run(actor, propose_amendment, form.proposed(name, now)))
    if done is not None:
        flash(_("Proposed. Another operator approves it."), "done")
        return redirect(url_for(".one", shown=show("amendment", done.ref)))
    notice = market.law.profile(market.settings.jurisdiction, today)
    view: dict[str, Any] = {
        "holds": holds,
        "on": on,
        "against": against,
        "changes": compared(differences(held, holds)),
        "shown_value": shown_value,
        "first": earliest(notice, today),
        "title": market.law.title(name, page_language()),
        "versions": (market.law.version(name, against), market.law.version(name, on)),
    }
    return render_template("operator/policy.html", form=form, **view), form.status


@blueprint.route("/profiles/<name>/<any(required,fees,numbering,thresholds):chapter>",
                 methods=["GET", "POST"])  # fmt: skip
@access(OVERSEE, post=OPERATE, of="profile")
def chapter(name: str, chapter: str) -> ResponseReturnValue:
    """Rules of one kind together: as they hold, and in a form for several changes at once."""
    actor, market, today = sessions.need("oversee"), the_market(), _today()
    if name not in market.law.sources:
        raise NotFound(ref=name)
    about, holds = CHAPTERS[chapter], market.law.profile(name, today)
    form = chapter_form(entries(about, holds), holds)
    run = market.executor.run
    done = form.accepted(lambda: run(actor, propose_amendment, form.proposed(holds, today)))
    if done is not None:
        flash(_("Proposed. Another operator approves it."), "done")
        return redirect(url_for(".one", shown=show("amendment", done.ref)))
    notice = market.law.profile(market.settings.jurisdiction, today)
    view: dict[str, Any] = {
        "about": about,
        "holds": holds,
        "first": earliest(notice, today),
        "title": market.law.title(name, page_language()),
    }
    return render_template("operator/chapter.html", form=form, **view), form.status


@blueprint.route("/holidays/<name>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="calendar")
def holidays(name: str) -> ResponseReturnValue:
    """The years that are known, and the form for one more."""
    actor, market, form = sessions.need("oversee"), the_market(), HolidayForm()
    if name not in market.law.calendars:
        raise NotFound(ref=name)
    run = market.executor.run
    done = form.accepted(lambda: run(actor, propose_amendment, form.proposed(name)))
    if done is not None:
        flash(_("Proposed. Another operator approves it."), "done")
        return redirect(url_for(".one", shown=show("amendment", done.ref)))
    calendar = market.law.calendars[name]
    return render_template("operator/holidays.html", form=form, calendar=calendar), form.status


@blueprint.get("/letters")
@access(OVERSEE)
def letters() -> ResponseReturnValue:
    """Everything that the market writes to people, and which of it has a wording of its own."""
    sessions.need("oversee")
    market, today, language = the_market(), _today(), page_language()
    known = market.executor.ports.letters
    lines = []
    for name in known:
        own = market.law.wording(name, today)
        subject = words_of(known, name, own)[language][0]
        lines.append((name, subject, own is not None and bool(own.texts)))
    return render_template("operator/letters.html", lines=lines)


@blueprint.route("/letters/<name>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="letter")
def letter(name: str) -> ResponseReturnValue:
    """A letter as it reads today, and the form for a wording of the market's own."""
    actor, market, today = sessions.need("oversee"), the_market(), _today()
    known, form = market.executor.ports.letters, WordingForm()
    if name not in known:
        raise NotFound(ref=name)
    own = market.law.wording(name, today)
    if request.method == "GET":
        form.fill(words_of(known, name, own))
    run = market.executor.run
    done = form.accepted(lambda: run(actor, propose_amendment, form.proposed(name)))
    if done is not None:
        flash(_("Proposed. Another operator approves it."), "done")
        return redirect(url_for(".one", shown=show("amendment", done.ref)))
    notice = market.law.profile(market.settings.jurisdiction, today)
    view: dict[str, Any] = {
        "name": name,
        "own": own is not None and bool(own.texts),
        "shipped": words_of(known, name, None),
        "first": earliest(notice, today),
        "names": [
            f"%({one})s"
            for one in sorted(placeholders(known[name][0]) | placeholders(known[name][1]))
        ],
    }
    return render_template("operator/letter.html", form=form, **view), form.status


@blueprint.route("/amendments/<shown>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="amendment", fresh="post")
def one(shown: str) -> ResponseReturnValue:
    actor, id, form = sessions.need("oversee"), read("amendment", shown), DecideForm()
    if form.is_submitted() and form.decision.data not in _ACTIONS:
        raise NotFound
    run, note = the_market().executor.run, form.note.data or ""
    done = form.accepted(lambda: run(actor, _ACTIONS[form.decision.data], id, note))
    if done is None:
        book: LawBook = the_market().law
        with the_market().database.read() as session:
            page = amendment_page(session, actor, id, page_language(), book)
        changed = worded(page.line.row, book, the_market().executor.ports.letters)
        view = {"page": page, "changes": compared(page.changes), "worded": changed}
        return render_template("operator/amendment.html", form=form, **view), form.status
    the_market().executor.forget_law()
    flash(_("Decided."), "done")
    return redirect(url_for(".one", shown=shown))


def _today() -> date:
    market = the_market()
    with market.database.read() as session:
        return legal_date(market.database.now(session), market.settings.zone)


def _day(name: str, default: date) -> date:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return default

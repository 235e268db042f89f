"""The institution's decision on a deal: its steps, their papers, and the approval sheet."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.errors import Forbidden, NotFound
from core.i18n import LANGUAGES
from core.law.values import LawValue
from deals.deciding.actions.ask_step_again import ask_step_again
from deals.deciding.actions.decide_step import decide_step
from deals.deciding.queries import DecisionPage, StepLine, decision_page
from deals.deciding.sheet import pdf
from deals.deciding.wording import KIND_NAMES
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.deal_forms import PlainForm
from webapp.forms.decision_forms import DecideForm, PaperForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import LARGEST_PAPER, PAPER_WANTED, PDF, take_upload
from webapp.views.deals import showing
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("deal_decisions", __name__, url_prefix="/deals/<shown>/decision")
lend_words(blueprint)
_RULE: Final = "institution.decides"


def _page(shown: str) -> DecisionPage:
    runtime = the_market()
    with runtime.database.read() as session:
        found = decision_page(session, need_person(), read("deal", shown), page_language())
    if found is None:
        raise NotFound(ref=shown)
    return found


def _run(action: Any, *args: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args)


def _back(page: DecisionPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(page.deal.id, "decision"), 303)


@blueprint.get("")
@access(PERSON, of="deal")
def page(shown: str) -> str:
    found = _page(shown)
    profile = the_market().law.profile(found.deal.jurisdiction, found.deal.law_on)
    rule: LawValue | None = profile.value(_RULE) if _RULE in profile else None
    return render_template(
        "deals/decision.html",
        page=found,
        kinds=KIND_NAMES,
        terms=showing.one_version(found.terms),
        rule=rule,
        language=page_language(),
        button=PlainForm(),
    )


@blueprint.route("/<step>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="step", fresh=True)
def step(shown: str, step: str) -> Any:
    found = _page(shown)
    line = _named(found, step)
    form = DecideForm() if line.own else PaperForm()
    if request.method == "GET" and not line.mine:
        return redirect(deal_url(found.deal.id, "decision"))
    done = form.accepted(lambda: _decide(line, form))
    if done is None:
        return (
            render_template("deals/decide.html", page=found, line=line, form=form,
                            kinds=KIND_NAMES, terms=showing.one_version(found.terms)),
            form.status,
        )  # fmt: skip
    return _back(found, _("The decision is on file."))


def _named(found: DecisionPage, step: str) -> StepLine:
    line = next((one for one in found.steps if one.row.id == step), None)
    if line is None:
        raise NotFound(ref=f"step:{step}")
    return line


def _decide(line: StepLine, form: DecideForm) -> Any:
    """A paper is looked at before it is stored, and stored only for whoever may decide."""
    if not isinstance(form, PaperForm):
        return _run(decide_step, line.row.id, form.decided())
    if not line.mine:
        return _run(decide_step, line.row.id, form.with_paper(None))
    sent = request.files.get("paper")
    upload = None
    if sent is not None and sent.filename:
        upload = take_upload("paper", limit=LARGEST_PAPER, of=PDF, wanted=PAPER_WANTED)
    return _run(decide_step, line.row.id, form.with_paper(upload))


@blueprint.post("/<step>/again")
@access(PERSON, of="step")
def again(shown: str, step: str) -> Response:
    found = _page(shown)
    _run(ask_step_again, _named(found, step).row.id)
    return _back(found, _("The step is put again."))


@blueprint.get("/<step>/paper")
@access(PERSON, of="step")
def paper(shown: str, step: str) -> Response:
    found = _page(shown)
    turns = [one for line in found.steps for one in (line.row, *line.earlier)]
    named = next((one for one in turns if one.id == step and one.sha256), None)
    if named is None:
        raise NotFound(ref=f"step:{step}")
    return attachment(the_market().files.path(named.sha256 or ""), named.file)


@blueprint.get("/sheet/<language>.pdf")
@access(PERSON, of="deal")
def sheet(shown: str, language: str) -> Response:
    """The approval sheet, to be circulated or put on file."""
    runtime = the_market()
    if language not in LANGUAGES:
        raise NotFound(ref=shown)
    found = _page(shown)
    if not found.whole:
        raise Forbidden(do="sheet")
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = decision_page(session, need_person(), found.deal.id, language) or found
    made = pdf(found, language, runtime.settings.zone, now)
    return attachment(made, f"{shown}-approval-{language}.pdf", "application/pdf")

"""Who comes first on equal terms: told, answering, or letting the time pass."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from core.errors import NotFound
from core.i18n import N_
from deals.preemption.actions.come_first import come_first
from deals.preemption.actions.name_holder import name_holder
from deals.preemption.actions.serve_notice import serve_notice
from deals.preemption.actions.waive_claim import waive_claim
from deals.preemption.queries import ClaimLine, PreemptionPage, preemption_page
from deals.preemption.wording import KIND_NAMES
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.preemption_forms import HolderForm, OwnAnswerForm, PaperOfHolderForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import LARGEST_PAPER, PAPER_WANTED, PDF, Upload, take_upload
from webapp.views.deals import showing
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("preemptions", __name__, url_prefix="/deals/<shown>/preemption")
lend_words(blueprint)
_RULES: Final = ("preemption.ways", "preemption.days")
_ACTS: Final = {
    "serve": N_("Put on file that the notice arrived"),
    "exercise": N_("Take these terms"),
    "waive": N_("Waive"),
}


def _page(shown: str) -> PreemptionPage:
    runtime = the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = preemption_page(session, need_person(), read("deal", shown), now, page_language())
    if found is None:
        raise NotFound(ref=shown)
    return found


def _run(action: Any, *args: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args)


def _back(page: PreemptionPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(page.deal.id, "preemption"), 303)


def _show(found: PreemptionPage, form: HolderForm) -> str:
    profile = the_market().law.profile(found.deal.jurisdiction, found.deal.law_on)
    language = page_language()
    laws = [profile.value(rule) for rule in _RULES if rule in profile]
    return render_template(
        "deals/preemption.html",
        page=found,
        kinds=KIND_NAMES,
        terms=showing.one_version(found.terms),
        laws=[(rule.remark(language), rule.cite(language)) for rule in laws],
        acts=_ACTS,
        form=form,
    )


@blueprint.get("")
@access(PERSON, of="deal")
def page(shown: str) -> str:
    return _show(_page(shown), HolderForm(formdata=None))


@blueprint.post("")
@access(PERSON, of="deal")
def name(shown: str) -> Any:
    """The office names who commissioned the development."""
    found, form = _page(shown), HolderForm()
    done = form.accepted(lambda: _run(name_holder, found.deal.id, form.name.data or ""))
    if done is None:
        return _show(found, form), form.status
    return _back(found, _("They are named. Tell them, and put the receipt on file."))


@blueprint.route("/<claim>/<act>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="claim", fresh=True)
def answer(shown: str, claim: str, act: str) -> Any:
    found = _page(shown)
    line = next((one for one in found.claims if one.row.id == claim), None)
    if line is None or act not in _ACTS:
        raise NotFound(ref=f"preemption:{claim}")
    form = OwnAnswerForm() if line.own and act != "serve" else PaperOfHolderForm()
    if request.method == "GET" and act not in line.acts:
        return redirect(deal_url(found.deal.id, "preemption"))
    done = form.accepted(lambda: _answer(line, act, form))
    if done is None:
        return (
            render_template("deals/claim.html", page=found, line=line, act=act, form=form,
                            acts=_ACTS, kinds=KIND_NAMES, terms=showing.one_version(found.terms)),
            form.status,
        )  # fmt: skip
    return _back(found, _("It is on file."))


def _answer(line: ClaimLine, act: str, form: OwnAnswerForm | PaperOfHolderForm) -> Any:
    """A paper is stored only for whoever may put it on file."""
    action = {"serve": serve_notice, "exercise": come_first, "waive": waive_claim}[act]
    if isinstance(form, OwnAnswerForm):
        return _run(action, line.row.id)
    paper = form.shown(_upload() if act in line.acts else None)
    return _run(action, line.row.id, paper)


def _upload() -> Upload | None:
    sent = request.files.get("paper")
    if sent is None or not sent.filename:
        return None
    return take_upload("paper", limit=LARGEST_PAPER, of=PDF, wanted=PAPER_WANTED)


@blueprint.get("/<claim>/paper/<which>")
@access(PERSON, of="claim")
def paper(shown: str, claim: str, which: str) -> Response:
    """`which`: the receipt of the notice (service), or the signed answer."""
    line = next((one for one in _page(shown).claims if one.row.id == claim), None)
    if line is None:
        raise NotFound(ref=f"preemption:{claim}")
    row = line.row
    kept = {"service": (row.service, row.service_file), "answer": (row.answer, row.answer_file)}
    sha256, file = kept.get(which, (None, ""))
    if not sha256:
        raise NotFound(ref=f"preemption:{claim}")
    return attachment(the_market().files.path(sha256), file)

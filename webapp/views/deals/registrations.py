"""The registration of a signed contract: its form, what the registry answered, its papers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from contracts.registration.actions.change_registration import change_registration
from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.open_registration import open_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.rescind_registration import rescind_registration
from contracts.registration.actions.return_registration import return_registration
from contracts.registration.actions.save_registration_form import save_registration_form
from contracts.registration.form import Form
from contracts.registration.queries import RegistrationPage, registration_page
from contracts.registration.sheet import Papers, pdf
from core.errors import NotFound
from core.law import Profile
from core.times import legal_date
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.deal_forms import PlainForm
from webapp.forms.registration_forms import AnswerForm, ChangeForm, ReasonForm, RegistryForm
from webapp.language import gettext as _
from webapp.numbers import whole
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals import registration_showing as showing
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("registrations", __name__, url_prefix="/deals/<shown>/registration")
lend_words(blueprint)
_LANGUAGES = frozenset({"zh", "en"})


def _page(shown: str) -> RegistrationPage:
    with the_market().database.read() as session:
        found = registration_page(session, need_person(), read("deal", shown))
    if found is None:
        raise NotFound(ref=shown)
    return found


def _begun(shown: str) -> tuple[RegistrationPage, str, Form]:
    """The page, the registration's id and the form's newest state. Raises NotFound."""
    found = _page(shown)
    if found.row is None or found.form is None:
        raise NotFound(ref=shown)
    return found, found.row.id, found.form


def _law(page: RegistrationPage) -> Profile:
    """What holds today: registering goes by the rules of its day."""
    runtime = the_market()
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
    return runtime.law.profile(page.deal.jurisdiction, today)


def _run(action: Any, *args: Any) -> Any:
    return the_market().executor.run(need_person(), action, *args)


def _back(page: RegistrationPage, said: str) -> Response:
    flash(said, "done")
    return redirect(deal_url(page.deal.id, "registration"), 303)


def _show(name: str, found: RegistrationPage, **more: Any) -> str:
    return render_template(f"registrations/{name}.html", page=found, show=showing, **more)


def _whole_page(found: RegistrationPage, button: PlainForm) -> str:
    profile = _law(found)
    return _show(
        "page",
        found,
        button=button,
        laws=showing.governing(profile),
        missing=showing.missing(found, profile),
        border=showing.border(found.form, profile) if found.form else None,
        taxes=showing.tax(found, profile),
    )


@blueprint.get("")
@access(PERSON, of="deal")
def page(shown: str) -> str:
    return _whole_page(_page(shown), PlainForm())


@blueprint.post("")
@access(PERSON, of="deal")
def begin(shown: str) -> Response:
    found = _page(shown)
    _run(open_registration, found.contract.id)
    return _back(found, _("The form is begun with what the contract says."))


@blueprint.route("/form", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def form(shown: str) -> Any:
    found, id, known = _begun(shown)
    typed = RegistryForm()
    if request.method == "GET":
        if "save" not in found.acts:
            return redirect(deal_url(found.deal.id, "registration"))
        typed.fill(known)
    done = typed.accepted(lambda: _saved(typed, id, known))
    if done is None:
        return _show("form", found, form=typed), typed.status
    return _back(found, _("The form is saved."))


def _saved(typed: RegistryForm, id: str, known: Form) -> Any:
    said = typed.read(known)
    return None if said is None else _run(save_registration_form, id, said, _answering())


def _answering() -> int:
    return whole(request.form.get("answering")) or 0


@blueprint.post("/hand-in")
@access(PERSON, of="deal")
def hand_in(shown: str) -> Any:
    found, id, _known = _begun(shown)
    button = PlainForm()
    if button.accepted(lambda: _run(hand_in_registration, id, _answering())) is None:
        return _whole_page(found, button), 422
    return _back(found, _("Handed in. The day by which the registry answers is written down."))


@blueprint.route("/answer", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def answer(shown: str) -> Any:
    found, id, _known = _begun(shown)
    typed = AnswerForm()
    if request.method == "GET" and "register" not in found.acts:
        return redirect(deal_url(found.deal.id, "registration"))
    done = typed.accepted(lambda: _answered(typed, id))
    if done is None:
        return _show("answer", found, form=typed), typed.status
    return _back(found, _("The registry's answer is written down."))


def _answered(typed: AnswerForm, id: str) -> Any:
    if typed.outcome.data == "returned":
        return _run(return_registration, id, typed.reason.data or "")
    number = "".join((typed.number.data or "").split())
    return _run(register_contract, id, number, typed.registered_on.data)


@blueprint.route("/change", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def change(shown: str) -> Any:
    found, id, known = _begun(shown)
    typed = ChangeForm()
    if request.method == "GET":
        if "change" not in found.acts:
            return redirect(deal_url(found.deal.id, "registration"))
        typed.fill(found.registered or known)
    done = typed.accepted(lambda: _changed(typed, id, known))
    if done is None:
        return _show("form", found, form=typed), typed.status
    return _back(found, _("The change is handed in. Tell the tax office too."))


def _changed(typed: ChangeForm, id: str, known: Form) -> Any:
    said = typed.read(known)
    if said is None:
        return None
    return _run(change_registration, id, said, _answering(), typed.reason.data or "")


@blueprint.route("/rescind", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="deal")
def rescind(shown: str) -> Any:
    found, id, _known = _begun(shown)
    typed = ReasonForm()
    if request.method == "GET" and "rescind" not in found.acts:
        return redirect(deal_url(found.deal.id, "registration"))
    done = typed.accepted(lambda: _run(rescind_registration, id, typed.reason.data or ""))
    if done is None:
        return _show("rescind", found, form=typed), typed.status
    return _back(found, _("Written down. Tell the tax office, if relief was claimed."))


@blueprint.get("/form/<language>.pdf")
@access(PERSON, of="deal")
def paper(shown: str, language: str) -> Response:
    """The form and a sheet of what the contract says; the Chinese set is for the registry."""
    found, _id, known = _begun(shown)
    if language not in _LANGUAGES or found.row is None:
        raise NotFound(ref=shown)
    row = found.contract
    papers = Papers(row.number, row.digest or "", found.matter, found.draft, known,
                    found.row.number or "")  # fmt: skip
    return attachment(pdf(papers, language), f"{row.number}-{language}.pdf", "application/pdf")

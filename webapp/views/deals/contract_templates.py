"""Word templates of contracts: the market's own to start from, and those of one's organisations."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from accounts.queries import organisation_names
from contracts.matter import ITEMS
from contracts.sheet import EDITIONS
from contracts.templates import queries
from contracts.templates.actions.add_template import NewTemplate, add_template
from contracts.templates.actions.retire_template import retire_template
from contracts.templates.checking import LARGEST, template_problems
from contracts.templates.permissions import keeps_templates
from contracts.word import TERMS, shipped
from contracts.wording import ITEM_NAMES
from core.errors import Forbidden, Invalid, NotFound
from core.i18n import N_
from core.results import Done
from deals.wording import TERM_NAMES
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.account import ActForm
from webapp.forms.contract_forms import EDITION_NAMES, TemplateForm
from webapp.language import page_language, plain
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.uploads import take_upload
from webapp.views.deals.ids import read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("contract_templates", __name__, url_prefix="/contracts/templates")
lend_words(blueprint)
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WANTED: Final = N_("Send the template as Word (.docx), without macros.")
_NAMES: Final = {
    "number": N_("Contract no."), "title": N_("Type of contract"), "seller": N_("Seller"),
    "buyer": N_("Buyer"), **{name: ITEM_NAMES[name] for name in ITEMS},
    **{name: TERM_NAMES[name] for name in TERMS},
}  # fmt: skip
"""What a page says of the placeholders; lists are explained beside it."""


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON)
def index() -> ResponseReturnValue:
    actor, form = need_person(), TemplateForm()
    houses = sorted(one for one in actor.organisations if keeps_templates(actor, one))
    with the_market().database.read() as session:
        rows = queries.templates_of(session, actor)
        names = organisation_names(session, houses, page_language())
    form.owner_org.choices = [SelectChoice(one, names.get(one, "")) for one in houses]
    done = form.accepted(lambda: _add(form))
    if done is not None:
        said = plain(N_("The template is kept; it stands beside the contracts of your deals."))
        flash(said, "done")
        return redirect(url_for(".index"), 303)
    view = {"rows": rows, "names": names, "houses": houses, "act": ActForm(formdata=None)}
    return render_template(
        "contracts/templates.html", form=form, editions=EDITION_NAMES, placeholders=_NAMES, **view
    ), form.status


def _add(form: TemplateForm) -> Done:
    """Looked at before it is kept; nobody stores a file who keeps no templates."""
    actor, owner = need_person(), form.owner_org.data or ""
    if not keeps_templates(actor, owner):
        raise Forbidden(do="add_template")
    upload = take_upload("file", limit=LARGEST, of=frozenset({WORD}), wanted=_WANTED)
    with the_market().files.open(upload.sha256) as stored:
        if problems := template_problems(stored.read()):
            raise Invalid({"file": problems})
    new = NewTemplate(
        owner, form.name.data or "", form.edition.data or "", upload.sha256, upload.size
    )
    return the_market().executor.run(actor, add_template, new)


@blueprint.post("/<shown>/retire")
@access(PERSON, of="contract_template")
def retire(shown: str) -> ResponseReturnValue:
    actor, id, form = need_person(), read("contract_template", shown), ActForm()
    done = form.accepted(lambda: the_market().executor.run(actor, retire_template, id))
    said = plain(N_("Retired; nothing new is made of it."))
    flash(said if done else next(iter(form.form_errors), ""), "done" if done else "stop")
    return redirect(url_for(".index"), 303)


@blueprint.get("/ours/<edition>.docx")
@access(PERSON, of="edition")
def ours(edition: str) -> ResponseReturnValue:
    """The market's own, to start from."""
    if edition not in EDITIONS:
        raise NotFound(ref=edition)
    return attachment(shipped(EDITIONS[edition]), f"contract-{edition}.docx", WORD)


@blueprint.get("/<shown>/file.docx")
@access(PERSON, of="contract_template")
def file(shown: str) -> ResponseReturnValue:
    actor, id = need_person(), read("contract_template", shown)
    with the_market().database.read() as session:
        row = queries.template(session, actor, id)
    return attachment(the_market().files.path(row.sha256), f"{row.name}.docx", WORD)

"""A deal's contract as editable Word: in the market's template, or in one of the reader's own."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from contracts.sheet import EDITIONS, sheet
from contracts.templates.queries import usable_templates
from contracts.word import shipped, told, word
from core.errors import NotFound
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.contract_forms import EDITION_NAMES
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.contract_reading import contract_of
from webapp.views.deals.contract_templates import WORD
from webapp.views.deals.ids import read
from webapp.views.deals.words import lend_words

blueprint = Blueprint("contract_word", __name__, url_prefix="/deals/<shown>/contract/word")
lend_words(blueprint)


@blueprint.get("")
@access(PERSON, of="deal")
def page(shown: str) -> str:
    """Which ones there are."""
    found = contract_of(shown)
    with the_market().database.read() as session:
        templates = usable_templates(session, need_person())
    return render_template(
        "contracts/word.html", page=found, templates=templates, editions=EDITION_NAMES
    )


@blueprint.get("/<which>.docx")
@access(PERSON, of="deal")
def file(shown: str, which: str) -> Response:
    """The text as it reads now, to be worked on elsewhere. `which`: an edition, or a template."""
    found = contract_of(shown)
    edition, octets = (which, shipped(EDITIONS[which])) if which in EDITIONS else _own(which)
    row = found.row
    printed = sheet(row.number, row.digest or "", found.matter, found.draft, EDITIONS[edition])
    made = word(octets, told(printed, found.matter, found.draft, row.versions))
    return attachment(made, f"{row.number}-v{row.versions}-{edition}.docx", WORD)


def _own(shown: str) -> tuple[str, bytes]:
    """(edition, octets) of a template that the reader may use. Raises NotFound."""
    id = read("contract_template", shown)
    with the_market().database.read() as session:
        usable = {one.id: one for one in usable_templates(session, need_person())}
    if (row := usable.get(id)) is None:
        raise NotFound(ref=shown)
    return row.edition, the_market().files.path(row.sha256).read_bytes()

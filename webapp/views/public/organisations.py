"""The public page of an institute, firm, brokerage or provider."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.ids import parse, show
from deals.queries.inquiries import answering_record
from reporting.organisation import merged_address, organisation_figures, public_organisation
from search.queries import SearchRequest
from webapp.access import PUBLIC, access
from webapp.finding import find
from webapp.language import page_language
from webapp.pictures import shown_picture
from webapp.presenters import labels
from webapp.presenters.hits import view_hit
from webapp.presenters.organisation_schema import organisation as schema
from webapp.runtime import the_market

blueprint = Blueprint("organisation_pages", __name__)

SHOWN = 30


@blueprint.get("/organisations/<shown>")
@access(PUBLIC, of="organisation")
def page(shown: str) -> ResponseReturnValue:
    kind_and_id = parse(shown)
    if kind_and_id is None or kind_and_id[0] != "organisation":
        raise NotFound(ref=shown)
    language = page_language()
    with the_market().database.read() as session:
        found = public_organisation(session, kind_and_id[1])
        if found is None:
            return _moved(merged_address(session, kind_and_id[1]))
        figures = organisation_figures(session, found.id)
        record = answering_record(session, found.id, the_market().database.now(session))
    asked = SearchRequest(
        filters={"owner": found.houses},
        sort="newest", size=SHOWN, language=language, facets=("ipc_section", "kind"),
    )  # fmt: skip
    answer = find(asked).page
    return render_template(
        "public/organisation.html",
        o=found,
        name=found.name(language),
        kind=labels.named(labels.ORGANISATIONS, found.kind),
        region=labels.reference_name("regions", found.region) if found.region else "",
        answering=record if found.kind == "institute" else None,
        total=answer.total,
        hits=[view_hit(hit, language) for hit in answer.hits],
        fields=[
            (count.value, labels.reference_name("ipc_sections", count.value), count.count)
            for count in answer.facets.get("ipc_section", ())
        ],
        figures=figures,
        own_fields=[labels.reference_name("ipc_sections", code) for code in found.fields],
        json_ld=schema(found, language),
    )


def _moved(survivor: str | None) -> ResponseReturnValue:
    """The address of one that was merged leads to the other, for good. Raises NotFound."""
    if survivor is None:
        raise NotFound
    return redirect(url_for(".page", shown=show("organisation", survivor)), 301)


@blueprint.get("/organisations/<shown>/logo")
@access(PUBLIC, of="organisation")
def logo(shown: str) -> Response:
    """Of a vetted organisation only; shown within the site, so looked at again."""
    kind_and_id = parse(shown)
    with the_market().database.read() as session:
        id = kind_and_id[1] if kind_and_id and kind_and_id[0] == "organisation" else ""
        found = public_organisation(session, id)
    if found is None or found.logo is None:
        raise NotFound(ref=shown)
    return shown_picture(found.logo)

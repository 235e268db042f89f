"""A deal's diligence file: made, listed and fetched again."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from core.ids import show
from reporting.diligence.making import make_diligence_file
from reporting.diligence.queries import file_of
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import deal_url, read

blueprint = Blueprint("diligence", __name__, url_prefix="/deals")


@blueprint.post("/<shown>/diligence")
@access(PERSON, of="deal")
def make(shown: str) -> Response:
    deal = read("deal", shown)
    made = make_diligence_file(the_market().executor, need_person(), deal)
    return redirect(deal_url(deal, "diligence", made), 303)


@blueprint.get("/<shown>/diligence/<sha256>")
@access(PERSON, of="deal")
def fetch(shown: str, sha256: str) -> Response:
    deal, market, actor = read("deal", shown), the_market(), need_person()
    with market.database.read() as session:
        kept = file_of(session, actor, deal, sha256)
    name = f"{show('deal', deal)}-{kept[:8]}.zip"
    return attachment(market.files.path(kept), name, "application/zip")

"""OAI-PMH: harvesters of libraries and portals read the published results."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from core.times import legal_date
from syndication.oai.answers import Repository, answer
from webapp.access import PUBLIC, access
from webapp.presenters.showing import market
from webapp.runtime import the_market

blueprint = Blueprint("oai", __name__)


@blueprint.route("/oai", methods=["GET", "POST"])
@access(PUBLIC, post=PUBLIC)
def harvest() -> Response:
    """The protocol wants both methods, with the same answers; neither changes anything."""
    pairs = list((request.form if request.method == "POST" else request.args).items(multi=True))
    database = the_market().database
    with database.read() as session:
        now = database.now(session)
        today = legal_date(now, market().zone)
        body = answer(session, _repository(), pairs, now, today)
    return Response(body, content_type="text/xml; charset=utf-8")


def _repository() -> Repository:
    runtime, here = the_market(), market()
    return Repository(
        name=here.name(here.language),
        address=here.base_url,
        host=urlsplit(here.base_url).hostname or "localhost",
        mail=runtime.settings.mail_from,
        language=here.language,
        secret=runtime.executor.ports.secret,
    )


@blueprint.record_once
def _without_form_token(state: BlueprintSetupState) -> None:
    """A harvester's POST comes from no page of ours, and reads only."""
    state.app.extensions["csrf"].exempt(harvest)

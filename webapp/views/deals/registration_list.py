"""All registrations that a person may see, as a list and as one spreadsheet for the registry."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from contracts.registration.batch import xlsx
from contracts.registration.queries import (
    RegistrationLine,
    deal_of_contract,
    deal_of_registration,
    registrations,
)
from contracts.registration.states import RegistrationState
from core.errors import NotFound
from webapp.access import PERSON, access
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import deal_url, read
from webapp.views.deals.words import lend_words
from webapp.views.workbench.queue import download

blueprint = Blueprint("registration_list", __name__)
lend_words(blueprint)


@blueprint.get("/registrations")
@access(PERSON)
def index() -> str:
    states = _states()
    return render_template(
        "registrations/index.html", lines=_lines(states), states=states, all=list(RegistrationState)
    )


@blueprint.get("/registrations/batch.xlsx")
@access(PERSON)
def batch() -> Response:
    """Only those of the side that registers say something to the registry, but whoever may read a
    form may take it along."""
    rows = [(one.contract.number, one.row.number or "", one.form) for one in _lines(_states())]
    return download(xlsx(rows), "registrations.xlsx")


@blueprint.get("/registrations/<shown>")
@access(PERSON, of="registration")
def one(shown: str) -> Response:
    """Where a message leads."""
    return _to(deal_of_registration, read("contract_registration", shown), "registration")


@blueprint.get("/contracts/<shown>")
@access(PERSON, of="contract")
def contract(shown: str) -> Response:
    """Where a message leads."""
    return _to(deal_of_contract, read("contract", shown), "contract")


def _to(find: Any, id: str, page: str) -> Response:
    with the_market().database.read() as session:
        deal = find(session, need_person(), id)
    if deal is None:
        raise NotFound(ref=id)
    return redirect(deal_url(deal, page))


def _states() -> list[str]:
    return [one for one in request.args.getlist("state") if one in set(RegistrationState)]


def _lines(states: list[str]) -> list[RegistrationLine]:
    with the_market().database.read() as session:
        return registrations(session, need_person(), states)

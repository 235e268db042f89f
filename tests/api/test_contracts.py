"""The sample's contracts and registrations, read by programs of both sides and nobody else."""

from __future__ import annotations

from itertools import count
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.queries import people_in
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from contracts.certificate.content import fits
from contracts.models import Contract
from contracts.registration.models import ContractRegistration
from core.ids import show
from deals.models import Deal
from tests.api.conftest import Api, must_refuse
from tests.api.contract import Contract as Published
from tests.trust.world import SUSPENDED, actor_of, member
from webapp.api.schemas.contracts import CONTRACT


@pytest.fixture(scope="module")
def registered(sample_market, sample_app):
    """(the API with tokens, the deal, its contract) of a contract that the registry knows."""
    with sample_market.database.read() as session:
        found = select(Contract, Deal).join(Deal, Deal.id == Contract.deal)
        known = found.join(ContractRegistration, ContractRegistration.contract == Contract.id)
        contract, deal = session.execute(known.order_by(Contract.opened_at)).first()
    client = sample_app.test_client()
    api = Api(client, sample_market.executor, Published(client.get("/api/openapi.json").get_json()))
    api.keys = count()
    people = {
        "seller": somebody(sample_market, deal.seller_org, "tto_officer"),
        "buyer": somebody(sample_market, deal.buyer_org, "firm_admin", "firm_member"),
        "stranger": member(sample_market, SUSPENDED, "tto_officer"),
    }
    for name, actor in people.items():
        token = new_token()
        made = tuple(Scope), 30, hash_token(token), shown_part(token)
        sample_market.executor.run(actor, make_token, "a program", *made)
        api.tokens[name] = token
    return api, deal, contract


def somebody(market, organisation: str, *roles: str):
    with market.database.read() as session:
        now = market.database.now(session)
        return actor_of(market, sorted(people_in(session, organisation, now, roles))[0])


def test_both_sides_read_the_contract(registered):
    api, deal, contract = registered
    path = f"/deals/{show('deal', deal.id)}/contract"
    for side in ("seller", "buyer"):
        answer = api.get(path, side)
        assert answer.headers["ETag"] == f'"{contract.version}"'
        seen = answer.get_json()
        assert set(seen) == CONTRACT.of[side]
        assert (seen["number"], seen["digest"]) == (contract.number, contract.digest)
        assert {(one["side"], one["state"]) for one in seen["copies"]} == {
            ("seller", "confirmed"), ("buyer", "confirmed"),
        }  # fmt: skip
        assert all(one["digest"] == seen["digest"] for one in seen["copies"])
        assert seen["text"]["scope"]
    must_refuse(api.get(path, "stranger"), 404, "not_found")


def test_both_sides_read_how_far_the_registry_is(registered):
    api, deal, contract = registered
    path = f"/deals/{show('deal', deal.id)}/registration"
    for side in ("seller", "buyer"):
        seen = api.get(path, side).get_json()
        assert seen["contract"] == show("contract", contract.id)
        assert seen["steps"]
        assert (seen["number"] is None) == (seen["state"] not in KNOWN)
    must_refuse(api.get(path, "stranger"), 404, "not_found")


KNOWN = {"registered", "changing", "rescinded"}


def test_both_sides_read_the_certificate_and_can_check_it(registered):
    api, deal, contract = registered
    path = f"/deals/{show('deal', deal.id)}/contract/certificate"
    for side in ("seller", "buyer"):
        seen = api.get(path, side).get_json()
        assert (seen["state"], seen["genuine"], seen["withdrawn_on"]) == ("issued", True, None)
        assert seen["digest"] == contract.digest
        assert fits(seen["signed"].encode(), seen["signature"], seen["key"])
        assert not fits(seen["signed"].replace("2026", "2025").encode(), seen["signature"],
                        seen["key"])  # fmt: skip
    public = api.client.get(urlsplit(seen["page"]).path)
    assert seen["number"] in public.text
    assert "<svg" in public.text
    must_refuse(api.get(path, "stranger"), 404, "not_found")

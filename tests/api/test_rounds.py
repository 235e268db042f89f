"""Open listings by programs: registered, quoted sealed, opened and replayed; who sees what."""

from __future__ import annotations

import pytest

from core.ids import parse, show
from deals.offers import Terms
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.announcing import Announced
from deals.rounds.models import Round
from deals.rounds.sealing import Place, Secret, public_of, seal
from tests.api.conftest import must_refuse
from tests.deals.rounds.test_round_pages import replay
from tests.listings.conftest import FIRM, INSTITUTE, OTHER, People
from webapp.api.schemas.rounds import ROUND

FLOOR = 80_000_000
KEYS = {"office": "11" * 32, "second": "22" * 32}


@pytest.fixture
def listed(executor, market):
    """(shown listing, shown round) of an exclusive licence, its period running."""
    listing = market.published()
    price = Terms(way="exclusive", currency="CNY", lump_sum=FLOOR)
    said = Announced(Posted("open_listing", price, "具备量产能力。"), 10)
    made = executor.run(People.officer, announce_round, listing, said)
    return show("listing", listing), show("round", made.ref)


def register(api, round_id: str, who: str = "buyer", organisation: str = FIRM):
    sent = {"organisation": show("organisation", organisation), "confirmed": True}
    return api.post(f"/rounds/{round_id}/registrations", sent, who)


def sealed(round_id: str, registration: str, minor: int) -> dict:
    place = Place(parse(round_id)[1], registration)
    keys = (public_of(KEYS[slot]) for slot in ("office", "second"))
    commitment, box = seal(Secret(minor, "ab" * 32), place, *keys)
    return {"registration": registration, "commitment": commitment, "box": box}


def due(executor, clock, round_id: str) -> None:
    """To the next deadline, settled there."""
    id = parse(round_id)[1]
    with executor.database.read() as session:
        clock.set(session.get_one(Round, id).due_at)
    executor.settle(f"round:{id}")


def test_each_sees_its_own_part(api, listed):
    listing, round_id = listed
    path = f"/rounds/{round_id}"
    assert [one["id"] for one in api.get(f"/listings/{listing}/rounds").get_json()["items"]] == [
        round_id
    ]
    assert register(api, round_id).status_code == 201
    for who in (None, "stranger", "operator"):
        assert set(api.get(path, who).get_json()) == ROUND.of["public"], who
    party = api.get(path, "buyer").get_json()
    assert set(party) == ROUND.of["party"]
    assert [(one["state"], one["deposit"], one["quotes"]) for one in party["mine"]] == [
        ("applied", None, [])
    ]
    office = api.get(path, "officer").get_json()
    assert set(office) == ROUND.of["office"]
    assert [one["organisation"] for one in office["registrations"]] == [show("organisation", FIRM)]
    api.tokens["public"] = api.token("buyer", "read:market")
    assert set(api.get(path, api.tokens["public"]).get_json()) == ROUND.of["public"]


def test_a_quote_is_sealed_by_the_program_and_opened_by_two(api, executor, clock, listed):
    _, round_id = listed
    id, path = parse(round_id)[1], f"/rounds/{round_id}"
    party = register(api, round_id).get_json()["mine"][0]["registration"]
    must_refuse(api.post(f"{path}/quotes", sealed(round_id, party, FLOOR), "buyer"), 409,
                "not_registered")  # fmt: skip
    executor.run(People.officer, qualify_party, party)
    must_refuse(api.post(f"{path}/quotes", sealed(round_id, party, FLOOR), "buyer"), 409,
                "quotes_not_open")  # fmt: skip
    for slot, keeper in (("office", People.officer), ("second", People.operator)):
        executor.run(keeper, leave_key, id, slot, public_of(KEYS[slot]))
    quote = sealed(round_id, party, FLOOR + 77)
    must_refuse(api.post(f"{path}/quotes", quote, "stranger"), 404, "not_found")
    once = {"Idempotency-Key": "the-same-key"}
    for _ in range(2):
        left = api.post(f"{path}/quotes", quote, "buyer", **once)
        assert left.status_code == 201, left.text
    assert [one["commitment"] for one in left.get_json()["mine"][0]["quotes"]] == [
        quote["commitment"]
    ]
    for who in (None, "officer", "stranger"):
        assert api.get(path, who).get_json()["quotes"] == []
        must_refuse(api.get(f"{path}/opening", who), 404, "not_found")
    due(executor, clock, round_id)
    assert api.get(path).get_json()["quotes"][0]["minor"] is None
    for slot, keeper in (("office", People.officer), ("second", People.operator)):
        executor.run(keeper, give_key, id, KEYS[slot])
    seen = api.get(path).get_json()
    assert (seen["state"], seen["price"], seen["opened"]) == ("awarded", FLOOR + 77, True)
    replay(api.get(f"{path}/opening").get_json()["transcript"], FLOOR + 77)
    deal = api.get(path, "buyer").get_json()["deal"]
    assert api.get(f"/deals/{deal}", "buyer").get_json()["state"] == "confirmed"


def test_a_registration_is_ones_own(api, listed):
    _, round_id = listed
    path = f"/rounds/{round_id}"
    must_refuse(register(api, round_id, "stranger"), 403, "forbidden")
    must_refuse(register(api, round_id, "officer", INSTITUTE), 409, "own_terms")
    sent = {"organisation": show("organisation", FIRM), "confirmed": False}
    must_refuse(api.post(f"{path}/registrations", sent, "buyer"), 422, "invalid")
    party = register(api, round_id).get_json()["mine"][0]["registration"]
    other = register(api, round_id, "stranger", OTHER).get_json()["mine"][0]["registration"]
    for who, named in (("stranger", party), ("buyer", other), ("officer", party)):
        refused = api.post(f"{path}/leave", {"registration": named}, who)
        must_refuse(refused, 404, "not_found")
    left = api.post(f"{path}/leave", {"registration": party}, "buyer")
    assert left.get_json()["mine"][0]["state"] == "withdrawn"

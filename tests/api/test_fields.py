"""What each relation sees, field by field: anything beside the table fails."""

from __future__ import annotations

import pytest

from core.ids import show
from tests.api.conftest import must_refuse
from tests.listings.conftest import FIRM, INSTITUTE
from webapp.api.fields import Shape, words
from webapp.api.schemas.common import Out
from webapp.api.schemas.contracts import CONTRACT
from webapp.api.schemas.deals import DEAL
from webapp.api.schemas.decisions import DECISION, PREEMPTION
from webapp.api.schemas.inquiries import INQUIRY
from webapp.api.schemas.listing_answers import CONTRIBUTOR, LISTING, RIGHT
from webapp.api.schemas.members import SEAT
from webapp.api.schemas.money import OBLIGATION
from webapp.api.schemas.needs import NEED
from webapp.api.schemas.organisations import ORGANISATION
from webapp.api.schemas.postings import POSTING
from webapp.api.schemas.rounds import ROUND

SHAPES = (
    LISTING, RIGHT, CONTRIBUTOR, NEED, ORGANISATION, INQUIRY, DEAL, CONTRACT, OBLIGATION, ROUND,
    POSTING, SEAT, DECISION, PREEMPTION,
)  # fmt: skip

OFFICE_ONLY = words(
    "version asset secrecy contact_phone contact_mail created_at edited_at fades_at expires_at "
    "returned_code may history findings"
)
"""Written here a second time on purpose: whoever widens the table must come by here."""


def test_what_strangers_never_see():
    assert LISTING.of["office"] - LISTING.of["public"] == OFFICE_ONLY
    assert LISTING.of["contributor"] == LISTING.of["public"]
    assert RIGHT.of["office"] - RIGHT.of["public"] == {"holder"}
    assert CONTRIBUTOR.of["office"] - CONTRIBUTOR.of["public"] == {"share_bp"}
    assert NEED.of["owner"] - NEED.of["public"] == {"version", "confidential", "expires_at", "may"}
    assert ORGANISATION.of["member"] - ORGANISATION.of["public"] == {"state", "registered_at"}
    assert INQUIRY.of["office"] - INQUIRY.of["sender"] == {"sender", "may_open"}
    assert DEAL.of["seller"] - DEAL.of["buyer"] == {"objections"}
    assert DEAL.of["seller"] - DEAL.of["overseer"] == {"acts"}
    assert CONTRACT.of["seller"] - CONTRACT.of["buyer"] == {"seals"}
    assert DECISION.of["side"] - DECISION.of["named"] == {"passed", "done"}
    assert PREEMPTION.of["side"] - PREEMPTION.of["holder"] == {"open", "may_name"}
    assert "buyer_name" not in PREEMPTION.of["holder"]
    assert SEAT.of["admin"] - SEAT.of["member"] == {"membership", "unit"}
    assert POSTING.of["buyer"] - POSTING.of["public"] == {"buyers"}
    assert POSTING.of["office"] == POSTING.of["public"]
    assert ROUND.of["party"] - ROUND.of["public"] == {"keys", "mine", "deal"}
    assert ROUND.of["office"] - ROUND.of["public"] == {"keys", "registrations", "deal"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.model.__name__)
def test_a_table_names_every_field_of_its_model_and_no_other(shape):
    listed = frozenset().union(*shape.of.values())
    assert listed == set(shape.model.model_fields)
    required = {name for name, one in shape.model.model_fields.items() if one.is_required()}
    assert required == frozenset.intersection(*shape.of.values())


def test_a_value_that_nobody_may_see_is_a_fault():
    class Thing(Out):
        name: str
        secret: str = ""

    shape = Shape(Thing, {"public": words("name"), "own": words("name secret")})
    assert shape.show("public", {"name": "a", "secret": "b"}).model_dump(exclude_unset=True) == {
        "name": "a"
    }
    with pytest.raises(LookupError, match="reserve"):
        shape.show("own", {"name": "a", "secret": "b", "reserve": 1})


def test_a_listing_shows_each_relation_its_own_fields(api, market):
    path = f"/listings/{show('listing', market.published())}"
    seen = {
        who: api.get(path, who).get_json()
        for who in (None, "stranger", "buyer", "operator", "contributor", "author", "officer")
    }
    for who in (None, "stranger", "buyer", "operator"):
        assert set(seen[who]) == LISTING.of["public"], who
        assert set(seen[who]["contributors"][0]) == CONTRIBUTOR.of["public"]
        assert "ETag" not in api.get(path, who).headers
    for who in ("author", "officer"):
        assert set(seen[who]) == LISTING.of["office"], who
        assert set(seen[who]["contributors"][0]) == CONTRIBUTOR.of["office"]


def test_a_contributor_sees_the_shares_and_no_more(api, market):
    path = f"/listings/{show('listing', market.submitted())}"
    seen = api.get(path, "contributor").get_json()
    assert set(seen) == LISTING.of["contributor"]
    assert [one["share_bp"] for one in seen["contributors"]] == [6000, 4000]
    must_refuse(api.get(path, "stranger"), 404, "not_found")


def test_an_organisation_and_a_need_likewise(api):
    own, other = (show("organisation", id) for id in (INSTITUTE, FIRM))
    assert set(api.get(f"/organisations/{own}", "author").get_json()) == ORGANISATION.of["member"]
    assert set(api.get(f"/organisations/{other}", "author").get_json()) == ORGANISATION.of["public"]
    draft = {"owner": other, "need": {"language": "zh", "title": "散热", "summary": "要薄。"}}
    need = api.post("/needs", draft, "buyer").get_json()
    assert set(need) == NEED.of["owner"]
    api.post(f"/needs/{need['id']}/publish", {}, "buyer")
    assert set(api.get(f"/needs/{need['id']}", "stranger").get_json()) == NEED.of["public"]

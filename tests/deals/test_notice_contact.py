"""A printed notice names somebody who can be reached, however the listing named them."""

from __future__ import annotations

import pytest

from accounts.models import ContactPoint, Organisation, Person
from core.actor import SYSTEM
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Listing
from tests.deals.conftest import LISTING, WHEN
from tests.deals.test_first_deal import agreed


def unname(uow: UnitOfWork, office_phone: str | None) -> Done:
    """The listing keeps the person alone; the person has proven a mobile and a mail address."""
    at = uow.lock(Listing, LISTING)
    at.row.contact_name = at.row.contact_phone = at.row.contact_mail = None
    at.record("unnamed")
    office = uow.lock(Organisation, "institute")
    office.row.contact_phone = office_phone
    office.record("unnamed")
    scholar = uow.lock(Person, "scholar")
    scholar.row.name, scholar.row.latin_name = "陶知遥", "Tao Zhiyao"
    for kind, value in (("mobile", "+8613800000217"), ("mail", "tao@institute.example")):
        scholar.add(ContactPoint(person="scholar", kind=kind, value=value, verified_at=WHEN))
    scholar.record("unnamed")
    return Done()


@pytest.mark.parametrize(
    ("office_phone", "printed"),
    [(None, "+8613800000217"), ("0571-00000200", "0571-00000200")],
)
def test_a_contact_known_by_person_alone_is_named_and_reached(stage, office_phone, printed):
    stage.executor.run(SYSTEM, unname, office_phone)
    contact = stage.notice(agreed(stage)).contact
    assert contact == {
        "name": "陶知遥",
        "latin_name": "Tao Zhiyao",
        "phone": printed,
        "mail": "tao@institute.example",
    }


def test_what_the_listing_says_itself_comes_first(stage):
    contact = stage.notice(agreed(stage)).contact
    assert contact == {
        "name": "陶知遥",
        "phone": "0571-00000217",
        "mail": "tto@institute.example",
    }

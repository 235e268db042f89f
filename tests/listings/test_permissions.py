"""`may` and the SQL clause agree on every role, state and relation; levels hold."""

import itertools

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS, SYSTEM
from listings.kinds import Level
from listings.models import Asset, Contributor, Listing, Need
from listings.permissions import (
    Do,
    ListingFacts,
    NeedFacts,
    levels,
    may,
    may_need,
    readable,
    readable_needs,
)
from listings.states import ListingState, NeedState
from tests.listings.conftest import FIRM, IDS, INSTITUTE, OTHER, People

ACTORS = {name: getattr(People, name) for name in vars(People) if name in IDS}
ACTORS |= {"anonymous": ANONYMOUS, "system": SYSTEM}
AUTHORS = {"author": IDS["author"], "officer": IDS["officer"], "nobody": None}


def _fill(uow):
    from core.results import Done

    now = uow.now(uow.open())
    for state, owner, author in itertools.product(
        ListingState, (INSTITUTE, OTHER), AUTHORS.values()
    ):
        asset = uow.create(Asset(kind="result", owner_org=owner, created_at=now))
        asset.add(Contributor(asset=asset.row.id, position=0, name="何", person=IDS["contributor"]))
        asset.record("made")
        listing = Listing(
            asset=asset.row.id, owner_org=owner, author=author, language="zh", jurisdiction="cn",
            state=state, approved_by="x", published_at=now, created_at=now, edited_at=now,
        )  # fmt: skip
        uow.create(listing).record("made")
    for state, hidden in itertools.product(NeedState, (True, False)):
        need = Need(
            owner_org=FIRM, author=IDS["stranger"], language="zh", state=state,
            confidential=hidden, created_at=now, edited_at=now,
        )  # fmt: skip
        uow.create(need).record("made")
    return Done()


@pytest.mark.parametrize("name", list(ACTORS))
def test_the_clause_lists_what_may_allows(executor, people, database, name):
    executor.run(SYSTEM, _fill)
    actor = ACTORS[name]
    with database.read() as session:
        listed = set(session.scalars(select(Listing.id).where(readable(actor))))
        allowed = {
            row.id
            for row in session.scalars(select(Listing))
            if may(
                actor,
                Do.READ,
                ListingFacts(row.owner_org, row.author, row.state, frozenset({IDS["contributor"]})),
            )
        }
        needs = set(session.scalars(select(Need.id).where(readable_needs(actor))))
        allowed_needs = {
            row.id
            for row in session.scalars(select(Need))
            if may_need(
                actor, Do.READ, NeedFacts(row.owner_org, row.author, row.state, row.confidential)
            )
        }
    assert listed == allowed
    assert needs == allowed_needs
    assert listed
    assert needs


DRAFT = ListingFacts(INSTITUTE, IDS["author"], "draft", frozenset({IDS["contributor"]}))
PUBLISHED = ListingFacts(INSTITUTE, IDS["author"], "published", frozenset({IDS["contributor"]}))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("author", set(Do) - {Do.CHECK, Do.APPROVE, Do.RETURN, Do.PUBLISH, Do.MODERATE}),
        ("officer", set(Do) - {Do.MODERATE}),
        ("colleague", set()),
        ("contributor", {Do.READ}),
        ("buyer", set()),
        ("stranger", set()),
        ("operator", {Do.READ, Do.READ_HISTORY, Do.MODERATE}),
        ("auditor", {Do.READ, Do.READ_HISTORY}),
        ("anonymous", set()),
    ],
)
def test_who_may_do_what_to_a_draft(name, allowed):
    assert {do for do in Do if may(ACTORS[name], do, DRAFT)} == allowed


def test_an_author_who_left_has_no_more_rights():
    from core.actor import Actor

    left = Actor("person", IDS["author"])
    assert not may(left, Do.READ, DRAFT)
    assert not may(left, Do.EDIT, DRAFT)
    assert may(left, Do.READ, PUBLISHED)


@pytest.mark.parametrize(
    ("name", "nda", "seen"),
    [
        ("anonymous", False, {Level.PUBLIC}),
        ("anonymous", True, {Level.PUBLIC}),
        ("buyer", False, {Level.PUBLIC, Level.MEMBER}),
        ("buyer", True, set(Level)),
        ("author", False, set(Level)),
        ("officer", False, set(Level)),
        ("contributor", False, set(Level)),
        ("stranger", False, {Level.PUBLIC, Level.MEMBER}),
        ("auditor", False, set(Level)),
    ],
)
def test_disclosure_levels(name, nda, seen):
    assert levels(ACTORS[name], PUBLISHED, nda=nda) == seen


def test_a_confidential_need_is_its_own_organisations_only():
    hidden = NeedFacts(FIRM, None, "published", confidential=True)
    readers = {name for name, actor in ACTORS.items() if may_need(actor, Do.READ, hidden)}
    assert readers == {"buyer", "system"}

"""A hundred naughty strings in every text of every body that a program sends: each is refused with
a problem that says so in the caller's language, or kept and read back exactly.

Every text of a body gets another string at once, a hundred times over, so that each text meets each
string; what a refusal names is that text's outcome, and the rest is sent again without it (see
`trying_bodies`). All of it is undone, on SQLite. The tables name what is not tried in full, and
why; a row that no longer holds fails.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.breadth import WHOLE
from tests.trust import bodies, programs, staging, world
from tests.trust.naughty import HUNDRED, SHARE, at_least
from tests.trust.properties import Document, value_at
from tests.trust.trying_bodies import Trial, learn
from webapp.factory import create_app

FEWEST: Final = {"texts": 400, "refused": 20_000, "kept": 10_000, "read": 8_000}
"""Texts of bodies, and pairs of a text and a string."""
NOT_TAKEN: Final = {
    "correctApplication": "the organisation is vetted; what it takes is that of its registration",
    "changeRoles": "its person does it on a page, and proves again who they are",
    "recordExportPaper": "nothing of the deal leaves the country",
    "stateBuyerCountry": "the buyer's country is known",
    "letIntoRoom": "it wants a colleague with a seat; its one text is an id",
    "nameHolder": "the deal waits for the meeting, not for who comes first",
    "registerInterest": "the firm takes part already; its one text is an id",
    "leaveQuote": "the round takes no quotes yet; its texts are hexadecimal",
}
"""Operations whose whole body nobody gets through with in this world: every string is refused."""
NOT_KEPT: Final = {
    "saveSearch literal.0": "kept only where the question holds that word",
    **dict.fromkeys(
        ("acceptOffer price_reason", "makeOffer price_reason"),
        "kept only where the price lies far below the valuation",
    ),
}
"""Texts that are taken and not kept."""
OTHERWISE: Final = {
    "saveSearch q": "a question is kept as the search asks it, without blanks and signs around it",
    "registerOrganisation number": "a register's number is found, and so kept, in capitals",
}
"""Texts that are kept, and not as they were sent."""
NOT_READ_AGAIN: Final = {
    **dict.fromkeys(
        ("objectToNotice name", "objectToNotice contact", "objectToNotice text"),
        "the office reads it: who objects has no account there",
    ),
    **dict.fromkeys(
        ("postTerms price_reason", "postTerms mode_reason", "openDeal mode_reason"),
        "it is kept for the files, and shown on pages",
    ),
    **dict.fromkeys(
        ("takeProposal inquiry.name", "takeProposal inquiry.firm", "takeProposal inquiry.mail",
         "takeProposal inquiry.phone"), "the owner's office reads it, with the inquiry",
    ),
    **dict.fromkeys(
        (f"saveSearch {name}" for name in (
            "q", "kind.0", "ipc_section.0", "ipc_class.0", "industry.0", "emerging_industry.0",
            "institute.0", "region.0", "trl.0", "way.0", "price_band.0", "year.0",
            "legal_status.0")),
        "it is told in one line, as the page of the search words it",
    ),
    "askToJoin note": "the administrator reads it",
    "inviteMember contact": "the one invited reads it",
}  # fmt: skip
"""Texts that are kept, and that no answer to their sender holds."""


@pytest.fixture(scope="module")
def app(sqlite_market):
    sqlite_market.settings = sqlite_market.settings.model_copy(update=programs.UNLIMITED)
    return create_app(sqlite_market)


@pytest.fixture(scope="module")
def callers(sqlite_market, app):
    side = staging.staged(sqlite_market, world.own_side(sqlite_market))
    side.names["proposal"] = side.names["offered"]  # taken up, it is an inquiry
    sqlite_market.worker.run_until_idle()
    return programs.Programs(sqlite_market, app, side)


@pytest.fixture(scope="module")
def document(app):
    return Document(programs.document(app))


@pytest.fixture(scope="module")
def known(callers, document):
    """What the market does with each whole body in which there is a text."""
    return [
        learn(callers, case, whole, found)
        for case, whole in bodies.every()
        if (found := document.properties(case.operation.name))
    ]


def test_every_operation_that_takes_json_is_tried(document, known):
    tried = {one.name for one in known}
    assert {name for name in document.operations if document.properties(name)} == tried
    assert {one.name for one in known if not one.taken} == NOT_TAKEN.keys()


def test_what_is_not_kept_or_read_is_named(known):
    """A free text of a body that is taken has its column, and an answer that holds it."""
    unkept, unread, kept, read = set(), set(), set(), set()
    for one in known:
        for text in one.properties if one.taken else ():
            named = f"{one.name} {text.name}"
            if text.free and value_at(one.body, text.way) is not None:
                (kept if text.way in one.places else unkept).add(named)
                if text.way in one.places:
                    (read if text.way in one.shown else unread).add(named)
    assert sorted(unkept - kept) == sorted(NOT_KEPT)
    assert sorted((unread - read) ^ NOT_READ_AGAIN.keys()) == []


def test_every_string_in_every_text(callers, document, known, capsys):
    trial = Trial(callers, OTHERWISE)
    for one in known:
        trial.everywhere(one)
    texts = {(one.name, text.way) for one in known for text in one.properties}
    with capsys.disabled():
        print(f"\nnaughty bodies: {len(HUNDRED) // SHARE} strings in {len(texts)} texts of "
              f"{len(document.operations)} operations; {callers.sent:,} calls, "
              f"pairs {dict(trial.counts)}")  # fmt: skip
    assert trial.wrong == []
    differing, named = trial.differing, OTHERWISE.keys()
    assert sorted(differing ^ named if WHOLE else differing - named) == []
    seen = trial.counts | {"texts": len(texts)}
    few = at_least(FEWEST, ("texts",))
    assert {name: seen[name] for name in few if seen[name] < few[name]} == {}

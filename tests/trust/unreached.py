"""Operations that nobody gets through in the matrix of the API, and why: its world lacks the thing,
or what is sent is refused for another reason than who sends it."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final[dict[str, str]] = {
    "a program leaves it to its person, who shows who they are":
        "changeRoles endMembership",
    "a second person approves, after a title check: tests/api/test_listings.py":
        "approveListing publishListing",
    "the draft lacks what a submission needs: tests/api/test_listings.py": "submitListing",
    "the author's own share is confirmed already: tests/api/test_beside.py": "confirmShare",
    "the need was never withdrawn: tests/api/test_needs.py": "reopenNeed",
    "nothing of the deal crosses a border":
        "recordExportPaper stateBuyerCountry",
    "minutes stand behind the decision: tests/api/test_decisions.py":
        "decideStep askStepAgain",
    "the deal waits for the meeting, not for who comes first: tests/api/test_decisions.py":
        "nameHolder fileService fileWaiver fileAcceptance answerClaim",
    "the firm takes part already, and the round takes no quotes yet: tests/api/test_rounds.py":
        "registerInterest leaveQuote",
}  # fmt: skip
"""Operations that are reached, and that nobody gets through."""


def operations() -> set[str]:
    return {name for names in OPERATIONS.values() for name in names.split()}

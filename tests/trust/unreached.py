"""Routes and operations that nobody gets through in the matrices, and why: their world lacks the
thing, or what is sent is refused for another reason than who sends it."""

from __future__ import annotations

from typing import Final

PAGES: Final[dict[str, str]] = {
    "a machine sends it, and a page answers without a use case":
        "POST policy_reports.take, POST oai.harvest, POST drafting.words, "
        "POST organisation_sign_on.try_out",
    "the question of the search does not find it: tests/webapp/test_finding_pages.py":
        "GET search.why",
    "its need is confidential, and no picture is shown of it: tests/webapp/test_share_cards.py":
        "GET cards.need",
    "it begins in the browser that gave the password: tests/accounts/test_security_pages.py":
        "POST doors.second, GET security.app, POST security.app",
    "it wants a key of a device: tests/accounts/test_passkey_pages.py":
        "POST passkeys.second, POST passkeys.rename, POST passkeys.remove",
    "it wants an institution that answers: tests/accounts/test_sign_on.py":
        "GET sign_on.again, GET sign_on.back, POST sign_on.new, POST identities.link, "
        "POST identities.remove, POST offers.take, POST operator_sign_on.provider",
    "it wants a lost factor, or a further contact: tests/accounts/test_recovery.py":
        "POST recovery.lost, GET recovery.letter, POST recovery.letter, POST recovery.stop, "
        "POST recoveries.decide, POST recoveries.begin, POST contacts.remove",
    "a form was kept for one session: tests/trust/test_fresh.py": "GET again.kept",
    "no copy of one's data was made": "GET privacy.download",
    "a second operator decides what the first one did":
        "POST operator_appeals.one, POST policies.one",
    "the world was not stopped, merged, or given a new text":
        "POST stops.release, GET merging.one, POST merging.one, GET texts.page",
    "a code is read out on the telephone: tests/accounts/test_support.py":
        "POST own_support.stop, POST support.end",
    "a return is not made before it is owed: tests/governance/test_filings.py": "GET duties.file",
    "a file must be sent along: tests/webapp/test_drafting_pages.py, tests/trust/test_files.py":
        "GET drafting.proposed, POST drafting.proposed, POST queue_sheet.back, "
        "POST queue_sheet.apply, GET imports.errors, POST data_rooms.add_file",
    "a worker must have run, or failed":
        "GET jobs.page, POST oversight.retry, POST oversight.retry_mail, POST oversight.retry_work",
    "its sealed file is not made": "GET diligence.fetch",
    "what is settled is not cancelled: tests/billing/test_pages.py": "POST money_steps.cancel",
    "it wants a service that signs: tests/contracts/signing/test_pages.py":
        "POST contract_signing.fetch, POST signing.heard",
    "the round is before its quotes, or past its opening: tests/deals/rounds/test_round_pages.py":
        "GET rounds.quote, POST rounds.quote, GET round_desk.open_, POST round_desk.open_",
}  # fmt: skip
"""A page must be shown to somebody, and a form go as far as its use case for somebody; these do
not."""

OPERATIONS: Final[dict[str, str]] = {
    "a program leaves it to its person, who shows who they are":
        "changeRoles endMembership",
    "a second person approves, after a title check: tests/api/test_listings.py":
        "approveListing publishListing",
    "the draft lacks what a submission needs: tests/api/test_listings.py": "submitListing",
    "the author's own share is confirmed already: tests/api/test_beside.py": "confirmShare",
    "the need was never withdrawn: tests/api/test_needs.py": "reopenNeed",
    "the person named is nobody's colleague: tests/api/test_data_rooms.py": "letIntoRoom",
    "the organisation is vetted already": "correctApplication",
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


def pages() -> set[str]:
    return {name for names in PAGES.values() for name in names.split(", ")}


def operations() -> set[str]:
    return {name for names in OPERATIONS.values() for name in names.split()}

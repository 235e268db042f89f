"""`docs/api.md` compares pages with operations, and the table is true: no POST route of its areas
is left out, no operation in it is made up, and no page counts as covered by a refusal."""

from __future__ import annotations

import re
from pathlib import Path

from webapp.api.declaring import TABLE
from webapp.api.fields import words

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ROW = re.compile(r"^\| `(/[^`]*)` \| (.+) \|$", re.M)
BY_PAGE = "by page: "
AREAS = words(
    "data_rooms deal_decisions deals decisions diligence documents drafting imports inquiries "
    "members my_needs notice_postings objections offers organisation_profile organisation_sign_on "
    "organisations packages patents pictures preemptions profile proposals queue queue_sheet "
    "register results saved_searches units workbench"
)
"""Blueprints of listings, needs, search, organisations, inquiries and negotiated deals."""
OUTSIDE = words(
    # Getting in, and what one's account keeps for its person.
    "again appeals consents contacts doors identities mail_habits messages own_support passkeys "
    "privacy recovery security sign_on support tokens webhooks "
    # Other ways of dealing, contracts and money: docs/api.md says what of them is open.
    "certificates contract_signing contract_templates contracts money_accounts money_steps "
    "open_licences postings registrations round_desk rounds signing uses "
    # The operator's console, complaints, and what machines ask.
    "complaints duties merging moderation oai operator operator_announcements operator_appeals "
    "policy_reports "
    "operator_complaints operator_sign_on operator_support operator_texts oversight policies "
    "recoveries reports revoking sanctions stops"
)


def table() -> dict[str, str]:
    text = DOCS.read_text(encoding="utf-8")
    return dict(ROW.findall(text))


def named(said: str) -> list[str]:
    return re.findall(r"`(\w+)`", said)


def routes(app) -> dict[str, set[str]]:
    """Addresses that take a POST, by blueprint."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        blueprint, _, view = rule.endpoint.partition(".")
        if view and "POST" in rule.methods and blueprint != "api":
            found.setdefault(blueprint, set()).add(rule.rule)
    return found


def test_every_blueprint_with_a_form_is_inside_or_outside(app):
    assert set() == AREAS & OUTSIDE
    assert routes(app).keys() ^ (AREAS | OUTSIDE) == set()


def test_every_post_route_of_the_areas_has_its_row(app):
    wanted = {rule for name, rules in routes(app).items() if name in AREAS for rule in rules}
    assert table().keys() ^ wanted == set()
    assert len(wanted) >= 80


def test_what_is_named_exists_and_does_it():
    for rule, said in table().items():
        names = named(said)
        assert set(names) <= TABLE.by_name.keys(), rule
        does = [name for name in names if not TABLE.by_name[name].by_hand]
        if said.startswith(BY_PAGE):
            assert does == [], f"{rule}: an operation does it"
            assert len(said) > len(BY_PAGE) + 20, f"{rule}: say why"
        else:
            assert does, f"{rule}: no operation does it"

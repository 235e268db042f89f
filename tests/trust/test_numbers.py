"""Numbers in addresses and hidden fields: whatever is written there, never a fault."""

from __future__ import annotations

import pytest

from tests.trust.world import own_side

NUMBERS = ("0", "-1", "1e9", "９", "²", "9" * 18, "9" * 40, "NaN", "\x00", "", "1;--", "ten",
           "to_²", "above_" + "9" * 40)  # fmt: skip


@pytest.fixture(scope="module")
def own(sample_market, client_of):
    client_of("tto_officer")
    return own_side(sample_market)


@pytest.fixture(scope="module")
def send(client_of, own):
    def send(role: str | None, method: str, path: str, **data) -> int:
        client = client_of(role)
        if method == "GET":
            return client.get(own.path(path), query_string=data).status_code
        return client.post(own.path(path), data=data).status_code

    return send


ASKED = (
    (None, "/search", "page"),
    (None, "/search", "trl"),
    (None, "/search", "year"),
    (None, "/search", "price_band"),
    (None, "/search", "price_max"),
    (None, "/needs", "page"),
    (None, "/notices", "page"),
    ("tto_officer", "/queue", "page"),
    ("tto_officer", "/inquiries", "page"),
    ("tto_officer", "/deals", "page"),
    ("operator", "/operator/organisations", "page"),
    ("operator", "/operator/people", "page"),
    ("operator", "/operator/listings", "page"),
    ("operator", "/operator/overdue", "page"),
    ("operator", "/operator/audit", "page"),
    ("operator", "/operator/audit", "stream"),
)
SENT = (
    ("researcher", "/messages/read", "upto", {}),
    ("researcher", "/workbench/shares/{draft_asset}", "share_bp", {}),
    ("researcher", "/workbench/results/{draft}/1", "version",
     {"language": "zh", "title": "题目", "value_line": "一句话。"}),
    ("researcher", "/workbench/results/{draft}/5", "answer_days", {"contact_name": "某人"}),
    ("researcher", "/workbench/results/{draft}/3", "trl", {}),
    ("firm_admin", "/workbench/needs/{need}", "version", {"title": "要找的", "summary": "一句。"}),
    ("firm_admin", "/workbench/needs/{need}", "budget_low",
     {"title": "要找的", "summary": "一句。"}),
    ("firm_admin", "/deals/{deal}/offer", "answering",
     {"way": "ordinary", "lump_sum": "100", "tax_basis": "included"}),
    ("firm_admin", "/deals/{deal}/offer", "lump_sum", {"way": "ordinary", "tax_basis": "included"}),
    ("firm_admin", "/deals/{deal}/offer", "royalty", {"way": "ordinary", "tax_basis": "included"}),
    ("firm_admin", "/deals/{contracted}/contract/draft", "answering", {"kind": "service"}),
    ("firm_admin", "/deals/{contracted}/contract/freeze", "version", {}),
    ("firm_admin", "/deals/{contracted}/contract/sign", "pages", {"authority": "authorised"}),
    ("tto_officer", "/deals/{signed}/registration/form", "answering", {}),
    ("tto_officer", "/deals/{signed}/registration/form", "turnover", {"answering": "1"}),
    ("tto_officer", "/imports/{import}/run", "row", {"reviewed": "1", "keep": "1"}),
    ("tto_officer", "/imports/{import}/reading", "header_row",
     {"encoding": "utf-8", "delimiter": ","}),
    ("tto_officer", "/queue/sheet/apply", "change", {}),
    (None, "/results/{published}/ask", "budget",
     {"way": "ordinary", "purpose": "用", "timetable": "quarter", "name": "冉", "firm": "某",
      "mail": "r@f.example"}),
)  # fmt: skip


@pytest.mark.parametrize(("role", "path", "name"), ASKED)
def test_a_number_in_an_address(send, role, path, name):
    answers = {number: send(role, "GET", path, **{name: number}) for number in NUMBERS}
    assert {n: status for n, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize(("role", "path", "name", "more"), SENT)
def test_a_number_in_a_form(send, role, path, name, more):
    answers = {number: send(role, "POST", path, **(more | {name: number})) for number in NUMBERS}
    assert {n: status for n, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("number", ["9" * 18, "9" * 40])
def test_a_number_in_a_path(send, number):
    found = {
        path: send(role, method, path)
        for role, method, path in (
            (None, "GET", f"/sitemap-{number}.xml"),
            ("firm_admin", "GET", "/deals/{deal}/accept/" + number),
            ("firm_admin", "POST", "/deals/{deal}/withdraw/" + number),
            ("firm_admin", "POST", "/deals/{deal}/promise/" + number),
            ("operator", "POST", f"/operator/facts/{number}/retry"),
        )
    }
    assert {path: status for path, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize("version", NUMBERS)
@pytest.mark.parametrize("trl", ["²", "9" * 30, "x", "5"])
def test_a_forged_sheet_line(send, own, version, trl):
    key = f"{own.names['draft']}|{version}|trl"
    assert send("tto_officer", "POST", "/queue/sheet/apply", **{"change": key, key: trl}) < 500

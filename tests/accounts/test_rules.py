"""Rules by table: no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts import rules
from accounts.codes import Codes
from accounts.contacts import Contact, read_contact
from accounts.guesses import examples
from accounts.passwords import hash_password, password_problems, verify_password
from accounts.states import DECISIONS, TRANSITIONS, OrganisationKind, OrganisationState, after

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
STEPS = sorted(DECISIONS | {"reapply"})


@pytest.mark.parametrize("state", list(OrganisationState))
@pytest.mark.parametrize("step", STEPS)
def test_every_cell_of_state_and_step(state, step):
    expected = {
        ("applied", "approve"): "vetted",
        ("applied", "refuse"): "refused",
        ("refused", "reapply"): "applied",
        ("vetted", "suspend"): "suspended",
        ("suspended", "restore"): "vetted",
    }
    assert after(state, step) == expected.get((state.value, step))
    assert len(TRANSITIONS) == len(expected)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mei.Lin@Example.ORG", Contact("mail", "mei.lin@example.org")),
        (" a@b.example ", Contact("mail", "a@b.example")),
        ("138 0013 8000", Contact("mobile", "+8613800138000")),
        ("+86-138-0013-8000", Contact("mobile", "+8613800138000")),
        ("８６１３８００１３８０００", Contact("mobile", "+8613800138000")),
        ("+49 151 23456789", Contact("mobile", "+4915123456789")),
        ("0571-88880000", None),
        ("12800138000", None),
        ("a@", None),
        ("a@@b.example", None),
        ("x" * 300 + "@b.example", None),
        ("a@b.example\r\nBcc: c@d.example", None),
        ("", None),
    ],
)
def test_contacts_are_read_as_people_write_them(typed, read):
    assert read_contact(typed) == read


def test_a_masked_contact_keeps_its_middle_to_itself():
    assert Contact("mail", "meilin@example.org").masked() == "me…@example.org"
    assert Contact("mobile", "+8613800138000").masked() == "+86138****8000"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_short"),
        ("x" * 129, "password_long"),
        ("Password123", "password_common"),
        ("aaaaaaaaaaab", "password_common"),
        ("short78", "password_short"),
        ("p@55w0rd!!2026", "password_common"),
        ("1qaz2wsx", "password_common"),
        ("gfedcba9876", None),
        ("zyxwvuts", "password_common"),
        ("tiantian888", "password_common"),
        ("qiaoyi2026", "password_common"),
        ("abc1abc1abc1", "password_common"),
        ("meilin2026", "password_own"),
        ("meilin@example.org", "password_own"),
        ("Linpu-University-7", "password_own"),
        ("Mei-Linpu!", "password_own"),
        ("meilin rows to the far island", None),
        ("eight ch", None),
        ("x7" * 64, "password_common"),
        ("".join(chr(0x4E00 + n) for n in range(128)), None),
        ("woaini1314", "password_common"),
        ("quiet rivers carry far", None),
        ("桥易桥易通过江河与湖海", None),
    ],
)
def test_passwords(password, code):
    problems = password_problems(password, ("Mei Lin", "meilin@example.org", "Linpu University"))
    assert [problem.code for problem in problems] == ([code] if code else [])


def test_at_least_three_thousand_usual_passwords_are_refused():
    usual = {one for one in examples() if len(one) >= 8}
    assert len(usual) > 3000
    assert [one for one in usual if not password_problems(one)] == []


def test_only_the_right_password_fits_and_nobodys_never():
    stored = hash_password("quiet rivers")
    assert stored.startswith("$argon2id$")
    assert verify_password(stored, "quiet rivers")
    assert not verify_password(stored, "quiet river")
    assert not verify_password(None, "nobody has this password")
    assert not verify_password("no hash", "x")


def test_codes_fit_one_purpose_and_one_installation():
    here, there = Codes(b"a secret of sixteen"), Codes(b"another one, as long")
    token = here.token("invitation", "abc")
    assert here.read_token("invitation", token) == "abc"
    assert here.read_token("other", token) is None
    assert there.read_token("invitation", token) is None
    assert here.read_token("invitation", "") is None
    assert here.read_token("invitation", "abç.é") is None
    assert here.fits("abc", " ".join(here.code("abc")))
    assert len({here.code(f"{n}") for n in range(100)}) > 95
    with pytest.raises(ValueError, match="16 bytes"):
        Codes(b"short")


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("vetted", {"researcher", "tto_officer"}),
        ("applied", {"researcher"}),
        ("refused", {"researcher"}),
        ("suspended", set()),
    ],
)
def test_a_role_is_worth_what_its_organisation_is(state, left):
    assert rules.effective_roles(state, ["researcher", "tto_officer"]) == left


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (1, None, False), (-1, 0, False), (-1, 1, True), (0, 1, True)],
)
def test_a_membership_holds_from_its_start_to_before_its_end(starts, ends, holds):
    day = timedelta(days=1)
    end = None if ends is None else NOON + ends * day
    assert rules.in_force(NOON + starts * day, end, NOON) is holds


def test_every_kind_has_an_administrator_among_its_roles():
    for kind in OrganisationKind:
        assert rules.ADMIN_OF_KIND[kind] in rules.ROLES_OF_KIND[kind]


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_no_kind_but_the_operator_gives_the_operators_roles(kind):
    problems = rules.role_problems(kind, ["operator"])
    assert bool(problems) is (kind != OrganisationKind.OPERATOR)
    assert rules.role_problems(kind, [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "operator"}, "kind"),
        ({"kind": "bank"}, "kind"),
        ({"names": {"zh": " "}}, "names"),
        ({"names": {"zh": "长" * 201}}, "names"),
        ({"country": "China"}, "country"),
        ({"country": "DE"}, "register"),
        ({"number": ""}, "number"),
        ({"number": "<script>"}, "number"),
        ({"region": "33"}, "region"),
        ({}, None),
        ({"country": "DE", "register": "HRB"}, None),
    ],
)
def test_registration_says_what_is_wrong(change, field):
    good = {"kind": "firm", "names": {"zh": "澄岚"}, "country": "CN", "register": None,
            "number": "913301000000000000", "region": "330100"}  # fmt: skip
    found = rules.registration_problems(**(good | change))
    assert list(found) == ([field] if field else [])


def test_the_last_administrator_is_known():
    assert rules.is_last_admin("firm", "a", {"a": ["firm_admin"], "b": ["firm_member"]})
    assert not rules.is_last_admin("firm", "a", {"a": ["firm_admin"], "b": ["firm_admin"]})
    assert not rules.is_last_admin("firm", "b", {"a": ["firm_admin"], "b": ["firm_member"]})

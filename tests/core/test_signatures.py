"""Marks on what comes over HTTP: of this body, this secret and this moment, or refused."""

from __future__ import annotations

import pytest

from core.signatures import PATIENCE, fits, signature

NOW, BODY, SECRET = 1_800_000_000, b'{"a": 1}', "only-for-tests"
GOOD = signature([SECRET], NOW, BODY)


def test_what_was_signed_fits_as_long_as_it_is_new():
    assert fits(SECRET, GOOD, BODY, NOW)
    assert fits(SECRET, GOOD, BODY, NOW + PATIENCE)
    assert fits(SECRET, signature(["the next one", SECRET], NOW, BODY), BODY, NOW)
    assert not fits(SECRET, GOOD, BODY, NOW + PATIENCE + 1)
    assert not fits(SECRET, GOOD, BODY, NOW - PATIENCE - 1)


@pytest.mark.parametrize(
    "header",
    ["", "t=,v1=", "v1=00", f"t={NOW}", f"t={NOW},v1=", GOOD.replace("t=1", "t=2"), f"t=1,{GOOD}",
     GOOD.upper(), f"t=９,{GOOD}", "t=" + "9" * 5000 + ",v1=00", f"t=-1,{GOOD.partition(',')[2]}"],
)  # fmt: skip
def test_anything_else_is_refused(header):
    assert not fits(SECRET, header, BODY, NOW)


def test_another_body_or_secret_does_not_fit():
    assert not fits(SECRET, GOOD, BODY + b" ", NOW)
    assert not fits("another", GOOD, BODY, NOW)

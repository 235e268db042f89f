"""Passwords that were stolen elsewhere are refused wherever one is chosen."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions.change_password import change_password
from accounts.actions.finish_reset import finish_reset
from accounts.actions.sign_up import sign_up
from accounts.actions.start_reset import start_reset
from accounts.leaked import LeakedPasswords
from core.actor import ANONYMOUS
from core.errors import Invalid
from tests.accounts.conftest import PASSWORD

STOLEN = "seven swans a-swimming north"


def listed(path, passwords, *, counted=True, end="\r\n"):
    digests = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in passwords)
    lines = [f"{digest}:{n + 1}" if counted else digest for n, digest in enumerate(digests)]
    path.write_text("".join(line + end for line in lines), newline="")
    return LeakedPasswords(path)


@given(st.sets(st.text(max_size=8), max_size=40), st.sets(st.text(max_size=8), max_size=10),
       st.booleans(), st.sampled_from(["\n", "\r\n"]))  # fmt: skip
def test_every_line_is_found_and_nothing_else(tmp_path_factory, stolen, others, counted, end):
    path = tmp_path_factory.getbasetemp() / "leaked.txt"
    leaked = listed(path, stolen, counted=counted, end=end)
    assert {one for one in stolen | others if leaked(one)} == stolen


@pytest.fixture
def market(executor, tmp_path, monkeypatch):
    leaked = listed(tmp_path / "leaked.txt", [STOLEN])
    monkeypatch.setattr(executor, "ports", replace(executor.ports, leaked=leaked))
    return executor


def refused(run, *args) -> list[str]:
    with pytest.raises(Invalid) as caught:
        run(*args)
    return [one.code for one in caught.value.problems["password"]]


def test_nobody_may_choose_a_stolen_password(world, market):
    run, officer = market.run, world.actor(world.officer)
    leaked = ["password_leaked"]
    assert refused(run, ANONYMOUS, sign_up, "mei@example.org", "Mei", STOLEN, "en") == leaked
    assert refused(run, officer, change_password, PASSWORD, STOLEN) == leaked
    challenge = run(ANONYMOUS, start_reset, "officer@example.org").ref
    assert refused(run, ANONYMOUS, finish_reset, challenge, "000000", STOLEN) == leaked
    assert run(ANONYMOUS, sign_up, "mei@example.org", "Mei", PASSWORD, "en").ref

"""Two at once on one text: one outcome each, on every database."""

from __future__ import annotations

from functools import partial

from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.reopen_contract import reopen_contract
from tests.contracts.signing.conftest import intent
from tests.contracts.test_races import ROUNDS_HERE, concluded
from tests.deals.test_races import race


def signs(signers, contract: str, actor):
    """Ready to sign: what is slow or must not race is done."""
    session = signers.session(actor)
    return partial(signers.obtain.sign, actor, contract, intent(actor), session)


def test_both_sides_sign_at_once(signers):
    stage = signers.desk.stage
    for _ in range(ROUNDS_HERE):
        contract = signers.desk.ready(way="ordinary")
        ends = race(signs(signers, contract, stage.officer), signs(signers, contract, stage.buyer))
        assert ends == ["done", "done"]
        assert concluded(signers.desk, contract)


def test_two_of_one_side_sign_at_once(signers):
    stage = signers.desk.stage
    for _ in range(ROUNDS_HERE):
        contract = signers.desk.ready(way="ordinary")
        ends = race(signs(signers, contract, stage.officer), signs(signers, contract, stage.second))
        assert ends.count("done") == 1
        assert set(ends) <= {"done", "side_has_signed", "other_signatory"}


def test_the_last_signature_against_the_text_being_opened_again(signers):
    desk, stage = signers.desk, signers.desk.stage
    for _ in range(ROUNDS_HERE):
        contract = desk.ready(way="ordinary")
        desk.run(stage.officer, confirm_copy, contract, desk.hand_in(contract, stage.buyer))
        ends = race(
            signs(signers, contract, stage.officer),
            partial(desk.run, stage.buyer, reopen_contract, contract),
        )
        assert concluded(desk, contract) == (ends[0] == "done")
        assert set(ends[:1]) <= {"done", "contract_moved_on", "signature_moved_on"}
        assert ends[1] == ("contract_moved_on" if ends[0] == "done" else "done")


def test_the_last_signature_on_each_path_at_once(signers):
    desk, stage = signers.desk, signers.desk.stage
    for _ in range(ROUNDS_HERE):
        contract = desk.ready(way="ordinary")
        copy = desk.hand_in(contract, stage.buyer)
        ends = race(
            signs(signers, contract, stage.officer),
            partial(desk.run, stage.second, confirm_copy, contract, copy),
        )
        assert ends == ["done", "done"]
        assert concluded(desk, contract)

"""Signing electronically, on a real database: alone, mixed with paper, and at a service."""

from __future__ import annotations

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from accounts.factors.actions.prove_with_code import prove_with_code
from accounts.factors.errors import FactorNotFresh
from contracts.actions.abandon_contract import abandon_contract
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.reopen_contract import reopen_contract
from contracts.errors import ContractMovedOn
from contracts.models import ContractVersion
from contracts.queries import contract_page
from contracts.signing.actions.take_back_signature import take_back_signature
from contracts.signing.errors import (
    OtherProvider,
    OtherSignatory,
    SideHasSigned,
    SignatureMovedOn,
    SigningRefused,
    SigningSilent,
)
from contracts.signing.queries import standing
from contracts.signing.states import SIGNATURE, SignatureAct, SignatureState, after
from core.audit import public_key, signing_key
from core.errors import Forbidden, Invalid, NotFound
from core.verify import verify
from deals.models import DealStep
from listings.models import Right
from reporting.diligence.course import course
from reporting.diligence.paper import Paper
from tests.contracts.signing.conftest import intent
from tests.contracts.test_told import told


def rows(signers, model, *where) -> list:
    with signers.desk.stage.executor.database.read() as session:
        return list(session.scalars(select(model).where(*where)))


def stands(signers, contract: str):
    executor = signers.desk.stage.executor
    with executor.database.read() as session:
        deal = signers.desk.contract(contract).deal
        page = contract_page(session, signers.desk.stage.officer, deal, "zh")
    key = public_key(signing_key(executor.ports.secret))
    return standing(executor.ports.files, key, page.row, page.draft, page.document, page.given)


@pytest.mark.parametrize("state", list(SignatureState))
@pytest.mark.parametrize("act", list(SignatureAct))
def test_every_cell_of_the_table(state, act):
    if (state, act) in SIGNATURE:
        assert after(state, act) == SIGNATURE[state, act]
    else:
        with pytest.raises(SignatureMovedOn):
            after(state, act)


def test_both_sign_here_and_the_contract_is_concluded_as_with_paper(signers):
    desk, stage = signers.desk, signers.desk.stage
    contract = desk.ready()
    first = signers.row(signers.sign(contract, stage.officer))
    assert (first.state, first.side, first.factor) == ("signed", "seller", "app")
    assert (desk.contract(contract).state, rows(signers, Right)) == ("ready", [])
    second = signers.row(signers.sign(contract, stage.buyer))
    assert second.document == first.document
    row = desk.contract(contract)
    assert row.state == "signed"
    assert stage.deal(row.deal).state == "contracted"
    assert [right.holder for right in rows(signers, Right)] == ["firm"]
    (step,) = rows(signers, DealStep, DealStep.act == "conclude")
    assert step.evidence["digest"] == row.digest
    assert stands(signers, contract).whole


@pytest.mark.parametrize("paper_first", [True, False])
def test_the_paths_may_be_mixed(signers, paper_first):
    desk, stage = signers.desk, signers.desk.stage
    contract = desk.ready()

    def on_paper() -> None:
        desk.run(stage.officer, confirm_copy, contract, desk.hand_in(contract, stage.buyer))

    if paper_first:
        on_paper()
    signers.sign(contract, stage.officer)
    if not paper_first:
        assert desk.contract(contract).state == "ready"
        on_paper()
    assert desk.contract(contract).state == "signed"
    assert len(rows(signers, Right)) == 1


def test_the_evidence_is_sealed_and_says_who_signed_what(signers):
    contract = signers.desk.ready()
    row = signers.row(signers.sign(contract, signers.desk.stage.buyer))
    files = signers.desk.stage.executor.ports.files
    octets = files.path(row.evidence).read_bytes()
    key = public_key(signing_key(signers.desk.stage.executor.ports.secret))
    found = verify(octets, key)
    assert (found.faults, found.members) == ([], ["contract.pdf", "seal.json", "signature.json"])
    said = json.loads(octets[octets.index(b'{"asked_at"') :].partition(b"}PK")[0] + b"}")
    assert (said["name"], said["party"], said["side"]) == ("Buyer", "firm甲", "buyer")
    assert said["digest"] == signers.desk.contract(contract).digest
    assert said["document"] == row.document
    assert len(said["words"]["zh"]) == len(said["words"]["en"]) == 3
    assert verify(octets.replace(b"Buyer", b"Other"), key).faults


def test_any_later_change_is_found(signers):
    contract = signers.desk.ready()
    row = signers.row(signers.sign(contract, signers.desk.stage.buyer))
    executor = signers.desk.stage.executor
    files = executor.ports.files
    for sha256, part in ((row.document, "document"), (row.evidence, "evidence")):
        path = files.path(sha256)
        octets = path.read_bytes()
        path.write_bytes(octets + b" ")
        found = stands(signers, contract)
        assert (found.whole, getattr(found, part)) == (False, False)
        path.write_bytes(octets)
    with executor.database.write() as session:
        version = session.get_one(ContractVersion, (contract, 2))
        version.content = version.content | {"plan": "改过的一句。"}
        session.commit()
    assert not stands(signers, contract).text


def test_what_a_signatory_must_say(signers):
    contract, stage = signers.desk.ready(), signers.desk.stage
    with pytest.raises(Invalid) as wrong:
        signers.sign(contract, stage.buyer, name="别人", authority="friend", consent="")
    assert sorted(wrong.value.problems) == ["authority", "consent", "name"]
    with pytest.raises(NotFound):
        signers.sign(contract, stage.stranger)
    with pytest.raises(Forbidden):
        signers.obtain.sign(stage.operator, contract, intent(stage.buyer), "")


def test_a_second_factor_serves_for_five_minutes_and_no_password_does(signers, clock):
    contract, stage = signers.desk.ready(), signers.desk.stage
    session = signers.session(stage.buyer)
    clock.move(timedelta(minutes=5, seconds=1))
    with pytest.raises(FactorNotFresh):
        signers.obtain.sign(stage.buyer, contract, intent(stage.buyer), session)
    wrong = stage.executor.run(stage.buyer, prove_with_code, session, "000000")
    assert wrong.code == "wrong_factor"
    with pytest.raises(FactorNotFresh):
        signers.obtain.sign(stage.buyer, contract, intent(stage.buyer), session)
    of_another = signers.session(stage.officer)
    with pytest.raises(FactorNotFresh):
        signers.obtain.sign(stage.buyer, contract, intent(stage.buyer), of_another)


def test_who_has_signed_does_not_sign_again(signers):
    contract, stage = signers.desk.ready(), signers.desk.stage
    given = signers.sign(contract, stage.officer)
    for again in (stage.officer, stage.second):
        with pytest.raises(SideHasSigned):
            signers.sign(contract, again)
    assert signers.desk.hand_in(contract, stage.second) == given  # a given signature stays
    with pytest.raises(SignatureMovedOn):
        signers.desk.run(stage.officer, take_back_signature, given)


def test_a_text_that_is_opened_again_sets_its_signatures_aside(signers):
    contract, stage = signers.desk.ready(), signers.desk.stage
    given = signers.sign(contract, stage.officer)
    signers.desk.run(stage.buyer, reopen_contract, contract)
    assert signers.row(given).state == "set_aside"
    with pytest.raises(ContractMovedOn):
        signers.sign(contract, stage.buyer)
    signers.desk.run(stage.buyer, abandon_contract, contract)
    assert signers.row(given).state == "set_aside"


def test_paper_that_waits_gives_way_to_an_electronic_signature(signers):
    contract, stage = signers.desk.ready(), signers.desk.stage
    signers.desk.hand_in(contract, stage.officer)
    signers.sign(contract, stage.officer)
    assert [one.state for one in signers.desk.copies(contract)] == ["set_aside"]


def test_a_service_signs_and_its_evidence_is_kept(abroad, service):
    desk, stage = abroad.desk, abroad.desk.stage
    contract = desk.ready()
    id = abroad.sign(contract, stage.officer)
    row = abroad.row(id)
    assert (row.state, row.provider, row.address) == ("asked", "service", f"{service.url}/go/{id}")
    asked = service.asked[row.reference]
    assert (asked["party"], asked["text_sha256"]) == ("institute甲", desk.contract(contract).digest)
    abroad.obtain.heard(row.reference)
    assert abroad.row(id).state == "asked"
    service.signs(row.reference)
    for _ in range(2):
        abroad.obtain.heard(row.reference)
    row = abroad.row(id)
    kept = stage.executor.ports.files.path(row.evidence).read_bytes()
    assert (row.state, kept) == ("signed", f"proof of {row.reference}".encode())
    abroad.obtain.fetch(stage.buyer, abroad.sign(contract, stage.buyer))
    bought = next(ref for ref in service.asked if ref != row.reference)
    service.signs(bought)
    abroad.obtain.heard(bought)
    assert desk.contract(contract).state == "signed"


@pytest.mark.parametrize(
    "more",
    [{"document_sha256": "f" * 64}, {"evidence": ""}, {"evidence": "%"}, {"signed_at": "soon"},
     {"state": "done"}, {"signed_at": "2026-11-23T03:00:00"}],
)  # fmt: skip
def test_what_does_not_fit_the_text_is_no_signature(abroad, service, more):
    contract = abroad.desk.ready()
    id = abroad.sign(contract, abroad.desk.stage.officer)
    reference = abroad.row(id).reference
    service.signs(reference, **more)
    with pytest.raises(SigningRefused):
        abroad.obtain.heard(reference)
    assert abroad.row(id).state == "asked"


def test_a_service_that_is_down_is_asked_again_later(abroad, service):
    contract, officer = abroad.desk.ready(), abroad.desk.stage.officer
    service.down = True
    with pytest.raises(SigningSilent):
        abroad.sign(contract, officer)
    service.down = False
    id = abroad.sign(contract, officer)
    assert abroad.row(id).reference
    with pytest.raises(OtherSignatory):
        abroad.sign(contract, abroad.desk.stage.second)


def test_declined_and_taken_back_count_for_nothing(abroad, service):
    contract, officer = abroad.desk.ready(), abroad.desk.stage.officer
    first = abroad.sign(contract, officer)
    service.says[abroad.row(first).reference] = {"state": "declined"}
    abroad.obtain.heard(abroad.row(first).reference)
    assert abroad.row(first).state == "declined"
    second = abroad.sign(contract, officer)
    with pytest.raises(Forbidden):
        abroad.desk.run(abroad.desk.stage.buyer, take_back_signature, second)
    abroad.desk.run(officer, take_back_signature, second)
    service.signs(abroad.row(second).reference)
    abroad.obtain.heard(abroad.row(second).reference)
    assert abroad.row(second).state == "taken_back"
    assert abroad.desk.contract(contract).state == "ready"
    with pytest.raises(NotFound):
        abroad.obtain.heard("ref/nobody")


def test_a_market_that_changed_its_service_asks_to_begin_again(abroad, signers):
    contract, officer = abroad.desk.ready(), abroad.desk.stage.officer
    begun = abroad.sign(contract, officer)
    with pytest.raises(OtherProvider):
        signers.obtain.fetch(officer, begun)
    abroad.desk.run(officer, take_back_signature, begun)
    assert signers.row(signers.sign(contract, officer)).state == "signed"


def test_signatures_stand_in_the_diligence_file(signers):
    contract = signers.desk.ready()
    given = signers.row(signers.sign(contract, signers.desk.stage.officer))
    with signers.desk.stage.executor.database.read() as session:
        told = course(session, signers.desk.contract(contract).deal, "zh")
    (kept,) = told["contracts"]
    assert [one["sha256"] for one in kept["documents"]] == [given.document]
    assert [one["evidence"] for one in kept["signatures"]] == [given.evidence]
    sheet = Paper(told, "en", ZoneInfo("Asia/Shanghai")).sheet(given.at)
    part = next(one for one in sheet["sections"] if one["heading"] == "Electronic signatures")
    assert [row[-1] for row in part["rows"]] == [given.evidence]


def test_the_other_side_is_told(signers, drain):
    contract, stage = signers.desk.ready(), signers.desk.stage
    signers.sign(contract, stage.officer)
    drain()
    assert told(signers.desk, "contract.signed_by_side") == {"buyer"}
    signers.sign(contract, stage.buyer)
    drain()
    assert told(signers.desk, "contract.signed") == {"officer", "second", "buyer"}
    assert told(signers.desk, "contract.signed_by_side") == {"buyer"}

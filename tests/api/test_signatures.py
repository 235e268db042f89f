"""Electronic signatures as programs of both sides read them; people sign."""

from __future__ import annotations

from core.ids import show
from tests.api.conftest import must_refuse
from tests.api.staged import programs
from tests.contracts.conftest import desk
from tests.contracts.signing.conftest import signers
from tests.deals.conftest import stage

__all__ = ["desk", "programs", "signers", "stage"]


def test_both_sides_read_what_was_signed_and_by_what_it_is_proven(signers, desk, programs):
    contract = desk.ready()
    path = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    assert programs.get(path, "buyer").get_json()["signatures"] == []
    must_refuse(programs.get(f"{path}/document", "buyer"), 404, "not_found")
    id = signers.sign(contract, desk.stage.officer)
    row = signers.row(id)
    for who in ("officer", "buyer"):
        [seen] = programs.get(path, who).get_json()["signatures"]
        assert (seen["id"], seen["side"], seen["state"]) == (id, "seller", "signed")
        assert (seen["document"], seen["evidence"]) == (row.document, True)
        assert "address" not in seen
        assert programs.get(f"{path}/document", who).data.startswith(b"%PDF")
        assert programs.get(f"{path}/signatures/{id}/evidence", who).data.startswith(b"PK")
    for part in ("", "/document", f"/signatures/{id}/evidence"):
        must_refuse(programs.get(path + part, "stranger"), 404, "not_found")
    must_refuse(programs.get(f"{path}/signatures/{'0' * 32}/evidence", "buyer"), 404, "not_found")

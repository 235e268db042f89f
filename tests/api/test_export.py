"""The export class of a technology: stated by its office, read by its office."""

from __future__ import annotations

from core.ids import show
from tests.api.conftest import must_refuse


def test_the_office_states_and_reads_the_export_class(api, market):
    path = f"/listings/{show('listing', market.published())}/export-statement"
    assert api.get(path, "officer").get_json()["kind"] is None
    must_refuse(api.post(path, {"kind": "restricted"}, "officer"), 422, "invalid")
    said = {"kind": "restricted", "basis": "目录第15项"}
    assert api.post(path, said, "officer").get_json()["kind"] == "restricted"
    assert api.get(path, "officer").get_json()["basis"] == "目录第15项"
    for who, status in (("stranger", 404), ("buyer", 404)):
        assert api.get(path, who).status_code == status
        assert api.post(path, said, who).status_code in (403, 404)
    assert api.get(path, "officer").get_json()["basis"] == "目录第15项"

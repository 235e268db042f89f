"""The diligence file of a real deal: whole, sealed, and no change of it goes unseen."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core import typesetting
from core.actor import ANONYMOUS
from core.audit import public_key, signing_key
from core.errors import Forbidden, NotFound
from core.models import Audit
from core.sealed import sealed
from core.verify import COURSE, SEAL, canonical, packed, verify
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.object_to_notice import object_to_notice
from deals.rounds.models import Round
from reporting.actions.keep_diligence_file import keep_diligence_file
from reporting.diligence.course import course, round_values
from reporting.diligence.errors import DealMoved
from reporting.diligence.making import make_diligence_file
from reporting.diligence.models import DiligenceFile
from reporting.diligence.paper import Paper
from tests.contracts.conftest import desk
from tests.contracts.registration.test_registration import NUMBER, only, registered
from tests.deals.conftest import pass_notice, stage
from tests.deals.rounds.conftest import FLOOR, scene

WHEN = datetime(2026, 12, 1, tzinfo=UTC)
TAMPERINGS = int(os.environ.get("QIAOYI_TAMPERINGS", "1000"))


@pytest.fixture
def deal(stage, clock, runtime):
    """Negotiated, objected to, answered and confirmed."""
    deal = stage.open()
    stage.offer(deal, stage.officer)
    version = stage.offer(deal, stage.buyer, answering=1, entry_fee=200_000_000)
    stage.executor.run(stage.officer, accept_offer, deal, version)
    notice = stage.notice(deal).id
    said = stage.executor.run(
        ANONYMOUS,
        object_to_notice,
        notice,
        "何以安",
        "he@elsewhere.example",
        "价格比三年前同类许可低了一半，请说明依据。",
        "there",
    )  # fmt: skip
    stage.executor.run(stage.officer, answer_objection, said.ref, "dismissed", "已有评估。")
    pass_notice(stage, deal, clock, lambda: None)
    stage.executor.settle(f"deal:{deal}")
    assert stage.deal(deal).state == "confirmed"
    return deal


@pytest.fixture
def file(stage, deal, runtime):
    sha256 = make_diligence_file(stage.executor, stage.officer, deal)
    return runtime.files.path(sha256).read_bytes()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_tells_the_whole_course_and_is_sound(stage, deal, file, runtime):
    key = public_key(signing_key(stage.executor.ports.secret))
    found = verify(file, key)
    assert found.faults == []
    told = json.loads(members(file)[COURSE])
    assert found.steps == len(told["steps"]) >= 6
    assert [step["target"] for step in told["steps"]][-1] == "confirmed"
    assert told["steps"][2]["rules"][0]["citation"]
    assert [offer["state"] for offer in told["offers"]] == ["superseded", "accepted"]
    (notice,) = told["notices"]
    assert (notice["result"], notice["objections"][0]["state"]) == ("confirmed", "dismissed")
    assert told["people"]["officer"] == "Officer"
    assert told["organisations"] == {"firm": "firm甲", "institute": "institute甲"}
    assert told["result"]["assets"][0]["id"] == "asset"
    assert set(told["chains"]) >= {f"deal:{deal}", "asset:asset"}
    assert "he@elsewhere.example" not in members(file)[COURSE].decode()


def test_the_paper_says_the_same_to_people(stage, deal):
    told = _course(stage, deal)
    for language, words in (("zh", ("协议定价", "价格比三年前")), ("en", ("Price by agreement",))):
        sheet = Paper(told, language, ZoneInfo("Asia/Shanghai")).sheet(WHEN)
        rows = [cell for part in sheet["sections"] for row in part["rows"] for cell in row]
        said = " ".join([sheet["title"], *(f"{a} {b}" for a, b in sheet["facts"]), *rows])
        assert all(word in said for word in words), said
        assert len(sheet["sections"][0]["rows"]) == len(told["steps"])


def test_the_signed_contract_is_part_of_it(desk, stage):
    contract = desk.signed()
    told = _course(stage, desk.contract(contract).deal)
    (kept,) = told["contracts"]
    assert (kept["id"], kept["state"]) == (contract, "signed")
    assert {one["state"] for one in kept["copies"]} == {"confirmed"}
    assert (kept["documents"], kept["signatures"]) == ([], [])
    assert f"contract:{contract}" in told["chains"]
    assert kept["registration"] is None
    assert _resealed(told).faults == []
    sheet = Paper(told, "en", ZoneInfo("Asia/Shanghai")).sheet(WHEN)
    assert [part["heading"] for part in sheet["sections"] if part["rows"]][-1] == "Signed copies"


def test_the_registration_is_part_of_it(desk, stage, drain):
    row = registered(desk, drain)
    told = _course(stage, only(desk).deal)
    record = told["contracts"][0]["registration"]
    assert (record["number"], record["state"]) == (NUMBER, "registered")
    assert [one["act"] for one in record["steps"]] == ["save", "hand_in", "register"]
    assert [one["version"] for one in record["versions"]] == [1, 2]
    assert f"contract_registration:{row}" in told["chains"]
    sheet = Paper(told, "zh", ZoneInfo("Asia/Shanghai")).sheet(WHEN)
    (course,) = (one for one in sheet["sections"] if one["heading"] == "技术合同登记")
    assert [line[3] for line in course["rows"]] == ["—", "—", NUMBER]


def test_a_machine_without_a_chinese_font_seals_the_rest(stage, deal, runtime, monkeypatch):
    monkeypatch.setattr(typesetting, "fonts", lambda: ())
    sha256 = make_diligence_file(stage.executor, stage.officer, deal)
    data = runtime.files.path(sha256).read_bytes()
    assert sorted(members(data)) == [COURSE, SEAL]
    assert verify(data).faults == []


def test_taking_it_is_recorded_in_the_deal_and_the_next_file_tells_of_it(stage, deal, file):
    again = make_diligence_file(stage.executor, stage.operator, deal)
    with stage.executor.database.read() as session:
        rows = session.scalars(select(DiligenceFile).order_by(DiligenceFile.n)).all()
        last = session.scalars(
            select(Audit.body).where(Audit.stream == f"deal:{deal}").order_by(Audit.seq.desc())
        ).first()
    assert [row.made_by for row in rows] == ["officer", "approver"]
    assert rows[1].upto == rows[0].upto + 1
    assert json.loads(last)["ids"] == {"file": again, "size": rows[1].size}


def test_only_the_owners_office_and_overseers_take_it(stage, deal):
    for actor in (stage.buyer, stage.scholar):
        with pytest.raises(Forbidden):
            make_diligence_file(stage.executor, actor, deal)
    for actor in (stage.stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            make_diligence_file(stage.executor, actor, deal)


def test_a_file_of_an_earlier_moment_is_not_written_down_as_todays(stage, deal):
    with pytest.raises(DealMoved):
        stage.executor.run(stage.officer, keep_diligence_file, deal, "00" * 32, 1, 2)


def test_an_open_listing_can_be_repeated_from_its_file(scene, stage):
    scene.announce()
    firm, rival = scene.parties()
    scene.pass_deadline()
    scene.keys()
    scene.quote(stage.buyer, firm, FLOOR + 100)
    scene.quote(stage.stranger, rival, FLOOR + 300)
    sealed_quotes = [one for one in _round_of(stage, scene)["quotes"] if "box" in one]
    assert sealed_quotes == []
    scene.pass_deadline()
    scene.give("second")
    scene.give("office")
    told = _course(stage, scene.deal().id)
    assert [quote["minor"] for quote in told["round"]["quotes"]] == [FLOOR + 100, FLOOR + 300]
    assert _resealed(told).faults == []
    told["round"]["quotes"][0]["minor"] += 1
    assert _resealed(told).faults == [
        f"quote {told['round']['quotes'][0]['n']} is not what was committed to"
    ]


def _round_of(stage, scene):
    """A round that is not over, as a file of some deal would tell it."""
    with stage.executor.database.read() as session:
        return round_values(session, session.get_one(Round, scene.round))


def _course(stage, deal):
    with stage.executor.database.read() as session:
        return course(session, deal, "zh")


def _resealed(told):
    key = signing_key(b"somebody else's, who has no access to the market's key")
    return verify(sealed({COURSE: canonical(told)}, key, WHEN))


def test_each_random_tampering_is_found(file):
    """Half strike the octets, half change one value and write the archive anew around it."""
    dice, parts = random.Random(8032), members(file)
    for number in range(TAMPERINGS):
        changed = _struck(dice, file) if number % 2 else packed(_altered(dice, parts))
        assert changed != file
        assert verify(changed).faults, number


def _struck(dice: random.Random, data: bytes) -> bytes:
    """One octet changed, dropped or added, two ends swapped, or the file cut."""
    at, kind = dice.randrange(1, len(data)), dice.randrange(5)
    if kind == 0:
        return data[:at] + bytes([data[at] ^ dice.randrange(1, 256)]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[at + 1 :]
    if kind == 2:
        return data[:at] + bytes([dice.randrange(256)]) + data[at:]
    return data[:at] if kind == 3 else data[at:] + data[:at]


def _altered(dice: random.Random, parts: dict[str, bytes]) -> dict[str, bytes]:
    """One value anywhere in one of the two documents, which are whole JSON again."""
    name = dice.choice((COURSE, SEAL))
    told = json.loads(parts[name])
    places = list(_places(told))
    holder, key = dice.choice(places)
    holder[key] = _other(dice, holder[key])
    return parts | {name: canonical(told)}


def _places(value):
    """Where every plain value stands: its list or object, and its place there."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(one, dict | list):
            yield from _places(one)
        else:
            yield value, key


def _other(dice: random.Random, value):
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + dice.choice((-1, 1, 100))
    at = dice.randrange(len(value) + 1)
    return value[:at] + dice.choice("0a一") + value[at:]


def test_whoever_reseals_cannot_change_what_the_chains_tell(stage, deal):
    """Somebody with a key of their own: the seal is whole, the course is not."""
    for change in (_reprice, _drop_step, _reorder, _other_rule, _other_notice, _edit_entry):
        told = _course(stage, deal)
        change(told)
        assert _resealed(told).faults, change.__name__


def test_nothing_is_added_or_left_out_beside_the_seal(file):
    parts = members(file)
    assert verify(packed(parts)).faults == []
    more, fewer = parts | {"note.txt": b"x"}, {SEAL: parts[SEAL]}
    assert "note.txt is not what was sealed" in verify(packed(more)).faults
    assert f"{COURSE} is missing" in verify(packed(fewer)).faults


def _reprice(told):
    told["notices"][0]["published"]["terms"]["entry_fee"] = 1


def _drop_step(told):
    del told["steps"][2]


def _reorder(told):
    told["steps"][0], told["steps"][1] = told["steps"][1], told["steps"][0]


def _other_rule(told):
    told["steps"][2]["rules"] = []


def _other_notice(told):
    told["notices"][0]["id"] = "00" * 16


def _edit_entry(told):
    entry = next(entries for entries in told["chains"].values() if len(entries) > 1)[0]
    entry["body"] = entry["body"].replace("system", "person:somebody")


__all__ = ["desk", "scene", "stage"]

"""The import as people meet it: upload, check, decide, run; and once more, changing nothing."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import func, select

from core.actor import ANONYMOUS
from core.errors import Forbidden
from core.models import Audit, Job
from listings.importing import steps
from listings.importing.actions.cancel_import import cancel_import
from listings.importing.actions.check_import import check_import
from listings.importing.actions.map_columns import map_columns
from listings.importing.actions.run_import import run_import
from listings.importing.describe import Choices
from listings.importing.desk import look_again, take_file
from listings.importing.errors import (
    AlreadyStarted,
    FileTooLarge,
    FormatUnknown,
    ImportNotFound,
    MappingIncomplete,
    NotChecked,
)
from listings.importing.queries import import_page, list_imports
from listings.models import Asset, Contributor, Listing, ListingText, PatentFacts
from tests.importing.conftest import DATA, needs_data

TABLE = (
    "成果名称,摘要,申请号,技术成熟度,完成人,价格\n"
    "低温脱硝催化剂,一种在一百五十度以下工作的催化剂。,201710601862.3,6,李青；赵岚,50万\n"
    "柔性压力传感器,可弯折一万次的传感器。,,5级,王一苇,面议\n"
    "坏的一行,没有意义,201710601862.4,12,张三,很多钱\n"
)


def test_a_table_becomes_drafts_with_their_patents_people_and_prices(desk):
    page = desk.whole(TABLE.encode())
    assert page.progress.state == "done"
    assert page.progress.share == 1.0
    assert page.progress.counts == {"rows": 3, "ready": 2, "refused": 1, "imported": 2}
    with desk.executor.database.read() as session:
        states = set(session.scalars(select(Listing.state)))
        numbers = session.scalars(select(PatentFacts.application_number)).all()
        people = session.scalars(select(Contributor.name).order_by(Contributor.n)).all()
        levels = session.scalars(select(Asset.trl).order_by(Asset.trl)).all()
    assert states == {"draft"}
    assert len(numbers) == 1
    assert "2017" in numbers[0]
    assert people == ["李青", "赵岚", "王一苇"]
    assert levels == [5, 6]


def test_every_problem_names_row_column_value_and_what_to_do(desk):
    page = desk.check(desk.take(TABLE.encode()))
    found = {(e["row"], e["field"], e["code"]) for e in page.examples}
    assert found == {
        (4, "申请号", "patent_check_digit"),
        (4, "技术成熟度", "trl_unreadable"),
        (4, "价格", "amount_unreadable"),
    }
    content = desk.executor.ports.files.path(page.errors_file).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line[:2] for line in lines[1:]] == [["4", "申请号"], ["4", "技术成熟度"], ["4", "价格"]]
    assert all(line[5].endswith(".") for line in lines[1:])


def test_the_error_file_holds_no_formula(desk):
    page = desk.check(desk.take(b"title,trl\nA valve,=1+1\nB valve,@SUM(A1)\n"))
    text = desk.executor.ports.files.path(page.errors_file).read_bytes().decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_same_file_twice_changes_nothing(desk):
    desk.whole(TABLE.encode())
    with desk.executor.database.read() as session:
        before = session.scalar(select(func.count()).where(Audit.stream.like("listing:%")))
    page = desk.whole(TABLE.encode())
    with desk.executor.database.read() as session:
        after = session.scalar(select(func.count()).where(Audit.stream.like("listing:%")))
    assert page.progress.counts == {"rows": 3, "unchanged": 2, "refused": 1}
    assert desk.listings() == 2
    assert before == after


def test_a_known_patent_with_other_words_waits_for_a_decision(desk):
    desk.whole(TABLE.encode())
    other = "成果名称,申请号\n低温脱硝催化剂及制备方法,CN201710601862.3\n"
    id = desk.take(other.encode())
    page = desk.check(id)
    (review,) = page.reviews
    assert (review.because, review.other_title) == ("number", "低温脱硝催化剂")
    assert review.other_listing is not None
    assert desk.run(id).progress.counts["left_out"] == 1
    assert desk.listings() == 2


def test_an_alike_title_is_imported_only_when_a_person_says_so(desk):
    desk.whole(b"title\nMagnetically damped check valve for cryogenic lines\n")
    id = desk.take(b"title\nMagnetically damped check-valves for cryogenic lines\n")
    page = desk.check(id)
    assert [review.because for review in page.reviews] == ["title"]
    assert desk.run(id, "import").progress.counts["imported"] == 1
    assert desk.listings() == 2


def test_titles_that_differ_in_a_figure_are_two_things(desk):
    page = desk.whole(b"title\nHigh-pressure pump type 1\nHigh-pressure pump type 2\n")
    assert page.progress.counts["imported"] == 2


def test_publishing_is_the_officers_second_pair_of_eyes(desk):
    id = desk.take(TABLE.encode())
    mapping = desk.page(id).mapping.to_json()
    desk.executor.run(desk.actor, map_columns, id, mapping, publish=True)
    desk.check(id)
    desk.run(id)
    with desk.executor.database.read() as session:
        rows = session.execute(select(Listing.state, Listing.author, Listing.approved_by)).all()
    assert [tuple(row) for row in rows] == [("published", None, desk.officer)] * 2


def test_columns_are_remembered_and_suggested_next_time(desk):
    id = desk.take(b"Bezeichnung,Notiz\nEin Ventil,nichts\n")
    assert desk.page(id).mapping.columns == {}
    with pytest.raises(MappingIncomplete):
        desk.executor.run(desk.actor, check_import, id)
    mapping = {"columns": {"Bezeichnung": "title"}}
    desk.executor.run(desk.actor, map_columns, id, mapping)
    again = desk.take(b"Bezeichnung,Notiz\nEine Pumpe,nichts\n")
    assert dict(desk.page(again).mapping.columns) == {"Bezeichnung": "title"}


def test_a_wrong_encoding_is_corrected_by_looking_again(desk):
    id = desk.take("标题,摘要\n鱼,肉\n".encode("gb18030"))
    look_again(desk.executor, desk.actor, id, Choices(encoding="gb18030"))
    page = desk.page(id)
    assert page.description.header == ("标题", "摘要")
    assert page.description.sample[0]["摘要"] == "肉"


def test_only_officers_of_the_owner_import_and_strangers_learn_nothing(desk):
    with pytest.raises(Forbidden):
        take_file(desk.executor, ANONYMOUS, desk.institute, "a.csv", io.BytesIO(b"title\nA\n"))
    id = desk.take(b"title\nA valve\n")
    with desk.executor.database.read() as session:
        assert list_imports(session, ANONYMOUS, desk.institute) == ()
        with pytest.raises(ImportNotFound):
            import_page(session, ANONYMOUS, id)
    with pytest.raises(ImportNotFound):
        desk.executor.run(ANONYMOUS, check_import, id)


def test_nothing_runs_unchecked_or_twice(desk):
    id = desk.take(b"title\nA valve\n")
    with pytest.raises(NotChecked):
        desk.executor.run(desk.actor, run_import, id)
    desk.executor.run(desk.actor, check_import, id)
    with pytest.raises(AlreadyStarted):
        desk.executor.run(desk.actor, check_import, id)


def test_a_cancelled_import_stops(desk):
    id = desk.take(b"title\nA valve\n")
    desk.executor.run(desk.actor, check_import, id)
    desk.executor.run(desk.actor, cancel_import, id)
    desk.drain()
    assert desk.page(id).progress.state == "cancelled"
    assert desk.listings() == 0


def test_a_file_that_breaks_off_is_refused_as_a_whole(desk):
    records = ",".join(f'{{"title": "Valve {n}"}}' for n in range(200))
    id = desk.take(f"[{records}".encode(), "a.json")
    page = desk.check(id)
    assert page.progress.state == "failed"
    assert page.problem["code"] == "import_json_broken"


def test_what_is_no_table_is_refused_before_anything_is_kept(desk):
    with pytest.raises(FormatUnknown):
        desk.take(b"%PDF-1.7 ...")
    stream = io.BytesIO(b"title\n" + b"a" * 100)
    with pytest.raises(FileTooLarge):
        take_file(desk.executor, desk.actor, desk.institute, "a.csv", stream, limit=10)


def test_a_run_goes_on_after_a_batch_that_was_lost(desk, monkeypatch):
    lines = "\n".join(f"Valve number {n} of the series" for n in range(60))
    id = desk.take(f"title\n{lines}\n".encode())
    desk.check(id)
    monkeypatch.setattr(steps._pace, "rows", 7)
    real, calls = steps.register_record, []

    def sometimes(*args, **kw):
        calls.append(1)
        if len(calls) == 20:
            raise OSError("the power failed")
        return real(*args, **kw)

    monkeypatch.setattr(steps, "register_record", sometimes)
    desk.executor.run(desk.actor, run_import, id)
    desk.drain()
    page = desk.page(id)
    assert page.progress.state == "done"
    assert page.progress.counts["imported"] == 60
    assert desk.listings() == 60
    with desk.executor.database.read() as session:
        titles = session.scalars(select(ListingText.title)).all()
        assert session.scalar(select(Job.attempts).where(Job.kind == "import_run")) == 2
    assert len(set(titles)) == 60


def test_who_lost_the_seat_imports_no_further(desk, monkeypatch):
    id = desk.take(b"title\nA valve\n")
    desk.check(id)
    desk.executor.run(desk.actor, run_import, id)
    monkeypatch.setattr(steps, "load_actor", lambda *_: ANONYMOUS)
    desk.drain()
    page = desk.page(id)
    assert page.progress.state == "failed"
    assert page.problem["code"] == "forbidden"
    assert desk.listings() == 0


@needs_data
@pytest.mark.parametrize(
    ("file", "listings", "unchanged"),
    [
        ("offers-nasa-t2/patents.jsonl", 643, 6),
        ("zh-patent-fulltext/patents.jsonl", 6, 0),
    ],
)
def test_real_offers_are_imported_whole(desk, file, listings, unchanged):
    id = desk.take((DATA / file).read_bytes(), file)
    desk.check(id)
    counts = desk.run(id, "import").progress.counts
    assert counts.get("refused", 0) == 0
    assert counts["imported"] == listings == desk.listings()
    assert counts.get("unchanged", 0) == unchanged

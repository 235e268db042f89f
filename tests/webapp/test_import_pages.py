"""The import in a browser without scripts: a file goes in, people decide, listings come out."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import event, func, select

from accounts.seeding import Registrar
from listings.importing import steps
from listings.importing.models import Import, RememberedColumn
from listings.models import Listing
from tests.importing.conftest import PASSWORD, Desk, desk
from tests.webapp.desks import app, signed_in, text_of
from webapp.presenters import standing

TABLE = (
    "成果名称,摘要,申请号,技术成熟度,完成人,价格\n"
    "低温脱硝催化剂,一种在一百五十度以下工作的催化剂。,201710601862.3,6,李青；赵岚,50万\n"
    "柔性压力传感器,可弯折一万次的传感器。,,5级,王一苇,面议\n"
    "坏的一行,没有意义,201710601862.4,12,张三,很多钱\n"
)


@pytest.fixture
def officer(app, desk, executor):
    return signed_in(app, executor, desk.officer)


def upload(client, content: bytes, desk, name: str = "results.csv") -> str:
    """Sends a file; answers the address of its import."""
    sent = {"owner": desk.institute, "file": (io.BytesIO(content), name)}
    answer = client.post("/en/imports/new", data=sent)
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["Location"]


def columns(client, address: str, **changes: str) -> dict[str, str]:
    """The form of the columns as the page offers it, with some fields changed."""
    page = client.get(address).text
    form = page[page.index(f'action="{address}/columns"') :]
    found = {
        name: "".join(re.findall(r'<option (?:selected )?value="([^"]*)"(?: selected)?>', chosen))
        for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S)
        for chosen in ["".join(o for o in body.split("</option>") if " selected" in o)]
    }
    return found | changes


def listings(executor) -> int:
    with executor.database.read() as session:
        return session.scalar(select(func.count()).select_from(Listing)) or 0


def test_from_upload_to_drafts(officer, desk, drain, executor):
    assert "Nothing imported yet" in text_of(officer.get("/en/imports"))
    address = upload(officer, TABLE.encode("gb18030"), desk)
    page = text_of(officer.get(address))
    assert "GB18030" in page
    assert "柔性压力传感器" in page
    chosen = columns(officer, address)
    assert chosen["c0"] == "title"
    assert chosen["office"] == "CN"
    assert officer.post(f"{address}/columns", data=chosen).status_code == 303
    working = officer.get(address)
    assert "Checking" in text_of(working)
    assert 'hx-trigger="every 2s"' in working.text
    poll = officer.get(address, headers={"HX-Request": "true"})
    assert poll.text.lstrip().startswith("<section")
    drain()
    assert officer.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    checked = text_of(officer.get(address))
    assert "3 rows were read" in checked
    assert "201710601862.4" in checked
    assert "readiness level is a whole number from 1 to 9" in checked
    assert listings(executor) == 0
    assert officer.post(f"{address}/run", data={}).status_code == 303
    drain()
    done = text_of(officer.get(address))
    assert "2 rows were registered." in done
    assert listings(executor) == 2
    assert "results.csv" in text_of(officer.get("/en/imports"))
    for prefix in ("", "/en"):
        path = prefix + address.removeprefix("/en")
        assert text_of(officer.get(path))
        assert text_of(officer.get(f"{path}?show=refused"))


def test_the_error_file_comes_as_it_was_written(officer, desk, drain):
    address = upload(officer, TABLE.encode(), desk)
    assert officer.get(f"{address}/errors.csv").status_code == 404
    officer.post(f"{address}/columns", data=columns(officer, address))
    drain()
    given = officer.get(f"{address}/errors.csv")
    assert given.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in given.headers["Content-Disposition"]
    assert given.data.decode("utf-8-sig").count("\r\n") == 4
    given.close()


def test_alike_rows_are_decided_one_by_one(officer, desk, drain, executor):
    desk.whole(TABLE.encode())
    again = "成果名称,申请号\n低温脱硝催化剂及制备方法,CN201710601862.3\n柔性压力传感器,\n"
    address = upload(officer, again.encode(), desk)
    officer.post(f"{address}/columns", data=columns(officer, address))
    drain()
    page = text_of(officer.get(address))
    assert "2 rows are like something already here" in page
    assert "Same patent number" in page
    assert officer.post(f"{address}/decide", data={"all": "import"}).status_code == 303
    assert officer.get(address).text.count(" checked") == 2
    officer.post(f"{address}/run", data={"reviewed": "1", "row": "2", "keep": "1"})
    assert officer.get(address).text.count(" checked") == 1
    officer.post(f"{address}/run", data={"reviewed": "1", "row": "2"})
    drain()
    assert "One row was registered." in text_of(officer.get(address))
    assert listings(executor) == 3


def test_publishing_needs_the_box_and_shows_what_it_means(officer, desk, drain, executor):
    address = upload(officer, b"title,abstract\nA valve,It closes.\n", desk)
    assert "your name stands in each title check" in text_of(officer.get(address))
    officer.post(f"{address}/columns", data=columns(officer, address, publish="y"))
    drain()
    assert "published at once" in text_of(officer.get(address))
    officer.post(f"{address}/run")
    drain()
    with executor.database.read() as session:
        assert session.scalars(select(Listing.state)).all() == ["published"]


def test_a_wrong_guess_is_corrected_even_when_no_column_is_known(officer, desk, executor):
    content = "标题甲,说明\n鱼,肉\n".encode("gb18030")
    address = upload(officer, content, desk)
    again = {"encoding": "gb18030", "delimiter": ",", "header_row": "1"}
    assert officer.post(f"{address}/reading", data=again).status_code == 303
    page = text_of(officer.get(address))
    assert "标题甲" in page
    refused = officer.post(f"{address}/columns", data=columns(officer, address, c0="", c1=""))
    assert refused.status_code == 422
    assert "No column is assigned to the title" in text_of(refused)
    with executor.database.read() as session:
        assert session.scalar(select(func.count()).select_from(RememberedColumn)) == 0
    chosen = columns(officer, address, c0="title")
    assert officer.post(f"{address}/columns", data=chosen).status_code == 303
    later = upload(officer, "标题甲,说明\n虾,肉\n".encode(), desk)
    assert "as last time" in text_of(officer.get(later))


def test_a_wrong_line_of_names_is_corrected(officer, desk):
    address = upload(
        officer, b"Register of results,,\nName of it,Words,X\nA valve,It closes,1\n", desk
    )
    officer.post(f"{address}/reading", data={"header_row": "2", "encoding": "utf-8"})
    assert "Name of it" in text_of(officer.get(address))
    far = officer.post(f"{address}/reading", data={"header_row": "99", "encoding": "utf-8"})
    assert far.status_code == 422


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "We read CSV, XLSX, JSON"),
        (b"", "The file has no rows"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><us-patent-grant>&b;</us-patent-grant>', "entit"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(officer, desk, content, said):
    sent = {"owner": desk.institute, "file": (io.BytesIO(content), "x.csv")}
    answer = officer.post("/en/imports/new", data=sent)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_form_without_a_file_says_so(officer, desk):
    answer = officer.post("/en/imports/new", data={"owner": desk.institute})
    assert answer.status_code == 422
    assert "Choose a file." in text_of(answer)


def test_an_import_is_stopped_between_two_batches(officer, desk, drain, executor):
    address = upload(officer, TABLE.encode(), desk)
    officer.post(f"{address}/columns", data=columns(officer, address))
    assert officer.post(f"{address}/cancel").status_code == 303
    drain()
    assert "Stopped" in text_of(officer.get(address))
    assert listings(executor) == 0


def test_a_check_that_stops_says_why_and_can_be_repeated(officer, desk, drain, executor):
    records = ",".join(f'{{"title": "Valve {n}"}}' for n in range(200))
    address = upload(officer, f"[{records}".encode(), desk, "a.json")
    officer.post(f"{address}/columns", data=columns(officer, address))
    drain()
    page = text_of(officer.get(address))
    assert "The last check stopped." in page
    assert "JSON is broken" in page
    assert officer.post(f"{address}/columns", data=columns(officer, address)).status_code == 303


def test_a_run_whose_job_gave_up_says_what_to_do(officer, desk, drain, executor, monkeypatch):
    address = upload(officer, TABLE.encode(), desk)
    officer.post(f"{address}/columns", data=columns(officer, address))
    drain()

    def broken(*_args, **_kw):
        raise OSError("the disk is full")

    monkeypatch.setattr(steps, "register_record", broken)
    officer.post(f"{address}/run")
    drain()
    page = text_of(officer.get(address))
    assert "OSError" in page
    assert "upload the same file again" in page


def test_only_officers_of_the_owner_see_imports(app, officer, desk, executor):
    address = upload(officer, TABLE.encode(), desk)
    someone = Registrar(executor).person("someone@example.org", "So", PASSWORD, "en")
    stranger = signed_in(app, executor, someone)
    assert stranger.get("/imports").status_code == 403
    assert stranger.get(address).status_code in (403, 404)
    assert app.test_client().get(address).status_code == 302
    assert officer.get("/en/imports/imp_" + "0" * 32).status_code == 404


def test_a_jobs_address_leads_to_its_import(officer, desk, executor):
    address = upload(officer, TABLE.encode(), desk)
    officer.post(f"{address}/columns", data=columns(officer, address))
    with executor.database.read() as session:
        job = session.scalar(select(Import.job))
    assert officer.get(f"/en/jobs/job_{job}").headers["Location"] == address
    assert officer.get("/en/jobs/job_" + "0" * 32).status_code == 404


def test_pages_take_the_same_queries_whatever_they_hold(
    officer, desk, drain, database, monkeypatch
):
    monkeypatch.setattr(standing, "EVERY", 3600)  # banners are read again after some seconds
    counted = []

    def count(*_args) -> None:
        counted.append(1)

    def queries(address: str) -> int:
        counted.clear()
        text_of(officer.get(address))
        return len(counted)

    few = upload(officer, b"title\nA valve for cold lines\n", desk)
    lines = "\n".join(f"Valve with {n} seats, number {n}" for n in range(80))
    many = upload(officer, f"title,trl\n{lines},99\n".encode(), desk)
    for address in (few, many):
        officer.post(f"{address}/columns", data=columns(officer, address))
    drain()
    queries(few)
    event.listen(database.reader, "before_cursor_execute", count)
    try:
        assert queries(few) == queries(many)
        assert queries("/en/imports") < 15
    finally:
        event.remove(database.reader, "before_cursor_execute", count)


__all__ = ["Desk", "app", "desk"]

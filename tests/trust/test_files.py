"""Files that want to be something else: taken in, given out, imported, exported."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from datarooms.models import RoomFile
from listings.importing.models import Import
from listings.models import ListingFile
from tests.trust.world import own_side

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PAGE = b"<!doctype html><script>alert(1)</script>"
TAKEN = {
    "page.html": PAGE,
    "drawing.svg": SVG,
    "script.js": b"alert(1)",
    "both.pdf": b"%PDF-1.7\n" + PAGE,
    "notes.txt": PAGE + b" ",
    "figures.csv": b"a,b\n=1+1,2\n",
    "style.css": b"*{}",
    "noending": PAGE + b"  ",
    '说明 "x"\r\nSet-Cookie: a=b.txt': b"text",
    "../../evil.txt": b"text two",
    "..\\..\\evil2.txt": b"text three",
    "photo.png": PNG,
}
REFUSED = {
    "photo.png": PAGE,
    "photo.jpg": SVG,
    "paper.pdf": b"MZ\x90\x00" + b"\x00" * 30,
    "table.xlsx": PAGE,
    "text.docx": b"%PDF-1.7",
    "tool.exe": b"MZ\x90\x00" + b"\x00" * 30,
    "tool.txt": b"\x7fELF" + b"\x00" * 30,
    "run.sh": b"#!/bin/sh\nid\n",
}


@pytest.fixture(scope="module")
def own(sample_market, client_of):
    client_of("tto_officer")
    return own_side(sample_market)


def at_result(client, own, name: str, data: bytes):
    path = own.path("/workbench/results/{draft}/5")
    sent = {"contact_name": "某人", "contact_phone": "0571-0000 0000", "answer_days": "3",
            "contributors": "陆闻笛 | 100", "file": (io.BytesIO(data), name),
            "file_level": "public", "draft": "1"}  # fmt: skip
    return client.post(path, data=sent)


def in_room(client, own, name: str, data: bytes):
    sent = {"level": "both", "file": (io.BytesIO(data), name)}
    return client.post(own.path("/deals/{deal}/files"), data=sent)


def count(market, model) -> int:
    with market.database.read() as session:
        return len(session.scalars(select(model)).all())


def given_out_safely(answer) -> None:
    assert answer.status_code == 200
    head = answer.headers
    assert head["Content-Disposition"].startswith("attachment")
    assert "\n" not in head["Content-Disposition"]
    assert head["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in head["Content-Security-Policy"]
    assert "default-src 'none'" in head["Content-Security-Policy"]
    assert "no-store" in head["Cache-Control"]
    assert "Set-Cookie" not in head
    assert not head["Content-Type"].startswith(
        ("text/html", "image/svg", "application/x", "text/j")
    )
    assert not re.search(r"[/\\\\]", head["Content-Disposition"].split("filename")[-1])


@pytest.mark.parametrize("name", TAKEN)
def test_whatever_is_taken_is_a_download_and_no_page(sample_market, client_of, own, name):
    client, data = client_of("tto_officer"), TAKEN[name]
    assert at_result(client, own, name, data).status_code == 302
    with sample_market.database.read() as session:
        listing = own.names["draft_id"]
        rows = session.scalars(select(ListingFile).where(ListingFile.listing == listing))
        row = max(rows, key=lambda row: row.n)
        assert "/" not in row.name
        assert "\\" not in row.name
    with client.get(own.path("/results/{draft}/files/") + row.sha256) as answer:
        given_out_safely(answer)
        assert answer.data == data
    assert in_room(client, own, name, data).status_code == 303
    with sample_market.database.read() as session:
        file = session.scalars(select(RoomFile).order_by(RoomFile.added_at.desc())).first()
    with client.get(own.path("/deals/{deal}/files/") + file.id) as answer:
        given_out_safely(answer)
        assert answer.data == data
    with client.get(own.path("/results/{draft}/pictures/") + row.sha256) as answer:
        assert answer.status_code == 404


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_what_its_name_says_is_refused(sample_market, client_of, own, name):
    client = client_of("tto_officer")
    before = count(sample_market, ListingFile), count(sample_market, RoomFile)
    for send in (at_result, in_room):
        answer = send(client, own, name, REFUSED[name])
        assert answer.status_code in (200, 422)
        assert "文件名" in answer.text or "可执行程序" in answer.text
    assert (count(sample_market, ListingFile), count(sample_market, RoomFile)) == before


def test_a_file_beyond_the_rooms_limit_is_refused_with_a_sentence(client_of, own, monkeypatch):
    monkeypatch.setattr("webapp.views.deals.data_rooms.LARGEST", 1 << 18)
    answer = in_room(client_of("tto_officer"), own, "big.bin", b"x" * ((1 << 18) + 1))
    assert answer.status_code in (200, 413, 422)
    assert "MB，请压缩后重新上传。" in answer.text


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "photo.png", "fake.webp"])
def test_only_pictures_become_pictures(sample_market, client_of, own, name):
    data = {"page.html": PAGE, "drawing.svg": SVG, "photo.png": PAGE, "fake.webp": b"RIFFxxxxHTML"}
    sent = {"picture": (io.BytesIO(data[name]), name)}
    answer = client_of("tto_officer").post(
        own.path("/workbench/results/{draft}/pictures"), data=sent
    )
    assert answer.status_code == 422


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (300 << 20))
    return out.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>
<us-patent-grant><title>&j;</title></us-patent-grant>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE us-patent-grant SYSTEM "http://192.0.2.1/x.dtd"
[<!ENTITY f SYSTEM "file:///etc/passwd">]><us-patent-grant><a>&f;</a></us-patent-grant>"""
HOSTILE = {
    "bomb.xlsx": bomb,
    "entities.xml": lambda: ENTITIES,
    "outside.xml": lambda: OUTSIDE,
    "deep.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "surrogate.json": lambda: b'[{"title": "\\ud800", "abstract": "x\\u0000y"}]',
    "wide.csv": lambda: b",".join(b"c%d" % n for n in range(50_000)) + b"\n",
    "long.csv": lambda: b"title\n" + b"x" * 400_000 + b"\n",
    "quotes.csv": lambda: b'title\n"' + b"a\n" * 100_000,
    "nul.csv": lambda: b"title,abstract\nabc\x00def,x\n",
    "program.csv": lambda: b"\x7fELF" + bytes(range(256)) * 50,
    "page.csv": lambda: PAGE,
    "empty.csv": lambda: b"",
    "numbers.json": lambda: b'[{"title": "x", "trl": 1e400, "price": ' + b"9" * 6000 + b"}]",
    "slip.xlsx": lambda: _zip("../../../tmp/evil", b"x"),
    "=cmd|' /C calc'!A0.csv": "标题\n=1+1\n".encode,
    "bom.csv": lambda: b"\xff\xfet\x00i\x00",
}


def _zip(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_import_is_refused_or_checked_row_by_row(sample_market, client_of, own, name):
    client, data = client_of("tto_officer"), HOSTILE[name]()
    began = time.monotonic()
    sent = {"owner": own.names["org_id"], "file": (io.BytesIO(data), name)}
    answer = client.post("/imports/new", data=sent)
    assert answer.status_code in (303, 422), answer.text[-300:]
    if answer.status_code == 422:
        assert 'class="err' in answer.text or "note stop" in answer.text
        return
    page = answer.headers["Location"]
    assert client.get(page).status_code == 200
    form = {"c0": "title", "office": "CN", "currency": "CNY", "language": ""}
    assert client.post(f"{page}/columns", data=form).status_code in (303, 422)
    sample_market.worker.run_until_idle()
    shown = client.get(page)
    assert shown.status_code == 200
    assert b"root:" not in shown.data
    with client.get(f"{page}/errors.csv") as errors:
        assert errors.status_code in (200, 404)
        if errors.status_code == 200:
            assert "attachment" in errors.headers["Content-Disposition"]
            for line in errors.get_data(as_text=True).splitlines():
                assert not any(cell.strip('"').startswith(("=", "+", "@")) for cell in
                               line.split(","))  # fmt: skip
    assert time.monotonic() - began < 60
    assert count(sample_market, Import) > 0


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", '=HYPERLINK("http://x")')

STARTS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def test_an_exported_sheet_holds_no_formula(sample_market, client_of, own):
    client, listing = client_of("researcher"), own.names["draft"]
    for text in FORMULAS:
        data = {"language": "zh", "title": text.strip() or "x", "value_line": text, "abstract": "x"}
        assert client.post(f"/workbench/results/{listing}/1", data=data).status_code == 302
        sheet = client_of("tto_officer").get("/queue/sheet/queue.xlsx")
        with zipfile.ZipFile(io.BytesIO(sheet.data)) as archive:
            raw = b"".join(archive.read(name) for name in archive.namelist())
        assert b"<f>" not in raw
        book = CalamineWorkbook.from_filelike(io.BytesIO(sheet.data))
        cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
        assert any(text.strip() in cell for cell in cells)
        assert [cell for cell in cells if cell.startswith(STARTS)] == []


def test_a_hostile_sheet_does_not_come_back(client_of):
    client = client_of("tto_officer")
    for data in (bomb(), b"PK\x03\x04", PAGE, b"", _zip("a", b"b"), b"\xd0\xcf\x11\xe0" * 100):
        sent = {"sheet": (io.BytesIO(data), "queue.xlsx")}
        answer = client.post("/queue/sheet", data=sent)
        assert answer.status_code == 302
        assert client.get("/queue").status_code == 200


def test_an_unedited_sheet_comes_back_as_no_change(client_of, own):
    client = client_of("tto_officer")
    sheet = client.get("/queue/sheet/queue.xlsx").data
    answer = client.post("/queue/sheet", data={"sheet": (io.BytesIO(sheet), "queue.xlsx")})
    assert answer.status_code == 200
    assert 'name="change"' not in answer.text

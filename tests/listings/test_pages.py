"""The workbench and the queue in a browser without script: a client of the wired app."""

import io
import re

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from accounts.models import Membership, Organisation, Person
from accounts.seeding import Registrar
from core.actor import SYSTEM
from core.ids import show
from core.results import Done
from listings.inputs import ContributorInput
from listings.models import Listing, ListingFile, Need
from listings.sheet import guard, unguard
from tests.apps import app_of
from tests.factors import code_of, protect
from tests.listings.conftest import FIRM, IDS, INSTITUTE, Market

PASSWORD = "a sentence that is easy to keep"


@pytest.fixture
def visit(runtime, people):
    """Signs somebody in, with the seat that the test's people have, and gives a client."""
    app = app_of(runtime, WTF_CSRF_ENABLED=False)
    registrar = Registrar(runtime.executor)

    def enter(name, organisation, *roles):
        person = registrar.person(f"{name}@linpu.example", name, PASSWORD)

        def seat(uow):
            at = uow.lock(Organisation, organisation)
            at.add(
                Membership(
                    organisation=organisation, person=person, roles=list(roles), starts_at=at.now
                )
            )
            at.record("seated")
            protect(uow, person)
            return Done(person)

        runtime.executor.run(SYSTEM, seat)
        client = app.test_client()
        sent = {"contact": f"{name}@linpu.example", "password": PASSWORD}
        second = client.post("/sign-in", data=sent).headers["Location"]
        typed = {"code": code_of(runtime.executor, person)}
        assert client.post(second, data=typed).headers["Location"] == "/"
        return client

    return enter


def rows(database, model):
    with database.read() as session:
        return session.scalars(select(model)).all()


DRAFT = {
    "owner": INSTITUTE,
    "kind": "result",
    "title": "低温连续制备的散热膜",
    "value_line": "比现用石墨膜薄40%，弯折十万次后衰减不到3%。",
    "trl": "7",
    "contributors": "陆闻笛，何其蓁",
    "contact_phone": "0571-0000 0217",
}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_from_the_phone_to_the_market(visit, database, prefix):
    author = visit("lu", INSTITUTE, "researcher")
    assert author.get(f"{prefix}/workbench").status_code == 200
    form = author.get(f"{prefix}/workbench/new").get_data(as_text=True)
    typed = re.findall(r'<(?:textarea|input)[^>]*class="input', form)
    assert len([one for one in typed if "search" not in one]) <= 5
    made = author.post(f"{prefix}/workbench/new", data=DRAFT)
    assert made.status_code == 302
    listing = rows(database, Listing)[0]
    shown = show("listing", listing.id)
    base = f"{prefix}/workbench/results/{shown}"
    assert author.get(base).status_code == 200
    for step in range(1, 6):
        assert author.get(f"{base}/{step}").status_code == 200, step
    language = "en" if prefix else "zh"
    texts = {**DRAFT, "language": language, "abstract": "用于平板电脑。", "ipc": "H05K 7/20"}
    assert author.post(f"{base}/1", data={**texts, "keywords": "散热膜，石墨烯"}).status_code == 302
    table = "厚度 | μm | 24 | 40 | 35 | 较优"
    sent = {"alternatives": "石墨膜，铜箔", "comparisons": table, "receives": "样膜\n图纸"}
    assert author.post(f"{base}/2", data=sent).status_code == 302
    sent = {"trl": "7", "evidence": "2026-08-14 检测报告", "stage": "pilot", "secrecy": "open",
            "patents": "ZL202310482617.0", "funding": "省重点 | 2024C0001"}  # fmt: skip
    assert author.post(f"{base}/3", data=sent).status_code == 302
    sent = {"ways": ["exclusive"], "exclusive_price": "240万", "exclusive_royalty": "3",
            "exclusive_base": "net_sales", "tax_basis": "excluded", "level": "public"}  # fmt: skip
    assert author.post(f"{base}/4", data=sent).status_code == 302
    shares = "陆闻笛 | 60\n何其蓁 | 40"
    sent = {
        "contributors": shares,
        "contact_name": "周砚秋",
        "answer_days": "3",
        "file_level": "member",
        "file": (io.BytesIO(b"%PDF-1.4"), "说明.pdf"),
    }
    assert author.post(f"{base}/5", data=sent).status_code == 302
    assert [row.name for row in rows(database, ListingFile)] == ["说明.pdf"]
    for step in range(1, 6):
        assert author.get(f"{base}/{step}").status_code == 200, step
    assert author.post(f"{base}/submit").status_code == 302
    officer = visit("zhou", INSTITUTE, "tto_officer")
    page = officer.get(f"{prefix}/queue?row={shown}").get_data(as_text=True)
    assert DRAFT["title"] in page
    answers = dict.fromkeys(["owner", "co_owners", "pledge", "earlier_licences", "annuity"], "ok")
    assert officer.post(f"{prefix}/queue/{shown}/title", data=answers).status_code == 302
    officer.post(f"{prefix}/queue/do", data={"deed": "publish", "row": shown})
    assert rows(database, Listing)[0].state == "published"
    for tab in ("all", "published", "review"):
        assert officer.get(f"{prefix}/queue?tab={tab}").status_code == 200
    public = author.get(f"{prefix}/results/{shown}").get_data(as_text=True)
    assert DRAFT["title"] in public
    assert author.post(f"{base}/confirm").status_code == 302
    assert author.get(base).status_code == 200
    assert author.post(f"{base}/withdraw", data={"reason": "not_now"}).status_code == 302
    assert author.post(f"{base}/reopen").status_code == 302
    assert author.post(f"{base}/archive").status_code == 302
    assert rows(database, Listing)[0].state == "archived"


def test_a_form_with_mistakes_says_so_and_keeps_what_was_typed(visit, database):
    author = visit("lu", INSTITUTE, "researcher")
    answer = author.post("/workbench/new", data={**DRAFT, "value_line": ""})
    assert answer.status_code == 422
    assert DRAFT["title"] in answer.get_data(as_text=True)
    author.post("/workbench/new", data=DRAFT)
    shown = show("listing", rows(database, Listing)[0].id)
    base = f"/workbench/results/{shown}"
    wrong = [
        (2, {"comparisons": "厚度 24"}),
        (4, {"ways": ["sole"], "sole_price": "两百多万", "level": "public"}),
        (4, {"ways": ["sole"], "sole_royalty": "300", "level": "public"}),
        (5, {"contributors": "甲 | 90\n乙 | 20", "answer_days": "3"}),
        (5, {"contributors": "甲 | 很多", "answer_days": "3"}),
        (5, {"contributors": "甲 | 90", "answer_days": "16"}),
        (1, {**DRAFT, "language": "zh", "keywords": "a,b,c,d"}),
        (1, {**DRAFT, "language": "zh", "version": "0"}),
    ]
    for step, sent in wrong:
        assert author.post(f"{base}/{step}", data=sent).status_code == 422, (step, sent)


def test_the_queue_is_for_officers(visit):
    author = visit("lu", INSTITUTE, "researcher")
    assert author.get("/queue").status_code == 403
    assert author.get("/queue/sheet/queue.xlsx").status_code == 403


def test_a_bulk_decision_has_an_outcome_for_each_row(visit, market: Market, database):
    ready, open_ = (
        market.checked(registration="3302026Y0001"),
        market.submitted(registration="3302026Y0002"),
    )
    officer = visit("zhou", INSTITUTE, "tto_officer")
    shown = [show("listing", ready), show("listing", open_)]
    answer = officer.post(
        "/en/queue/do", data={"deed": "publish", "row": shown}, follow_redirects=True
    )
    page = answer.get_data(as_text=True)
    assert "have not confirmed their share" in page
    assert "This is not possible now" in page
    officer.post("/queue/do", data={"deed": "return", "reason": "price", "row": shown[1:]})
    officer.post("/queue/do", data={"deed": "assign", "row": shown[:1]})
    states = {row.id: row.state for row in rows(database, Listing)}
    assert states == {ready: "approved", open_: "draft"}


def test_a_sheet_comes_back_as_a_difference(visit, market: Market, database):
    listing = market.draft()
    officer = visit("zhou", INSTITUTE, "tto_officer")
    data = officer.get("/queue/sheet/queue.xlsx").data
    table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    table[2][2] = "=改好的题名"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for n, line in enumerate(table):
        for m, cell in enumerate(line):
            sheet.write_string(n, m, str(cell))
    book.close()
    sent = {"sheet": (io.BytesIO(out.getvalue()), "queue.xlsx")}
    page = officer.post("/queue/sheet", data=sent).get_data(as_text=True)
    assert "=改好的题名" in page
    key = re.search(r'name="change" value="([^"]+)"', page)[1]
    officer.post("/queue/sheet/apply", data={"change": key, key: "=改好的题名"})
    again = CalamineWorkbook.from_filelike(
        io.BytesIO(officer.get("/queue/sheet/queue.xlsx").data)
    ).get_sheet_by_index(0).to_python()  # fmt: skip
    assert again[2][2] == "'=改好的题名"
    assert show("listing", listing) == again[2][0]
    officer.post("/en/queue/sheet/apply", data={"change": key, key: "又一次"})
    refused = officer.get("/en/queue").get_data(as_text=True)
    assert "Someone changed this entry" in refused
    bad = officer.post("/queue/sheet", data={"sheet": (io.BytesIO(b"nothing"), "a.xlsx")})
    assert bad.status_code == 302


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@a", "正常", "'quoted", "", "'=x"])
def test_a_guarded_cell_is_read_as_it_was(text):
    assert not guard(text).startswith(("=", "+", "-", "@"))
    if not text.startswith("'="):
        assert unguard(guard(text)) == text


def test_needs_from_draft_to_met(visit, database):
    buyer = visit("ran", FIRM, "firm_admin")
    assert buyer.get("/workbench/needs").status_code == 200
    assert buyer.get("/en/workbench/needs/new").status_code == 200
    sent = {
        "title": "找散热膜",
        "summary": "比石墨膜薄",
        "budget_high": "80万",
        "ipc_sections": ["H"],
    }
    assert buyer.post("/workbench/needs/new", data={**sent, "budget_low": "x"}).status_code == 422
    assert buyer.post("/workbench/needs/new", data=sent).status_code == 302
    need = rows(database, Need)[0]
    assert (need.state, need.budget_high_minor) == ("published", 80_000_000)
    shown = show("need", need.id)
    assert buyer.get(f"/workbench/needs/{shown}").status_code == 200
    edit = {**sent, "title": "找更薄的散热膜"}
    assert buyer.post(f"/workbench/needs/{shown}", data=edit).status_code == 302
    assert buyer.post(f"/workbench/needs/{shown}/matched").status_code == 302
    assert buyer.get("/workbench/needs").status_code == 200
    assert rows(database, Need)[0].state == "matched"


def test_saving_from_a_page(visit, market: Market):
    listing = market.published()
    buyer = visit("ran", FIRM, "firm_admin")
    buyer.post("/saved", data={"ref": f"listing:{listing}"})
    assert "石墨烯" in buyer.get("/saved").get_data(as_text=True)
    buyer.post("/saved", data={"ref": f"listing:{listing}", "keep": "0"})
    assert "石墨烯" not in buyer.get("/saved").get_data(as_text=True)
    assert buyer.post("/saved", data={"ref": "nonsense"}).status_code == 404


def test_a_share_is_confirmed_on_the_workbench(visit, market: Market, database, executor):
    someone = visit("he", INSTITUTE, "researcher")
    person = next(row.id for row in rows(database, Person) if row.name == "he")
    people = (
        ContributorInput("陆闻笛", person=IDS["author"], share_bp=6000),
        ContributorInput("何", person=person, share_bp=4000),
    )
    listing = market.draft(contributors=people)
    page = someone.get("/en/workbench").get_data(as_text=True)
    assert "Confirm your share of 40%" in page
    asset = next(row.asset for row in rows(database, Listing) if row.id == listing)
    assert someone.post(f"/workbench/shares/{asset}", data={"share_bp": "4000"}).status_code == 302
    assert "Confirm your share" not in someone.get("/en/workbench").get_data(as_text=True)

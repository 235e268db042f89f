"""The pages of an open listing, as a browser without scripts meets them; sealing is done here."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from accounts.models import LoginSession, Membership, Organisation, OrganisationName
from core.actor import SYSTEM
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.rounds.models import Quote, Registration, Round
from deals.rounds.sealing import Place, commitment, open_box, public_of
from tests.deals.conftest import LISTING, WHEN
from tests.deals.rounds.conftest import FLOOR, KEYS
from tests.deals.test_pages import app, browser, text_of

__all__ = ["app", "browser"]
ASKED = {"way": "exclusive", "lump_sum": "80万", "tax_basis": "included", "royalty_base": "",
         "days": "10", "extensions": "1", "extension_days": "5",
         "conditions": "具备量产能力。"}  # fmt: skip


def plant_market(uow: UnitOfWork) -> Done:
    row = Organisation(
        id="market", kind="operator", state="vetted", number="market", registered_by="officer",
        decided_by="approver", registered_at=WHEN,
    )  # fmt: skip
    at = uow.create(row)
    uow.session.flush()
    at.add(OrganisationName(organisation="market", language="zh", name="本市场", original=True))
    seat = {"organisation": "market", "person": "approver", "roles": ["operator"]}
    at.add(Membership(**seat, starts_at=WHEN))
    at.record("planted")
    return Done()


def prove(uow: UnitOfWork) -> Done:
    """Everybody has just shown again who they are."""
    session = uow.open()
    for row in session.scalars(select(LoginSession)):
        row.proven_at = uow.now(session)
    return Done()


@pytest.fixture
def announced_round(browser, scene):
    """Announced through the page; the scene then knows its round."""
    listing = show("listing", LISTING)
    scene.run(SYSTEM, plant_market)
    sent = browser("officer").post(f"/results/{listing}/rounds/new", data=ASKED)
    assert sent.status_code == 303, text_of(sent)
    (row,) = scene.rows(Round)
    scene.round = row.id
    return f"/rounds/{show('round', row.id)}"


def test_announced_page_says_price_period_and_rules(browser, scene, announced_round):
    listing = show("listing", LISTING)
    for prefix in ("", "/en"):
        for client in (browser(), browser("officer"), browser("buyer")):
            said = text_of(client.get(prefix + announced_round))
            assert "800,000" in said
            assert "具备量产能力" in said
    assert "10个工作日" in text_of(browser().get(announced_round))
    assert "10 working days" in text_of(browser().get("/en" + announced_round))
    shown = browser().get(f"/results/{listing}").text
    (posting,) = re.findall(r"/postings/pst_[0-9a-f]{32}", shown)
    for path in (posting, f"{posting}/take"):
        answer = browser("buyer").get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, announced_round)


def test_what_is_wrong_is_said_beside_the_field(browser, scene):
    path = f"/results/{show('listing', LISTING)}/rounds/new"
    assert "散热膜" in text_of(browser("officer").get(path))
    for wrong in ({"lump_sum": ""}, {"days": "9"}, {"days": "x"}, {"extension_days": "1"}):
        assert browser("officer").post(path, data=ASKED | wrong).status_code == 422
    assert scene.rows(Round) == []


def test_from_registration_to_the_opened_quotes(browser, scene, announced_round):
    officer, buyer, rival = browser("officer"), browser("buyer"), browser("stranger")
    market = browser("approver")
    assert buyer.get(f"{announced_round}/register").status_code == 200
    silent = buyer.post(f"{announced_round}/register", data={"organisation": "firm"})
    assert silent.status_code == 422
    for client, firm in ((buyer, "firm"), (rival, "rival")):
        data = {"organisation": firm, "confirmed": "y"}
        assert client.post(f"{announced_round}/register", data=data).status_code == 303
    desk = text_of(officer.get(f"{announced_round}/desk"))
    assert "firm甲" in desk
    assert "rival甲" in desk
    for row in scene.rows(Registration):
        data = {"registration": row.id, "outcome": "qualify"}
        assert officer.post(f"{announced_round}/desk", data=data).status_code == 303
    for client, slot in ((officer, "office"), (market, "second")):
        assert client.get(f"{announced_round}/key").status_code == 200
        data = {"slot": slot, "public_key": public_of(KEYS[slot])}
        assert client.post(f"{announced_round}/key", data=data).status_code == 303
    scene.pass_deadline()
    scene.run(SYSTEM, prove)
    ids = {row.organisation: row.id for row in scene.rows(Registration)}
    for client, firm, minor in ((buyer, "firm", FLOOR + 5), (rival, "rival", FLOOR + 9)):
        page = client.get(f"{announced_round}/quote").text
        assert f'data-registration="{ids[firm]}"' in page
        assert f'data-office="{public_of(KEYS["office"])}"' in page
        sealed, box = scene.sealed(ids[firm], minor)
        data = {"registration": ids[firm], "commitment": sealed, "box": box}
        assert client.post(f"{announced_round}/quote", data=data).status_code == 303
        assert sealed in client.get(announced_round).text
        assert sealed not in browser().get(announced_round).text
    assert browser().get(f"{announced_round}/opening.json").status_code == 404
    scene.pass_deadline()
    scene.run(SYSTEM, prove)
    assert all(one.commitment in browser().get(announced_round).text for one in scene.rows(Quote))
    for client, slot in ((market, "second"), (officer, "office")):
        assert client.get(f"{announced_round}/open").status_code == 200
        wrong = client.post(f"{announced_round}/open", data={"private_key": "no"})
        assert wrong.status_code == 422
        data = {"private_key": f" {KEYS[slot].upper()}\n"}
        assert client.post(f"{announced_round}/open", data=data).status_code == 303
    for client in (browser(), buyer, officer):
        assert "rival甲" in text_of(client.get(announced_round))
        assert "firm甲" not in text_of(browser().get(announced_round))
    replay(json.loads(browser().get(f"{announced_round}/opening.json").text))


def replay(told: dict, price: int = FLOOR + 9) -> None:
    """With nothing but the published transcript: every commitment and the winner again."""
    office, second = (told["keys"][slot]["private"] for slot in ("office", "second"))
    best = 0
    for quote in told["quotes"]:
        place = Place(told["round"], quote["registration"])
        secret = open_box(quote["box"], quote["commitment"], place, office, second)
        assert secret is not None
        assert (secret.minor, secret.nonce) == (quote["amount"], quote["nonce"])
        assert commitment(place, secret) == quote["commitment"]
        best = max(best, secret.minor)
    assert told["price"] == best == price


def test_rejected_withdrawn_and_strangers(browser, scene, announced_round):
    officer, buyer, rival = browser("officer"), browser("buyer"), browser("stranger")
    for client, firm in ((buyer, "firm"), (rival, "rival")):
        client.post(f"{announced_round}/register", data={"organisation": firm, "confirmed": "y"})
    ids = {row.organisation: row.id for row in scene.rows(Registration)}
    data = {
        "registration": ids["firm"],
        "outcome": "reject",
        "reason": "papers",
        "note": "缺执照。",
    }
    again = officer.post(f"{announced_round}/desk", data=data | {"reason": ""})
    assert again.status_code == 422
    assert again.text.count('value="缺执照。"') == 1
    assert officer.post(f"{announced_round}/desk", data=data).status_code == 303
    assert "缺执照。" in text_of(buyer.get(announced_round))
    assert "缺执照。" not in text_of(rival.get(announced_round))
    for client in (buyer, rival, browser("scholar")):
        assert client.get(f"{announced_round}/desk").status_code == 404
        for door in ("key", "open"):
            assert client.get(f"{announced_round}/{door}").status_code == 404
        assert client.post(f"{announced_round}/withdraw").status_code == 403
    assert rival.get(f"{announced_round}/quote").status_code == 404
    assert rival.post(f"{announced_round}/leave").status_code == 303
    assert rival.post(f"{announced_round}/leave").status_code == 404
    assert officer.post(f"{announced_round}/withdraw").status_code == 303
    assert "撤回" in text_of(browser().get(announced_round))


def test_who_registered_and_how_many_is_not_to_be_seen(browser, scene, announced_round):
    """Two worlds: nobody and two parties look the same to everybody without a part in it."""
    watchers = (None, "scholar")
    before = {who: browser(who).get(announced_round).text for who in watchers}
    for one in (scene.register(), scene.register(scene.stage.stranger, "rival")):
        scene.qualify(one)
    scene.keys()
    firm = next(row.id for row in scene.rows(Registration) if row.organisation == "firm")
    scene.quote(scene.stage.buyer, firm, FLOOR + 1)
    for who in watchers:
        assert masked(browser(who).get(announced_round).text) == masked(before[who])


def masked(page: str) -> str:
    return re.sub(r'value="[^"]*csrf[^"]*"|name="csrf_token" value="[^"]*"', "", page)

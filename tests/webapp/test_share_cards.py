"""Pictures of shared links: PNG of the sizes that the pages promise, of what strangers may read."""

from __future__ import annotations

import re
import struct
from dataclasses import replace

import pytest

from core import typesetting
from core.actor import SYSTEM
from core.ids import show
from listings.actions.draft_need import draft_need
from listings.actions.post_need import post_need
from listings.actions.withdraw_listing import withdraw_listing
from listings.inputs import NeedInput
from reporting import share_cards
from reporting.share_cards import ShareCard
from tests.api.conftest import seat
from tests.listings.conftest import FIRM, IDS, INSTITUTE
from tests.webapp.clients import app, client, market, people, shown
from tests.webapp.desks import signed_in
from webapp.views.public import cards

__all__ = ["app", "client", "market", "people", "shown"]
NAMES = ("card.png", "card-square.png")
ASKED = NeedInput(language="zh", title="车载控制器的低热阻散热方案", summary="热阻减半。")
CARD = ShareCard(
    language="zh", kind="专利", title="散热膜", lead="", owner="某大学", facts=("TRL 6",),
    market="桥易", address="localhost", mark="<svg xmlns='http://www.w3.org/2000/svg'/>",
    square=True,
)  # fmt: skip


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.fixture(autouse=True)
def kept(monkeypatch, runtime):
    """The folder of pictures, empty."""
    monkeypatch.setattr(cards, "DRAWN_A_MINUTE", 1000)
    folder = runtime.settings.data_dir / "cards"
    for picture in folder.glob("*"):
        picture.unlink()
    return folder


def entered(app, executor, who: str):
    executor.run(SYSTEM, seat)
    return signed_in(app, executor, IDS[who])


@pytest.fixture
def place(executor, people, shown):
    """The address of each kind of page that has a picture."""
    need = executor.run(people.buyer, post_need, FIRM, ASKED).ref
    return {
        "result": f"/results/{show('listing', shown)}",
        "need": f"/needs/{show('need', need)}",
        "institute": f"/organisations/{show('organisation', INSTITUTE)}",
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("kind", ["result", "need", "institute"])
def test_a_page_names_pictures_of_the_sizes_that_they_have(client, place, kind, prefix):
    page = client.get(prefix + place[kind]).text
    named = re.findall(r'<meta property="og:image" content="http://localhost:8000([^"]+)">', page)
    told = re.findall(r'og:image:width" content="(\d+)".*?height" content="(\d+)"', page)
    assert named == [f"{prefix}{place[kind]}/{name}" for name in NAMES]
    for address, sizes in zip(named, told, strict=True):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert size(answer.data) == tuple(map(int, sizes))
    assert 'name="twitter:card" content="summary_large_image"' in page
    assert f'itemprop="image" content="http://localhost:8000{named[1]}"' in page
    assert page.count("og:image:alt") == 2


def test_each_language_and_each_shape_is_a_picture_of_its_own(client, place):
    seen = {client.get(p + place["result"] + f"/{n}").data for p in ("", "/en") for n in NAMES}
    assert len(seen) == 4


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "withdrawn"])
def test_what_strangers_do_not_see_has_no_picture_for_anybody(app, market, executor, people, state):
    if state == "withdrawn":
        listing = market.published()
        executor.run(people.officer, withdraw_listing, listing, "sold")
    else:
        listing = getattr(market, state)()
    at = f"/results/{show('listing', listing)}"
    office = entered(app, executor, "officer")
    assert office.get(at).status_code == 200
    assert "og:image" not in office.get(at).text
    assert {office.get(f"{at}/{name}").status_code for name in NAMES} == {404}


@pytest.mark.parametrize("how", ["confidential", "draft"])
def test_a_need_that_is_not_public_has_none(app, executor, people, how):
    asked = replace(ASKED, confidential=how == "confidential")
    need = executor.run(people.buyer, draft_need if how == "draft" else post_need, FIRM, asked).ref
    at, own = f"/needs/{show('need', need)}", entered(app, executor, "buyer")
    assert own.get(at).status_code == 200
    assert "og:image" not in own.get(at).text
    assert {own.get(f"{at}/{name}").status_code for name in NAMES} == {404}


def test_the_picture_of_an_anonymous_need_does_not_say_whose_it_is(
    app, executor, people, monkeypatch
):
    told = []
    monkeypatch.setattr(share_cards, "draw", lambda _folder, card: told.append(card) or b"png")
    need = executor.run(people.buyer, post_need, FIRM, replace(ASKED, anonymous=True)).ref
    assert (
        signed_in(app, executor, IDS["buyer"]).get(f"/needs/{show('need', need)}/card.png").data
        == b"png"
    )
    assert [card.owner for card in told] == ["匿名发布"]


def test_what_was_drawn_is_not_drawn_again(client, place, monkeypatch):
    first = client.get(f"{place['result']}/card.png")
    monkeypatch.setattr(typesetting, "png", None)
    again = client.get(f"{place['result']}/card.png")
    assert again.data == first.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{place['result']}/card.png", headers=known).status_code == 304


def test_an_address_that_wants_many_new_pictures_waits(client, place, monkeypatch):
    monkeypatch.setattr(cards, "DRAWN_A_MINUTE", 1)
    asked = [client.get(f"{place['result']}/{name}").status_code for name in (*NAMES, NAMES[0])]
    assert asked == [200, 429, 200]


def test_one_picture_is_drawn_at_a_time(client, place, monkeypatch):
    monkeypatch.setattr(share_cards, "PATIENCE", 0.01)
    with share_cards._DRAWING:
        answer = client.get(f"{place['result']}/card.png")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)


def test_the_folder_keeps_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr(share_cards, "MOST", 2)
    drawn = [replace(CARD, title=f"散热膜{number}") for number in range(3)]
    for card in drawn:
        share_cards.draw(tmp_path, card)
    assert [share_cards.kept(tmp_path, card) is not None for card in drawn] == [False, True, True]


@pytest.mark.parametrize("square", [True, False])
def test_the_longest_words_are_cut_to_the_picture(tmp_path, square):
    card = replace(CARD, title="很长的题目" * 60, lead="x" * 900, owner="大学" * 99, square=square)
    assert size(share_cards.draw(tmp_path, card)) == ((300, 300) if square else (1200, 630))


def test_a_machine_without_chinese_letters_names_no_picture(client, place, monkeypatch):
    monkeypatch.setattr("webapp.presenters.showing.fonts", tuple)
    assert "og:image" not in client.get(place["result"]).text

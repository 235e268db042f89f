"""Public pages over a real market: found, read, shared, printed, fed to machines."""

import html
import json
import re
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from accounts.models import Person
from accounts.sign_on.models import LinkedIdentity
from core.actor import SYSTEM
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import Asset, Contributor, ShareVisit
from search import indexer
from search.queries import SearchRequest
from tests.listings.conftest import INSTITUTE
from tests.webapp.clients import app, client, count_queries, market, people, shown
from webapp.presenters import searching

ATOM = "{http://www.w3.org/2005/Atom}"


def result(listing):
    return f"/results/{show('listing', listing)}"


def test_home_shows_what_is_new_and_counts_it(client, shown):
    page = client.get("/").text
    assert "石墨烯-铜复合散热膜的低温连续制备" in page
    assert f'href="{result(shown)}"' in page
    english = client.get("/en/").text
    assert "Low-temperature roll-to-roll graphene-copper heat spreader" in english
    assert f'href="/en{result(shown)}"' in english


def test_an_empty_market_says_so(client, runtime):
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    assert "还没有发布的内容" in client.get("/").text
    assert client.get("/search").status_code == 200
    assert client.get("/notices").status_code == 200


@pytest.mark.parametrize("text", ["控制器", "graphene", "平板电脑"])
def test_search_finds_words_of_either_language(client, shown, text):
    page = client.get("/search", query_string={"q": text}).text
    assert f'href="{result(shown)}"' in page


def test_beyond_the_numbered_pages_a_walk_goes_on(
    client, runtime, shown, market, drain, monkeypatch
):
    monkeypatch.setattr(searching, "LAST", 1)
    monkeypatch.setattr(searching, "SIZE", 1)
    for _ in range(2):
        market.published(registration=None)
    drain()
    met, address = [], "/search?q=石墨烯"
    while address:
        page = client.get(address).text
        met += re.findall(r'<h3[^>]*>\s*<a[^>]*href="(/results/[^"?#]+)"', page)
        following = re.search(r'rel="next" href="([^"]*after=[^"]+)"', page)
        address = following and "/search" + html.unescape(following[1])
    assert len(met) == len(set(met)) == 3
    gone = client.get("/search?q=石墨烯&after=bm9uc2Vuc2U")
    assert gone.status_code == 410
    assert "第一页" in gone.text or "重新" in gone.text


def test_a_patent_number_goes_straight_to_its_page(client, shown):
    answer = client.get("/search", query_string={"q": "ZL202310482617.0"})
    assert (answer.status_code, answer.headers["Location"]) == (302, result(shown))


def test_a_partial_answer_is_the_results_only(client, shown):
    whole = client.get("/search?way=exclusive")
    part = client.get("/search?way=exclusive", headers={"HX-Request": "true"})
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert 'id="results"' in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_filters_are_chips_that_can_be_taken_away(client, shown):
    page = client.get("/en/search?way=exclusive&trl_from=6").text
    assert 'class="chip" href="?way=exclusive"' in page
    assert 'class="chip" href="?trl_from=6"' in page
    assert 'value="exclusive" checked' in page


def test_nothing_found_says_what_was_tried(client, shown):
    page = client.get("/en/search?q=zzqqxx&way=exclusive").text
    assert "zzqqxx" in page
    assert "Any Way" in page
    assert "/en/workbench/needs/new" in page


def test_words_of_a_visitor_are_never_markup(client, shown):
    page = client.get("/search", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_a_result_page_tells_all_that_is_public(client, shown):
    page = client.get(result(shown)).text
    for text in ("石墨烯", "TRL", "202310482617.0", "¥2,400,000", "周砚秋", "0571-0000 0217"):
        assert text in page
    assert "陆闻笛" in page


def test_a_result_describes_itself_to_machines(client, shown):
    page = client.get(f"/en{result(shown)}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(found[1])
    assert data["@type"] == "Product"
    assert data["offers"][0]["price"] == "2400000.00"
    assert data["isBasedOn"][0]["identifier"] == "CN202310482617.0"
    assert data["url"] == f"http://localhost:8000/en{result(shown)}"
    assert 'property="og:title"' in page


@pytest.mark.parametrize("part", ["", "/sheet", "/poster"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_form_of_a_result_is_drawn(client, shown, part, prefix):
    answer = client.get(f"{prefix}{result(shown)}{part}")
    assert answer.status_code == 200
    assert "TRL" in answer.text


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_what_is_not_published_does_not_exist_for_strangers(client, market, state):
    listing = getattr(market, state)()
    for part in ("", "/sheet", "/poster", "/card.png", "/card-square.png", f"/files/{'0' * 64}"):
        assert client.get(result(listing) + part).status_code == 404


@pytest.mark.parametrize("shown_id", ["x", "lst_zz", f"ned_{'0' * 32}", f"lst_{'0' * 32}"])
def test_a_wrong_id_is_a_missing_page(client, runtime, shown_id):
    assert client.get(f"/results/{shown_id}").status_code == 404
    assert client.get(f"/organisations/{shown_id}").status_code == 404
    assert client.get(f"/notices/{shown_id}").status_code == 404


def test_the_institutes_page_lists_what_it_offers(client, shown):
    page = client.get(f"/organisations/{show('organisation', INSTITUTE)}").text
    assert "institute 1" in page
    assert f'href="{result(shown)}"' in page


def test_a_shared_link_records_who_came(client, shown, database):
    answer = client.post(f"{result(shown)}/share")
    code = re.search(r"shared=(\w+)", answer.headers["Location"])[1]
    assert f"/s/{code}" in client.get(answer.headers["Location"]).text
    for _reload in range(2):
        followed = client.get(f"/en/s/{code}")
        assert followed.headers["Location"] == f"/en{result(shown)}"
    with database.read() as session:
        visits = session.scalars(select(ShareVisit)).all()
    assert [visit.code for visit in visits] == [code]
    assert "127.0.0.1" not in (visits[0].visitor or "")
    assert client.get("/s/nothere").status_code == 404


def test_the_feed_of_a_search_is_atom(client, shown):
    answer = client.get("/en/search.atom?way=exclusive")
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert answer.mimetype == "application/atom+xml"
    assert [e.find(f"{ATOM}link").get("href") for e in entries] == [
        f"http://localhost:8000/en{result(shown)}"
    ]
    assert entries[0].find(f"{ATOM}id").text.startswith("tag:")
    again = client.get(
        "/en/search.atom?way=exclusive", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_sitemap_names_public_pages_only(client, shown, market):
    hidden = market.draft(registration=None)
    index = client.get("/sitemap.xml").text
    assert "/sitemap-1.xml" in index
    body = client.get("/sitemap-1.xml").text
    ElementTree.fromstring(body)
    assert f"http://localhost:8000{result(shown)}<" in body
    assert f"http://localhost:8000/en{result(shown)}<" in body
    assert hidden not in body
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").text


def test_suggestions_are_plain_words(client, shown):
    answer = client.get("/search/suggest", query_string={"q": "石墨"})
    assert answer.is_json
    assert all(isinstance(word, str) for word in answer.json)
    assert client.get("/search/suggest?q=").json == []


def test_search_pages_ask_the_database_once_whatever_they_show(app, runtime, shown, count_queries):
    """Hits come from the index; the database tells the day, the institutes' names, and every two
    seconds, in six questions, what stands above every page."""
    found = runtime.search.search(SearchRequest(kinds=("listing",)))
    assert found.total == 1
    assert count_queries(lambda _session: app.test_client().get("/search")) <= 2 + 6


__all__ = ["app", "client", "count_queries", "market", "people", "shown"]


ORCIDS = ("0000-0002-1825-0097", "0000-0001-5109-3700")


def test_an_orcid_stands_beside_a_contributor_who_confirmed(client, runtime, shown):
    """Whoever links an iD and has not confirmed their part is not named by it."""
    with runtime.database.read() as session:
        authors = session.scalars(select(Person.id).order_by(Person.id).limit(2)).all()
        asset = session.scalars(select(Contributor.asset)).first()
    runtime.executor.run(SYSTEM, _name, asset, authors)
    for person, orcid in zip(authors, ORCIDS, strict=True):
        runtime.executor.run(SYSTEM, _link, person, orcid)
    page = client.get(result(shown)).text
    assert re.findall(r"https://orcid.org/([0-9X-]{19})", page) == [ORCIDS[0]]


def _name(uow: UnitOfWork, asset: str, people: list[str]) -> Done:
    """The first of them has confirmed, the second one has not."""
    at = uow.lock(Asset, asset)
    for place, person in enumerate(people):
        confirmed = None if place else at.now
        at.add(
            Contributor(
                asset=asset, position=80 + place, name="某人", person=person, confirmed_at=confirmed
            )
        )
    at.record("edited")
    return Done(asset)


def _link(uow: UnitOfWork, person: str, orcid: str) -> Done:
    at = uow.lock(Person, person)
    issuer, now = "https://orcid.org", at.now
    at.add(
        LinkedIdentity(
            person=person, issuer=issuer, subject=orcid, orcid=True, made_at=now, linked_at=now
        )
    )
    at.record("identity_linked")
    return Done(person)

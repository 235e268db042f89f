"""The operator tries a question: what was read, what was looked up, who answered what."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest

from core.models import IndexState
from search import indexer
from search.embedded import EmbeddedEngine
from webapp.factory import create_app

PLACE = "/en/operator/search"
QUESTION = "?q=" + quote("浙江 电池散热")


def page(client, query=""):
    answer = client.get(PLACE + query)
    assert answer.status_code == 200
    return unescape(answer.text)


def reindex_beside(app):
    with app.app_context():
        return app.test_cli_runner().invoke(args=["search", "reindex", "--beside"])


@pytest.fixture(scope="module")
def compared(sample_market, tmp_path_factory):
    """The market with a second engine; the embedded one stands where Elasticsearch would."""
    beside = EmbeddedEngine(tmp_path_factory.mktemp("beside"))
    settings = sample_market.settings.model_copy(
        update={"elasticsearch_url": "http://localhost:1", "search_beside": True}
    )
    made = create_app(replace(sample_market, settings=settings, beside=beside))
    made.config.update(WTF_CSRF_ENABLED=False, TESTING=True)
    yield made
    beside.close()


@pytest.fixture
def overseer(compared, client_of):
    """The auditor, at the market of two engines."""
    mine = client_of("auditor")
    client = compared.test_client()
    client.set_cookie("market", mine.get_cookie("market").value)
    return client


def test_a_question_is_taken_apart(client_of):
    text = page(client_of("operator"), QUESTION)
    assert "Zhejiang" in text
    assert "电池 · 散热" in text
    assert re.search(r"\d+ terms are looked up", text)
    assert "the other language" in text
    assert "battery" in text
    assert "This market has one engine" in text
    counted = re.compile(r"Embedded engine</h3>\s*<p[^>]*>\s*\d+ results?\s+·\s+\d+\.\d\s+ms")
    assert counted.search(text)


def test_words_and_languages_can_be_held_to_what_was_written(client_of):
    alone = page(client_of("operator"), QUESTION + "&bridge=0&literal=*")
    assert "the other language</td>" not in alone
    assert "浙江" in alone[alone.index("Words after analysis") :]


def test_needs_are_tried_apart_from_offers(client_of):
    client = client_of("operator")
    offers, needs = page(client, "?q=水"), page(client, "?q=水&of=need")
    assert "/en/results/lst_" in offers
    assert "/en/needs/ned_" not in offers
    assert "/en/needs/ned_" in needs
    assert "/en/results/lst_" not in needs


def test_two_engines_answer_beside_each_other(overseer, compared):
    empty = page(overseer, QUESTION)
    assert "0 of the first" in empty
    assert "It was never filled." in empty
    said = reindex_beside(compared)
    assert said.exit_code == 0, said.output
    full = page(overseer, QUESTION)
    common, shown = re.search(r"(\d+) of the first (\d+) are the same", full).groups()
    assert common == shown != "0"
    assert full.count('class="tb rows ranks"') == 2


def test_one_engine_that_is_away_is_said_and_the_other_answers(sample_market, client_of, tmp_path):
    folder = tmp_path / "gone"
    gone = EmbeddedEngine(folder)
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")
    settings = sample_market.settings.model_copy(update={"elasticsearch_url": "http://localhost:1"})
    made = create_app(replace(sample_market, settings=settings, beside=gone))
    made.config.update(TESTING=True)
    client = made.test_client()
    client.set_cookie("market", client_of("auditor").get_cookie("market").value)
    text = page(client, QUESTION)
    assert "It does not answer." in text
    assert "does not answer</span>" in text
    assert 'class="tb rows ranks"' in text


def test_a_second_engine_is_only_built_where_it_was_asked_for(sample_app):
    said = reindex_beside(sample_app)
    assert said.exit_code == 1
    assert "QIAOYI_SEARCH_BESIDE" in said.output


def test_what_the_index_lacks_is_counted(sample_market, client_of):
    with sample_market.database.write() as session:
        now = sample_market.database.now(session)
        session.add(IndexState(kind="nothing", id="0" * 32, not_before=now))
        session.commit()
    text = page(client_of("operator"))
    lacks = text[text.index("Changes the index lacks") :]
    assert ">1</" in lacks[:400].replace("</svg>", ">")
    with sample_market.database.read() as session:
        assert indexer.lag(session) == 1


def test_who_does_not_oversee_finds_nothing(client_of):
    assert client_of("tto_officer").get(PLACE).status_code == 404
    assert client_of(None).get(PLACE).status_code == 302


def test_questions_that_found_nothing_are_counted_without_their_asker(client_of):
    visitor, operator = client_of(None), client_of("operator")
    for question in ("Zzqqxx", "zzqqxx", "zzqqxx&way=exclusive", "lu.zzqqxx@linpu.example"):
        assert visitor.get(f"/en/search?q={question}").status_code == 200
    assert client_of("firm_member").get("/needs?q=zzqqxx").status_code == 200
    text = page(operator)
    vain = text[text.index("Questions that found nothing</h2>") :]
    assert re.search(r"<td>zzqqxx</td><td class=\"n\"[^>]*>3</td>", vain)
    assert "@linpu" not in vain
    assert "/en/operator/search?q=zzqqxx" in vain
    assert "for 90 days, without who asked" in visitor.get("/en/privacy").text


def test_a_market_that_does_not_count_says_so(sample_market, client_of):
    settings = sample_market.settings.model_copy(update={"unanswered_days": 0})
    made = create_app(replace(sample_market, settings=settings))
    made.config.update(TESTING=True)
    client = made.test_client()
    assert client.get("/en/search?q=xxqqzz").status_code == 200
    assert "without who asked" not in client.get("/en/privacy").text
    client.set_cookie("market", client_of("auditor").get_cookie("market").value)
    assert "QIAOYI_UNANSWERED_DAYS is 0" in page(client)
    assert "xxqqzz" not in page(client_of("operator"))

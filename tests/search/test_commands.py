"""`flask search`: beside other processes on the same index, as a visitor, and without an engine."""

import json
import re
import shutil
from dataclasses import replace

import pytest

from search.elastic import ElasticEngine
from search.elastic_client import Cluster
from search.embedded import EmbeddedEngine
from search.generations import FileLock
from tests.search.made import document, entry
from webapp.factory import create_app


def said_by(app, *words):
    with app.app_context():
        return app.test_cli_runner().invoke(args=["search", *words])


@pytest.fixture
def reindex(sample_app):
    return lambda: said_by(sample_app, "reindex")


def test_a_market_that_writes_to_the_index_does_not_stop_a_reindex(reindex, sample_market):
    folder = sample_market.settings.data_dir / "index"
    sample_market.search.close()
    serving = EmbeddedEngine(folder)
    serving.write([entry(document("stray", "一种阀门"))])
    said = reindex()
    assert said.exit_code == 0, said.output
    assert serving.write([entry(document("stray", "一种阀门"), 2)]) == [2]
    assert serving.count() > 20
    serving.close()
    assert reindex().exit_code == 0


def test_a_reindex_waits_its_turn_behind_another(reindex, sample_market):
    folder = sample_market.settings.data_dir / "index"
    with FileLock(folder / "rebuild.lock")(0):
        said = reindex()
    assert said.exit_code == 1
    assert "The index is being rebuilt at this moment" in said.output
    assert reindex().exit_code == 0


@pytest.mark.parametrize("text", ["散热", "浙江 TRL 4+", "散热 独占许可", "500万以下"])
@pytest.mark.parametrize(("place", "more"), [("/search", ()), ("/needs", ("--needs",))])
def test_a_query_finds_what_the_page_finds(sample_app, client_of, text, place, more):
    said = said_by(sample_app, "query", text, "--json", "--limit", "20", *more)
    assert said.exit_code == 0, said.output
    found = json.loads(said.output)
    page = client_of().get("/en" + place, query_string={"q": text}).text
    shown = re.search(r'id="found"[^>]*>(One|[\d,]+) results?<', page)
    assert found["total"] == int(shown[1].replace("One", "1"))
    assert {hit["kind"] for hit in found["hits"]} <= {"need" if more else "listing"}


def test_a_query_says_what_it_took_for_conditions(sample_app):
    said = said_by(sample_app, "query", "石墨烯 浙江 TRL 6+")
    assert said.exit_code == 0, said.output
    assert "Understood as conditions: 浙江, TRL 6+" in said.output
    found = json.loads(said_by(sample_app, "query", "石墨烯 浙江 TRL 6+", "--json").output)
    assert found["understood"]["words"] == "石墨烯"
    assert found["understood"]["ranges"] == {"trl": [6, None]}


@pytest.mark.parametrize("words", [("query", "散热"), ("check",)])
def test_an_engine_that_is_away_is_a_sentence(sample_market, tmp_path, words):
    engine = EmbeddedEngine(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").write_text("no folder", encoding="utf-8")
    said = said_by(create_app(replace(sample_market, search=engine)), *words)
    assert said.exit_code == 1
    assert said.output.startswith("Error: Search does not answer: ")


def test_a_reindex_without_a_server_is_a_sentence(sample_market):
    away = ElasticEngine(Cluster(("http://127.0.0.1:9",), index="away"))
    said = said_by(create_app(replace(sample_market, search=away)), "reindex")
    away.close()
    assert said.exit_code == 1
    assert "Search does not answer: http://127.0.0.1:9 cannot be reached." in said.output

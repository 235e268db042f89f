"""The operator's own terms: read from a file, kept, found by, taken away."""

import pytest
from sqlalchemy import select

from core.models import Audit
from search import own_terms
from search.own_terms import NO_COLUMNS, NOT_BOTH, NOT_TWO, TOO_LONG, Given, given
from search.queries import SearchRequest


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"zh": "电瓶", "en": "storage battery"}, Given("pair", "电瓶", "storage battery")),
        ({"中文": " 电瓶 ", "英文": "battery", "领域": "能源"}, Given("pair", "电瓶", "battery")),
        ({"Chinese": "3D打印", "English": "3D printing"}, Given("pair", "3D打印", "3D printing")),
        ({"词": "电瓶", "同义词": "蓄电池"}, Given("synonym", "电瓶", "蓄电池")),
        (
            {"word": "AI", "synonym": "artificial intelligence"},
            Given("synonym", "AI", "artificial intelligence"),
        ),
        ({"zh": "", "en": " "}, None),
        ({"a": "电瓶", "b": "battery"}, NO_COLUMNS),
        ({"zh": "battery", "en": "电瓶"}, NOT_BOTH),
        ({"zh": "电瓶", "en": ""}, NOT_BOTH),
        ({"zh": "电瓶", "en": "the of"}, NOT_BOTH),
        ({"word": "Battery", "synonym": "batteries"}, NOT_TWO),
        ({"zh": "电" * 13, "en": "battery"}, TOO_LONG),
        ({"zh": "电瓶", "en": "a battery made by six quick brown men"}, TOO_LONG),
    ],
)
def test_a_row_is_a_term_or_a_sentence(fields, said):
    assert given(fields) == said


@pytest.fixture
def command(sample_app, monkeypatch):
    monkeypatch.setattr(own_terms, "_LOOKED_AT", 0.0)
    runner = sample_app.test_cli_runner()

    def run(*args):
        with sample_app.app_context():
            return runner.invoke(args=["search", "terms", *map(str, args)])

    yield run
    run("clear", "--yes")


def test_terms_are_imported_found_by_listed_and_cleared(command, sample_market, tmp_path):
    (tmp_path / "pairs.csv").write_text("zh,en\n鹊桥器,graphene\n电瓶,battery\n", encoding="utf-8")
    (tmp_path / "words.tsv").write_text("word\tsynonym\n乌金纸\t石墨烯\n", encoding="utf-8")

    def bridged(text):
        page = sample_market.search.search(SearchRequest(text))
        return [(one.word, [(g.text, g.source) for g in one.glosses]) for one in page.bridged]

    before = sample_market.search.search(SearchRequest("乌金纸", match="any")).total
    assert command("import", tmp_path / "pairs.csv").exit_code == 0
    said = command("import", tmp_path / "words.tsv")
    assert "has 3 of its own now" in said.output
    assert bridged("乌金纸") == [("乌金纸", [("石墨烯", "synonym")])]
    assert sample_market.search.search(SearchRequest("乌金纸")).total > before
    assert command("list").output.splitlines() == [
        "zh\ten",
        "鹊桥器\tgraphene",
        "电瓶\tbattery",
        "word\tsynonym",
        "乌金纸\t石墨烯",
    ]
    said = command("import", "--replace", tmp_path / "words.tsv")
    assert "has 1 of its own now" in said.output
    assert command("clear", "--yes").exit_code == 0
    assert bridged("乌金纸") == []
    with sample_market.database.read() as session:
        bodies = session.scalars(
            select(Audit.body).where(Audit.stream == "vocabulary:market")
        ).all()
    assert len(bodies) == 4


def test_one_wrong_row_and_nothing_is_taken(command, tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("zh,en\n电瓶,battery\nbattery,电瓶\n", encoding="utf-8")
    said = command("import", path)
    assert said.exit_code == 1
    assert "row 3: a pair needs Chinese" in said.output
    assert "nothing was changed" in said.output
    assert "no terms of its own" in command("list").output

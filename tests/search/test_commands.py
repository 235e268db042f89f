"""`flask search reindex` beside other processes on the same index."""

import pytest

from search.embedded import EmbeddedEngine
from search.generations import FileLock
from tests.search.made import document, entry


@pytest.fixture
def reindex(sample_app):
    runner = sample_app.test_cli_runner()

    def run():
        with sample_app.app_context():
            return runner.invoke(args=["search", "reindex"])

    return run


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

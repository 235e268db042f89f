"""The measures, against values worked out by hand."""

import math
import os
from pathlib import Path

import pytest

from benchmarks.search.needs import compare
from search.embedded import EmbeddedEngine
from search.evaluate import Figures, average_precision, evaluate, measure, ndcg, recall, trec_lines

RELEVANCE = (
    Path(
        os.environ.get(
            "QIAOYI_SHARED_DATA", Path(__file__).resolve().parents[2].parent / "shared" / "data"
        )
    )
    / "relevance"
)


def test_ndcg_by_hand():
    grades = {"a": 3, "b": 2, "c": 1}
    gained = 3 / math.log2(2) + 0 + 7 / math.log2(4)  # b, x, a
    ideal = 7 / math.log2(2) + 3 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(["b", "x", "a"], grades, 10) == pytest.approx(gained / ideal)
    assert ndcg(["a", "b", "c"], grades, 10) == 1
    assert ndcg(["x"] * 10 + ["a"], grades, 10) == 0


def test_average_precision_by_hand():
    assert average_precision(["a", "x", "b", "y"], {"a": 1, "b": 1, "c": 1}) == pytest.approx(
        (1 / 1 + 2 / 3) / 3
    )
    assert average_precision(["x"], {"a": 1}) == 0


def test_recall_by_hand():
    assert recall(["a", "x", "b"], {"a": 1, "b": 2, "c": 1, "d": 0}, 2) == pytest.approx(1 / 3)


def test_means_count_unanswered_questions_and_leave_out_unanswerable_ones():
    judged = {"1": {"a": 1}, "2": {"b": 1}, "3": {"c": 0}}
    figures = measure({"1": [("a", 2.0)], "3": [("c", 1.0)]}, judged)
    assert figures == Figures(questions=2, ndcg10=0.5, map=0.5, recall100=0.5)


def test_a_run_is_written_as_trec_reads_it():
    assert list(trec_lines({"q": [("p1", 9.0), ("p2", 9.0)]})) == [
        "q Q0 p1 1 1.000000 qiaoyi\n",
        "q Q0 p2 2 0.500000 qiaoyi\n",
    ]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "passages.tsv").write_text(
        "pid\ttitle\ttext\np1\t水泵\t离心\u2028式水泵说明\n"
        "p2\t阀门\t蝶形阀门说明\np3\t\tA brine pump\n",
        encoding="utf-8",
    )
    (tmp_path / "queries.tsv").write_text("qid\ttext\n1\t水泵\n2\tpumps\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text(
        "qid\titer\tpid\trel\n1\t0\tp1\t1\n2\t0\tp3\t2\n", encoding="utf-8"
    )
    return tmp_path


def test_a_folder_is_indexed_asked_and_measured(folder):
    run = folder / "run.trec"
    figures = evaluate(folder, run)
    assert (figures.questions, figures.ndcg10, figures.map, figures.recall100) == (2, 1, 1, 1)
    assert run.read_text() == "1 Q0 p1 1 1.000000 qiaoyi\n2 Q0 p3 1 1.000000 qiaoyi\n"


def test_a_folder_of_another_layout_is_refused(folder):
    (folder / "queries.tsv").write_text("qid\ttext\n1\tone\ttoo many\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        evaluate(folder)


@pytest.mark.skipif(not RELEVANCE.is_dir(), reason="the shared judged sets are not on this machine")
@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("cranfield", 0.344),
        ("cisi", 0.352),
        ("csl-topic", 0.428),
        ("csl-title", 0.97),
        ("patent-titles-zh-zh", 0.178),
        ("patent-titles-en-zh", 0.14),
    ],
)
def test_no_set_falls_below_plain_bm25(name, floor):
    assert evaluate(RELEVANCE / name).ndcg10 >= floor


@pytest.mark.skipif(not RELEVANCE.is_dir(), reason="the shared offers are not on this machine")
def test_needs_in_chinese_find_english_offers_nearly_as_well_as_english_ones():
    engine = EmbeddedEngine()
    found = compare(engine, RELEVANCE.parent / "offers-nasa-t2" / "patents.jsonl")
    engine.close()
    assert found["zh"].questions >= 24
    assert found["en"].ndcg10 >= 0.75
    assert found["zh"].ndcg10 >= 0.80 * found["en"].ndcg10

"""The index on disk: killed, damaged, outdated, shared between processes."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from search import analysis, embedded
from search.embedded import EmbeddedEngine
from search.errors import IndexBusy
from search.queries import SearchRequest
from tests.search.made import document, entry, gone

HOME = Path(__file__).resolve().parents[2]

KILLS = int(os.environ.get("QIAOYI_KILLS", "20"))
ENTRIES = 1_500

REBUILDER = """
    import sys
    from pathlib import Path
    from search.embedded import EmbeddedEngine
    from tests.search.made import document, entry

    round, number = int(sys.argv[2]), int(sys.argv[3])

    def entries():
        for n in range(number):
            title = f"第 {round} 轮第 {n} 号新阀门"
            yield entry(document(f"n{n}", title, "阀门的说明。" * 40, lead=f"round{round}"), round)
            if n == 200:
                print("building", flush=True)

    EmbeddedEngine(Path(sys.argv[1])).rebuild(entries())
    print("swapped", flush=True)
"""

WRITER = """
    import sys
    from pathlib import Path
    from search.embedded import EmbeddedEngine
    from tests.search.made import document, entry

    engine = EmbeddedEngine(Path(sys.argv[1]))
    for number in range(100_000):
        batch = [entry(document(f"b{number}x{n}", f"第 {number} 批阀门")) for n in range(20)]
        engine.write(batch)
        print(number, flush=True)
"""


def start(script, folder, *more):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(folder), *map(str, more)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME)},
    )


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def found(engine, text=""):
    return {hit.document.id for hit in engine.search(SearchRequest(text, size=200)).hits}


@pytest.mark.kill
def test_killed_in_a_rebuild_the_index_is_the_old_or_the_new_one_and_never_less(tmp_path):
    EmbeddedEngine(tmp_path).rebuild([entry(document("old", "一种旧水泵"))])
    held, took, swapped = 0, 0.0, 0
    for round_ in range(1, KILLS + 2):
        process = start(REBUILDER, tmp_path, round_, ENTRIES)
        assert process.stdout.readline() == "building\n"
        began = time.monotonic()
        if not took:  # the first is left alone, to learn how long the others may be
            assert process.stdout.readline() == "swapped\n"
            took = time.monotonic() - began
        time.sleep(1.1 * took * (round_ - 1) / KILLS if round_ > 1 else 0)
        kill(process)
        again = EmbeddedEngine(tmp_path)
        assert again.health().needs_rebuild == ""
        rounds = {n for n in (held, round_) if again.search(asked(f"round{n}")).total == ENTRIES}
        assert len(rounds) == 1
        held = rounds.pop()
        swapped += held == round_
        assert again.write([entry(document("more", f"第 {round_} 种阀门"), round_)]) == [round_]
        assert again.count() == ENTRIES + 1
        again.close()
        assert len(list(tmp_path.glob("gen-*"))) <= 3
    assert 1 <= swapped <= KILLS
    last = EmbeddedEngine(tmp_path)
    last.rebuild([entry(document("new", "一种新水泵"), 3)])
    assert {"new"} <= found(last) <= {"new", "more"}
    last.close()


def asked(text):
    return SearchRequest(text, size=1, facets=(), match="all")


def test_killed_while_writing_nothing_acknowledged_is_lost_and_no_batch_is_half(tmp_path):
    EmbeddedEngine(tmp_path).rebuild([])
    for _ in range(3):
        process = start(WRITER, tmp_path)
        last = [process.stdout.readline() for _ in range(4)][-1]
        kill(process)
        engine = EmbeddedEngine(tmp_path)
        for number in range(int(last) + 1):
            assert engine.search(SearchRequest(f"第 {number} 批阀门", match="all")).total >= 20
        assert engine.count() % 20 == 0
        engine.close()


def test_a_second_process_reads_but_does_not_write(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "PATIENCE", 0.1)
    first, second = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    first.write([entry(document("a", "水泵"))])
    assert found(second) == {"a"}
    with pytest.raises(IndexBusy):
        second.write([entry(document("b", "阀门"))])
    first.write([gone("a", 2)])
    assert found(second) == set()
    first.close()
    assert second.write([entry(document("b", "阀门"))]) == [1]
    second.close()


def test_a_rebuild_by_another_process_is_taken_over_by_the_one_that_writes(tmp_path):
    serving, console = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    serving.write([entry(document("a", "水泵"))])
    console.rebuild([entry(document("a", "水泵"), 1), entry(document("b", "阀门"), 1)])
    assert found(serving) == {"a", "b"}
    assert serving.write([entry(document("c", "轴承")), gone("a", 2)]) == [1, 2]
    assert found(console) == {"b", "c"}
    assert serving.health().needs_rebuild == ""
    console.close()
    serving.close()


def test_one_rebuild_at_a_time(tmp_path):
    first, second = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)

    def entries():
        with pytest.raises(IndexBusy):
            second.rebuild([])
        yield entry(document("a", "水泵"))

    assert first.rebuild(entries()) == 1
    first.close()
    second.close()


def test_a_new_folder_says_that_it_must_be_filled(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    assert engine.health().needs_rebuild == "new"
    assert engine.search(SearchRequest("泵")).incomplete
    engine.rebuild([])
    assert engine.health().needs_rebuild == ""
    engine.close()


def test_another_analysis_asks_for_a_rebuild(tmp_path, monkeypatch):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([entry(document("a", "水泵"))])
    engine.close()
    monkeypatch.setattr(analysis, "VERSION", "later")
    later = EmbeddedEngine(tmp_path)
    assert later.health().needs_rebuild == "analysis"
    later.rebuild([entry(document("a", "水泵"))])
    assert later.health().needs_rebuild == ""
    assert found(later) == {"a"}
    later.close()


@pytest.mark.parametrize("harm", ["meta.json", "manifest.json", "*.store", "*.idx", "everything"])
def test_a_damaged_index_is_left_aside(tmp_path, harm):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([entry(document("a", "水泵"))])
    engine.close()
    folder = tmp_path / (tmp_path / "current").read_text()
    for path in folder.glob("*" if harm == "everything" else harm):
        path.write_bytes(b"\x00 not what it was")
    again = EmbeddedEngine(tmp_path)
    assert again.health().needs_rebuild == "damaged"
    again.rebuild([entry(document("a", "水泵"))])
    assert found(again) == {"a"}
    again.close()

"""The commands an operator types, run against the sample market."""

from __future__ import annotations

import json

import pytest

from migrations import running

EVERY_DATABASE = True


@pytest.fixture
def run(sample_app):
    """As `flask --app wsgi` runs it: inside an application context."""
    runner = sample_app.test_cli_runner()

    def run(*args: str):
        with sample_app.app_context():
            return runner.invoke(args=list(args))

    return run


def test_doctor_says_what_to_do(run, sample_market):
    said = run("doctor")
    assert said.exit_code == 0, said.output
    assert "The schema is up to date." in said.output
    sql(sample_market, "UPDATE alembic_version SET version_num = '0000'")
    said = run("doctor")
    sql(sample_market, f"UPDATE alembic_version SET version_num = '{running.head()}'")
    assert said.exit_code == 1
    assert "FIX   The schema is not that of this version: run `flask --app wsgi db" in said.output


def sql(market, statement: str) -> None:
    with market.database.write() as session:
        session.connection().exec_driver_sql(statement)
        session.commit()


def test_current_names_both_revisions(run):
    head = running.head()
    assert run("db", "current").output == f"at {head}, wanted {head}\n"


def test_search_from_the_command_line(run):
    said = run("search", "query", "石墨烯", "--limit", "2", "--json")
    found = json.loads(said.output)
    assert found["total"] >= 3
    assert len(found["hits"]) == 2
    lines = run("search", "query", "hydrogen").output.splitlines()
    assert lines[-1].endswith("found.")


def test_the_index_is_checked_and_built_again(run):
    assert "equal" in run("search", "check").output
    said = run("search", "reindex")
    assert said.exit_code == 0, said.output
    assert "can be found" in said.output
    assert run("search", "check").exit_code == 0


def test_a_ranking_is_measured_from_a_folder(run, tmp_path):
    (tmp_path / "passages.tsv").write_text("pid\ttitle\ttext\n1\t石墨烯\t散热膜\n2\t阀门\t密封\n")
    (tmp_path / "queries.tsv").write_text("qid\ttext\na\t石墨烯散热\n")
    (tmp_path / "qrels.tsv").write_text("qid\titer\tpid\trel\na\t0\t1\t1\n")
    out = tmp_path / "run.txt"
    said = run("search", "evaluate", str(tmp_path), "--run", str(out))
    assert "nDCG@10 1.000" in said.output
    assert out.read_text().split()[:3] == ["a", "Q0", "1"]
    empty = tmp_path / "empty"
    empty.mkdir()
    refused = run("search", "evaluate", str(empty))
    assert refused.exit_code == 1
    assert "not laid out" in refused.output


def test_the_audit_chain_is_verified_and_signed(run, sample_market):
    assert "sound" in run("audit", "verify").output
    assert run("audit", "checkpoint").exit_code == 0
    for trigger in ("audit_no_update", "audit_no_delete"):
        on = "" if sample_market.database.sqlite else " ON audit"
        sql(sample_market, f"DROP TRIGGER {trigger}{on}")
    sql(sample_market, "UPDATE audit SET body = '{}' WHERE seq = 1")
    faults = run("audit", "verify")
    assert faults.exit_code == 1
    assert "was edited" in faults.output

"""Returns and volumes: their periods, what they say, their proof; sellers verified again."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from accounts.actions.verify_again import verify_again
from accounts.models import Organisation, OrganisationMark
from core.errors import Invalid, NotFound, Outdated
from core.models import Audit
from core.versions import version_of
from governance.actions.assign_duty import assign_duty
from governance.actions.hand_in_filing import hand_in_filing
from governance.actions.make_filing import make_filing
from governance.duties import duty_facts
from governance.duty_proofs import owners, proofs
from governance.duty_rules import REVERIFY, RULES, DutyKind, Facts, Since, owed
from governance.errors import FilingHandedIn, FilingNotMade
from governance.filing_rules import FILING_RULES, FilingKind, ended_periods, named_period, period_of
from governance.filings import tax_table
from governance.volumes import write_volume
from tests.sampled import demo_person
from tests.trust.world import demo

TODAY = date(2026, 11, 23)
ALL = frozenset(RULES.values())
MONTHS = dict.fromkeys(FILING_RULES.values(), 1) | {REVERIFY: 6}


@pytest.mark.parametrize(
    ("length", "day", "name", "first", "last", "due"),
    [
        (3, date(2026, 11, 23), "2026-Q4", (2026, 10, 1), (2026, 12, 31), (2027, 1, 31)),
        (3, date(2026, 1, 1), "2026-Q1", (2026, 1, 1), (2026, 3, 31), (2026, 4, 30)),
        (6, date(2024, 6, 30), "2024-H1", (2024, 1, 1), (2024, 6, 30), (2024, 7, 31)),
        (6, date(2026, 12, 31), "2026-H2", (2026, 7, 1), (2026, 12, 31), (2027, 1, 31)),
    ],
)
def test_a_period_has_its_days_and_its_deadline(length, day, name, first, last, due):
    period = period_of(length, day)
    assert (period.name, period.first, period.last) == (name, date(*first), date(*last))
    assert period.due(1) == date(*due)


def test_only_periods_that_are_over_and_since_the_market_opened_are_owed():
    names = [one.name for one in ended_periods(3, date(2026, 5, 5), TODAY)]
    assert names == ["2026-Q3", "2026-Q2"]
    assert len(list(ended_periods(3, date(2010, 1, 1), TODAY))) == 4
    for kind, name in [
        ("tax", "2026-Q4"), ("tax", "2026-H1"), ("tax", "1999-Q1"), ("tax", "2026-Q5"),
        ("tax", "२०२६-Q1"), ("tax", ""), ("nothing", "2026-Q1"),
    ]:  # fmt: skip
        assert named_period(kind, name, TODAY) is None, (kind, name)
    assert named_period("identities", "2026-H1", TODAY) is not None


def test_each_return_is_owed_until_it_is_handed_in_and_where_its_rule_holds():
    facts = {"opened": date(2026, 7, 1), "months": MONTHS}
    found = {(one.kind.value, one.subject) for one in owed(Facts(TODAY, ALL, **facts))}
    quarterly = {(kind, "2026-Q3") for kind in ("tax", "statistics", "volume", "logs")}
    assert found == quarterly
    filed = frozenset({("tax", "2026-Q3")})
    left = {one.kind.value for one in owed(Facts(TODAY, ALL, filed=filed, **facts))}
    assert left == {"statistics", "volume", "logs"}
    assert owed(Facts(TODAY, frozenset(), **facts)) == []
    assert owed(Facts(TODAY, ALL, opened=date(2026, 7, 1))) == []


@pytest.mark.parametrize(
    ("verified", "due"),
    [
        (date(2026, 5, 20), date(2026, 11, 20)),
        (date(2026, 6, 23), date(2026, 12, 23)),
        (date(2026, 6, 24), None),
    ],
)
def test_a_seller_is_to_be_verified_six_months_after_the_last_time(verified, due):
    facts = Facts(TODAY, ALL, sellers=(Since("organisation:a", verified),), months=MONTHS)
    assert [one.due for one in owed(facts)] == ([due] if due else [])


def facts_now(runtime):
    with runtime.database.read() as session:
        now, zone = runtime.database.now(session), runtime.settings.zone
        profile = runtime.law.profile("cn-national", TODAY)
        return duty_facts(session, profile, now, zone), proofs(session, now)


def test_verified_again_counts_from_today_and_is_proven(procedure, runtime, clock):
    stage, marks = procedure.stage, {"name": "register", "number": "register"}
    with runtime.database.read() as session:
        seller = session.scalars(
            select(Organisation.id).where(Organisation.kind == "institute")
        ).first()
    before = {one.ref: one.day for one in facts_now(runtime)[0].sellers}
    clock.move(timedelta(days=170))
    with pytest.raises(Invalid) as missing:
        stage.executor.run(stage.operator, verify_again, seller, {"name": "register"})
    assert set(missing.value.problems) == {"by_number"}
    with pytest.raises(NotFound):
        stage.executor.run(stage.officer, verify_again, seller, marks)
    for _ in range(2):  # by the same source as before, and yet anew
        clock.move(timedelta(days=1))
        stage.executor.run(stage.operator, verify_again, seller, marks)
    facts, done = facts_now(runtime)
    after = {one.ref: one.day for one in facts.sellers}
    subject = f"organisation:{seller}"
    assert before[subject] < TODAY
    assert after[subject] == TODAY + timedelta(days=172)
    [proof] = [one for one in done if one.kind is DutyKind.REVERIFY]
    assert (proof.subject, proof.by, proof.what) == (subject, stage.operator.person, "register")
    with runtime.database.read() as session:
        rows = session.scalars(select(OrganisationMark.what)).all()
        entries = session.scalars(
            select(Audit.body).where(Audit.stream == subject, Audit.body.contains("verified_again"))
        ).all()
    assert (sorted(rows), len(entries)) == (["name", "number"], 4)


def test_a_return_is_made_handed_in_once_and_then_stands(procedure, runtime, clock):
    stage, sha = procedure.stage, "a" * 64
    run, operator = stage.executor.run, stage.operator
    for kind, period in (("tax", "2026-Q4"), ("logs", "2026-Q3"), ("verify", "2026-Q3")):
        with pytest.raises(NotFound):
            run(operator, make_filing, kind, period, sha, 1)
    with pytest.raises(NotFound):
        run(stage.officer, make_filing, "tax", "2026-Q3", sha, 1)
    with pytest.raises(FilingNotMade):
        run(operator, hand_in_filing, "tax", "2026-Q3", "回执 1")
    first = run(operator, make_filing, "tax", "2026-Q3", sha, 1).ref
    assert run(operator, make_filing, "tax", "2026-Q3", "b" * 64, 2).ref == first
    with pytest.raises(Invalid):
        run(operator, hand_in_filing, "tax", "2026-Q3", " ")
    run(operator, hand_in_filing, "tax", "2026-Q3", "回执 1")
    run(operator, hand_in_filing, "logs", "2026-Q3", "日志库 7 号")
    for late in (lambda: run(operator, make_filing, "tax", "2026-Q3", sha, 1),
                 lambda: run(operator, hand_in_filing, "tax", "2026-Q3", "回执 2")):  # fmt: skip
        with pytest.raises(FilingHandedIn):
            late()
    facts, done = facts_now(runtime)
    assert facts.filed == {("tax", "2026-Q3"), ("logs", "2026-Q3")}
    assert {(one.kind.value, one.what) for one in done} >= {
        ("tax", "回执 1"), ("logs", "日志库 7 号"),
    }  # fmt: skip


def test_a_duty_is_given_to_an_operator_and_to_nobody_else(sample_market):
    run, actor = sample_market.executor.run, demo(sample_market, "operator")
    officer, mine, duty = (
        demo(sample_market, "tto_officer"),
        actor.person,
        ("statistics", "2026-Q3"),
    )
    run(actor, assign_duty, *duty, mine)
    with sample_market.database.read() as session:
        assert owners(session)[duty] == mine
    for other in (officer.person, "0" * 32):
        with pytest.raises(Invalid):
            run(actor, assign_duty, *duty, other)
    for whom, kind in ((officer, "tax"), (actor, "nothing")):
        with pytest.raises(NotFound):
            run(whom, assign_duty, kind, "2026-Q3", mine)
    with pytest.raises(Outdated):  # a colleague who saw it while it was nobody's
        run(actor, assign_duty, *duty, "", version_of(""))
    run(actor, assign_duty, *duty, "", version_of(mine))
    with sample_market.database.read() as session:
        assert duty not in owners(session)


def test_a_volume_holds_the_chain_of_its_period_and_comes_out_the_same(procedure, runtime):
    procedure.send()
    begins, ends = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    def volume(first, last):
        out = io.BytesIO()
        with runtime.database.read() as session:
            count = write_volume(session, out, "2026-Q4", first, last)
        return count, out.getvalue()

    count, packed = volume(begins, ends)
    lines = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
    with runtime.database.read() as session:
        rows = session.execute(select(Audit.stream, Audit.hash).order_by(Audit.n)).all()
    assert [(one["stream"], one["hash"]) for one in lines[1:]] == [tuple(row) for row in rows]
    assert (count, lines[0]["volume"]) == (len(rows), "2026-Q4")
    assert volume(begins, ends)[1] == packed
    assert volume(ends, ends + timedelta(days=90))[0] == 0


def test_who_offers_something_stands_in_the_tax_table_also_without_income(procedure, runtime):
    with runtime.database.read() as session:
        found = tax_table(session, datetime(2026, 1, 1, tzinfo=UTC), runtime.database.now(session))
    assert procedure.listing().owner_org in {one.row.id for one in found.sellers}
    assert found.income == {}


KINDS = (FilingKind.TAX, FilingKind.IDENTITIES, FilingKind.STATISTICS, FilingKind.VOLUME)


def test_from_the_list_to_the_file_and_its_receipt(sample_market, client_of):
    operator, auditor = client_of("operator"), client_of("auditor")
    today = operator.get("/operator/duties").text
    for kind in KINDS:
        name = "H1" if kind == "identities" else "Q3"
        year = next(one for one in range(2040, 2020, -1) if f"/{kind.value}/{one}-{name}" in today)
        place = f"/operator/duties/{kind.value}/{year}-{name}"
        assert auditor.post(f"{place}/make").status_code == 404
        assert auditor.get(f"{place}/file").status_code == 404
        assert operator.post(f"{place}/make").status_code == 302
        with auditor.get(f"{place}/file") as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            data = answer.data
        if kind is not FilingKind.VOLUME:
            rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
            table = rows.to_python()
            assert table[0][0]
            assert kind is FilingKind.STATISTICS or len(table) > 4
    wrong = operator.post(f"{place}/hand-in", data={"receipt": ""})
    assert (wrong.status_code, "存放处" in wrong.text) == (422, True)
    assert operator.post(f"{place}/hand-in", data={"receipt": "档案室 3 柜"}).status_code == 302
    assert "档案室 3 柜" in auditor.get("/operator/duties").text
    mine = demo_person(sample_market, "operator")
    tax = place.replace("volume", "tax")
    assert operator.post(f"{tax}/owner", data={"owner": mine}).status_code == 302
    assert f'<option selected value="{mine}">' in operator.get(tax).text
    blind = operator.post(f"{tax}/owner", data={"owner": "", "version": str(version_of(""))})
    assert (blind.status_code, "已有人改动" in blind.text) == (422, True)
    assert f'<option selected value="{mine}">' in operator.get(tax).text
    for nothing in ("tax/2031-Q1", "tax/cmp_1", "nothing/2026-Q3", "verify/org_" + "0" * 32):
        assert operator.get(f"/operator/duties/{nothing}").status_code == 404

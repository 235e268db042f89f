"""Law profiles: what ships is complete and cited; what is wrong is refused with a sentence."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.law import LawBook, LawError, UnknownJurisdiction, UnknownRule
from core.money import Money

POLICIES = Path(__file__).resolve().parents[2] / "policies"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def book():
    return LawBook.load(POLICIES)


# The default profile that a first release ships: national value, then Zhejiang's.
SHIPPED = {
    "notice.price.min_days": (15, 15),
    "notice.places": (("unit",), ("unit", "market")),
    "notice.reward.min_days": (15, 15),
    "listing.min_working_days": (10, 10),
    "auction.notice_days": (7, 7),
    "auction.viewing_days": (2, 2),
    "bidding.min_hours": (24, 24),
    "bidding.extension_minutes": (5, 5),
    "bidding.extension_sliding": (True, True),
    "bidding.deposit_cap": (Decimal("0.30"),) * 2,
    "bidding.start_min_ratio": (Decimal("0.70"),) * 2,
    "bidding.rerun_max_cut": (Decimal("0.20"),) * 2,
    "deposit.refund_hours": (24, 24),
    "reward.floor.transfer": (Decimal("0.50"), Decimal("0.70")),
    "reward.floor.equity": (Decimal("0.50"), Decimal("0.70")),
    "reward.floor.main_contributors": (Decimal("0.50"), Decimal("0.70")),
    "reward.floor.tto_staff": (Decimal(0), Decimal("0.05")),
    "reward.pay_within_months": (None, 6),
    "open_licence.fixed_max": (Money(2_000_000_000, "CNY"),) * 2,
    "open_licence.sales_max": (Decimal("0.20"),) * 2,
    "open_licence.profit_max": (Decimal("0.40"),) * 2,
    "licence.recordal_months": (3, 3),
    "contract.registry_decision_days": (15, 10),
    "contract.registry_decision_days.large": (30, 10),
    "tax.cit.exempt": (Money(500_000_000, "CNY"),) * 2,
    "tax.cit.half_above": (Money(500_000_000, "CNY"),) * 2,
    "records.keep_years": (10, 10),
    "idle.inventor_may_act_months": (None, 12),
}


@pytest.mark.parametrize("rule_id", SHIPPED)
def test_the_default_profile_is_shipped(book, rule_id):
    values = tuple(
        book.profile(name, TODAY).value(rule_id).value for name in ("cn-national", "cn-zhejiang")
    )
    assert values == SHIPPED[rule_id]


def test_figures_that_belong_together_come_as_a_table(book):
    national, local = (book.profile(name, TODAY) for name in ("cn-national", "cn-zhejiang"))
    assert national.table("bidding.deposit_range") == {
        "min": Decimal("0.05"),
        "max": Decimal("0.20"),
    }
    assert national.table("reward.self_implementation")["ratio"] == Decimal("0.05")
    assert local.table("reward.self_implementation")["ratio"] == Decimal("0.10")
    soe = local.table("listing.soe.min_working_days")
    assert (soe["short"], soe["long"]) == (10, 20)
    assert soe["long_above"] == Money.of(10_000_000, "CNY")


def test_every_rule_says_where_it_stands_and_how_well_it_was_checked(book):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # it may be tomorrow already in Beijing
    for name in book:
        for rule in book.profile(name, TODAY):
            assert rule.cite("zh"), rule.rule_id
            assert rule.cite("en"), rule.rule_id
            assert rule.cite("en").isascii() or "“" in rule.cite("en"), rule.rule_id
            assert rule.confidence in "HML"
            assert date(2025, 4, 19) <= rule.checked_on <= tomorrow, rule.rule_id
            assert bool(rule.note) == bool(rule.note_en), rule.rule_id


def test_a_province_inherits_what_it_does_not_state(book):
    local = book.profile("cn-zhejiang", TODAY)
    assert local.value("notice.price.min_days").jurisdiction == "cn-zhejiang"
    assert local.value("licence.recordal_months").jurisdiction == "cn-national"
    assert {rule.rule_id for rule in book.profile("cn-national", TODAY)} <= set(local.values)


def test_typed_reading(book):
    profile = book.profile("cn-zhejiang", TODAY)
    assert profile.integer("notice.price.min_days") == 15
    assert profile.ratio("reward.floor.transfer") == Decimal("0.7")
    assert profile.codes("title_check.items")[0] == "owner"
    assert profile.flag("notice.objection") is True
    assert profile.code("licence.default_kind") == "ordinary"
    assert profile.money("tax.cit.exempt").currency == "CNY"
    with pytest.raises(TypeError):
        profile.integer("notice.objection")
    with pytest.raises(UnknownRule, match=r"cn-zhejiang has no rule no\.such"):
        profile.value("no.such")
    with pytest.raises(UnknownJurisdiction):
        book.profile("cn-atlantis", TODAY)


def test_a_notice_ends_as_the_law_counts(book):
    # Announced on Thursday the 12th: that day is not counted, the 15th day is Friday the 27th.
    end = book.profile("cn-zhejiang", TODAY).deadline("notice.price.min_days", date(2026, 11, 12))
    assert (end.day, end.provisional) == (date(2026, 11, 27), False)


GOOD = """
name = "xx"
title = "某地"
title_en = "Somewhere"
holidays = "xx"

[[rule]]
id = "a.b"
value = 3
unit = "calendar_days"
valid_from = 2020-01-01
citation = "甲法第一条"
citation_en = "Law A, art. 1"
confidence = "H"
checked_on = 2026-01-01
"""


def write(folder, text, name="xx"):
    (folder / "holidays").mkdir(exist_ok=True)
    (folder / "holidays" / "xx.toml").write_text("weekend = [6, 7]\n")
    (folder / f"{name}.toml").write_text(text)
    return folder


def rule(text):
    return GOOD + GOOD[GOOD.index("[[rule]]") :].replace("2020-01-01", text)


def test_a_changed_law_holds_from_its_day(tmp_path):
    first = GOOD.replace("confidence", "valid_to = 2023-12-31\nconfidence")
    later = GOOD[GOOD.index("[[rule]]") :].replace("2020", "2024").replace("value = 3", "value = 9")
    book = LawBook.load(write(tmp_path, first + later))
    last = date(2023, 12, 31)
    assert book.profile("xx", last).integer("a.b") == 3
    assert book.profile("xx", last + timedelta(days=1)).integer("a.b") == 9
    assert "a.b" not in book.profile("xx", date(2019, 12, 31))


def test_any_change_of_a_file_changes_the_version_of_it_and_its_heirs(tmp_path):
    write(tmp_path, GOOD)
    child = 'name = "xx-1"\ntitle = "省"\ntitle_en = "Province"\nextends = "xx"\n'
    write(tmp_path, child, "xx-1")
    before = LawBook.load(tmp_path)
    write(tmp_path, GOOD.replace("value = 3", "value = 4"))
    after = LawBook.load(tmp_path)
    for name in ("xx", "xx-1"):
        assert before.version(name) != after.version(name)
    assert after.profile("xx-1", TODAY).pin == f"xx-1@{after.version('xx-1')}"
    assert LawBook.load(tmp_path).version("xx-1") == after.version("xx-1")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('citation = "甲法第一条"\n', "", "“citation” is missing"),
        ('citation = "甲法第一条"', 'citation = ""', "“citation” is missing"),
        ("checked_on = 2026-01-01", "", "“checked_on” is missing"),
        ("checked_on = 2026-01-01", 'checked_on = "2026"', "must be a date"),
        ("confidence", "colour = 1\nconfidence", "unknown key “colour”"),
        ('confidence = "H"', 'confidence = "X"', "must be H, M or L"),
        ("confidence", 'enforce = "pray"\nconfidence', "must be block, warn or inform"),
        ("confidence", "valid_to = 2019-01-01\nconfidence", "ends before it begins"),
        ("calendar_days", "moons", "“moons” is no unit"),
        ("value = 3", "value = 3.5", "does not fit the unit calendar_days"),
        ("value = 3", "value = true", "does not fit the unit calendar_days"),
        ("value = 3", "value = -3", "below zero"),
        ("value = 3\n", "", "“value” is missing"),
        ("value = 3", "value = 3\nunset = true", "contradict each other"),
        ("value = 3\nunit = ", 'value = "QQQ 3"\nunit = "money" #', "CNY 5000000.00"),
        ('name = "xx"', 'name = "yy"', "named like its file"),
        ('title_en = "Somewhere"', "", "“title_en” is missing"),
        ('title_en = "Somewhere"', 'title_en = "S"\nmood = 1', "unknown key “mood”"),
        ('holidays = "xx"', 'holidays = "zz"', "no holiday calendar named “zz”"),
        ('holidays = "xx"', 'holidays = "xx"\nextends = "zz"', "extends “zz”"),
        ('holidays = "xx"', 'holidays = "xx"\nextends = "xx"', "its own ancestor"),
        ("[[rule]]", "[[rule", "cannot be read"),
    ],
)
def test_a_faulty_file_is_refused_with_a_sentence(tmp_path, old, new, says):
    assert old in GOOD
    with pytest.raises(LawError, match=says) as fault:
        LawBook.load(write(tmp_path, GOOD.replace(old, new)))
    assert "xx.toml" in str(fault.value)


def test_two_values_on_one_day_are_refused(tmp_path):
    with pytest.raises(LawError, match=r"rule a\.b: two values hold on 2024-01-01"):
        LawBook.load(write(tmp_path, rule("2024-01-01")))


def test_all_faults_are_named_at_once(tmp_path):
    text = GOOD.replace('confidence = "H"', "").replace("calendar_days", "moons")
    with pytest.raises(LawError) as fault:
        LawBook.load(write(tmp_path, text))
    assert len(str(fault.value).splitlines()) >= 2


def test_a_missing_figure_is_said_not_left_out(tmp_path):
    book = LawBook.load(write(tmp_path, GOOD.replace("value = 3", "unset = true")))
    assert book.profile("xx", TODAY).value("a.b").value is None
    with pytest.raises(TypeError):
        book.profile("xx", TODAY).integer("a.b")


@pytest.mark.parametrize("text", ["holidays = [2026-01-01]", "x = 1", "holidays = 3"])
def test_a_faulty_year_is_refused(tmp_path, text):
    write(tmp_path, GOOD)
    (tmp_path / "holidays" / "xx-2026.toml").write_text(text)
    with pytest.raises(LawError, match=r"xx-2026\.toml"):
        LawBook.load(tmp_path)

"""Texts, dates, amounts and numbers in the reader's language."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment

from core import i18n
from core.money import Money

SHANGHAI = ZoneInfo("Asia/Shanghai")
INDIA = ZoneInfo("Asia/Kolkata")
HEAD = 'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


@pytest.fixture
def fragment(tmp_path, monkeypatch):
    """A Chinese catalogue of our own; the cache of the real one is put back afterwards."""
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    monkeypatch.setattr(i18n.catalogues, "__defaults__", (tmp_path,))
    i18n.translator.cache_clear()
    (tmp_path / "zh").mkdir()

    def write(text, name="a"):
        (tmp_path / "zh" / f"{name}.po").write_text(HEAD + text, "utf-8")
        return i18n.translator("zh")

    yield write
    i18n.translator.cache_clear()


def test_texts_come_from_every_fragment(fragment):
    fragment('msgid "Search"\nmsgstr "搜索"\n')
    i18n.translator.cache_clear()
    zh = fragment('msgid "Sent to %(name)s"\nmsgstr "已发给%(name)s"\n', "b")
    assert zh.gettext("Search") == "搜索"
    assert zh.gettext("Sent to %(name)s", name="甲") == "已发给甲"
    assert zh.gettext("Unknown to us") == "Unknown to us"


def test_plural_and_context(fragment):
    zh = fragment(
        'msgid "%(num)s result"\nmsgid_plural "%(num)s results"\nmsgstr[0] "%(num)s项成果"\n\n'
        'msgctxt "state"\nmsgid "Open"\nmsgstr "开放中"\n\nmsgid "Open"\nmsgstr "打开"\n'
    )
    en = i18n.translator("en")
    assert zh.ngettext("%(num)s result", "%(num)s results", 5, num=5) == "5项成果"
    assert en.ngettext("%(num)s result", "%(num)s results", 1, num=1) == "1 result"
    assert en.ngettext("%(num)s result", "%(num)s results", 0, num=0) == "0 results"
    assert (zh.pgettext("state", "Open"), zh.gettext("Open")) == ("开放中", "打开")
    assert en.pgettext("state", "Open") == "Open"


def test_an_untranslated_or_doubtful_entry_shows_english(fragment):
    zh = fragment('msgid "One"\nmsgstr ""\n\n#, fuzzy\nmsgid "Two"\nmsgstr "二"\n')
    assert (zh.gettext("One"), zh.gettext("Two")) == ("One", "Two")


def test_a_lone_per_cent_sign_is_text():
    assert i18n.translator("en").gettext("3 % of sales") == "3 % of sales"


def test_templates_speak_through_a_translator(fragment):
    zh = fragment('msgid "Owner: %(name)s"\nmsgstr "权利人：%(name)s"\n')
    page = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    page.install_gettext_callables(
        zh.gettext, zh.ngettext, newstyle=True, pgettext=zh.pgettext, npgettext=zh.npgettext
    )
    text = page.from_string('{{ _("Owner: %(name)s", name="<甲>") }}').render()
    assert text == "权利人：&lt;甲&gt;"


@pytest.mark.parametrize("language", ["fr", "", "ZH", "../zh"])
def test_other_languages_are_refused(language):
    with pytest.raises(ValueError, match="no such interface language"):
        i18n.translator(language)


def test_the_first_language_we_speak_is_chosen():
    assert i18n.negotiate(["fr-FR", "en-GB", "zh"]) == "en"
    assert i18n.negotiate(["zh-Hant-TW", "en"]) == "zh"
    assert i18n.negotiate(["fr"]) == "zh"
    assert i18n.negotiate([], default="en") == "en"


def test_dates():
    day = date(2026, 11, 22)
    assert i18n.format_date(day, "zh") == "2026-11-22（周日）"
    assert i18n.format_date(day, "en") == "Sun 22 Nov 2026"
    assert i18n.format_date(day, "zh", weekday=False) == "2026-11-22"
    assert i18n.format_date(day, "en", weekday=False) == "22 Nov 2026"
    assert i18n.format_date(None, "zh") == "—"


def test_instants_are_shown_on_the_markets_wall():
    instant = datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert i18n.format_datetime(instant, "zh", SHANGHAI) == "2026-11-26（周四）17:00"
    assert (
        i18n.format_datetime(instant, "zh", SHANGHAI, show_zone=True)
        == "2026-11-26（周四）17:00（北京时间）"
    )
    assert (
        i18n.format_datetime(instant, "en", SHANGHAI, show_zone=True)
        == "Thu 26 Nov 2026, 17:00 (Beijing time)"
    )
    assert i18n.format_datetime(instant, "en", INDIA, show_zone=True).endswith("14:30 (UTC+5:30)")
    with pytest.raises(ValueError, match="without a zone"):
        i18n.format_datetime(datetime(2026, 1, 1), "zh", SHANGHAI)  # noqa: DTZ001


def test_a_deadline_at_midnight_is_24_oclock_of_the_day_it_ends():
    midnight = datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert i18n.format_deadline(midnight, "zh", SHANGHAI) == "2026-11-27（周五）24:00"
    assert i18n.format_deadline(midnight, "en", SHANGHAI) == "Fri 27 Nov 2026, 24:00"
    assert i18n.format_deadline(midnight.replace(hour=9), "zh", SHANGHAI).endswith("17:00")
    assert i18n.format_deadline(None, "en", SHANGHAI) == "—"


@pytest.mark.parametrize(
    ("minor", "currency", "full", "whole"),
    [
        (125_000_000, "CNY", "¥1,250,000.00", "¥1,250,000"),
        (125_000_050, "CNY", "¥1,250,000.50", "¥1,250,000.50"),
        (18_000_000, "USD", "US$180,000.00", "US$180,000"),
        (1000, "JPY", "JP¥1,000", "JP¥1,000"),
        (1500, "KWD", "KWD 1.500", "KWD 1.500"),
        (-5, "CNY", "−¥0.05", "−¥0.05"),
    ],
)
def test_amounts(minor, currency, full, whole):
    money = Money(minor, currency)
    for language in i18n.LANGUAGES:
        assert i18n.format_money(money, language) == full
        assert i18n.format_money(money, language, whole=True) == whole


@pytest.mark.parametrize(
    ("minor", "currency", "short"),
    [
        (125_000_000, "CNY", "125 万元"),
        (35_000_000_000, "CNY", "3.5 亿元"),
        (1_250_000, "CNY", "1.25 万元"),
        (123_456_789, "CNY", "¥1,234,567.89"),
        (500_000, "CNY", "¥5,000"),
        (18_000_000, "USD", "18 万美元"),
        (1_000_000_000_000, "CNY", "100 亿元"),
        (-125_000_000, "CNY", "−125 万元"),
    ],
)
def test_round_amounts_in_chinese(minor, currency, short):
    assert i18n.format_money_short(Money(minor, currency), "zh") == short
    assert "万" not in i18n.format_money_short(Money(minor, currency), "en")


def test_numbers_ratios_sizes_and_lists():
    assert i18n.format_number(1234567, "zh") == "1,234,567"
    assert i18n.format_ratio(Decimal("0.70"), "zh") == "70%"
    assert i18n.format_ratio(Decimal("0.0003"), "en") == "0.03%"
    assert i18n.format_size(999, "en") == "999 B"
    assert i18n.format_size(1_434_000, "en") == "1.4 MB"
    assert i18n.format_size(25_000_000_000, "zh") == "25 GB"
    assert i18n.format_list(["甲", "乙", "丙"], "zh") == "甲、乙和丙"
    assert i18n.format_list(["a", "b", "c"], "en") == "a, b and c"
    assert i18n.format_list([], "en") == ""

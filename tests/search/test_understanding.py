"""What a question says besides its words, and what it does not say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import reference
from search.understanding import understand

TODAY = date(2026, 11, 28)


def read(text, **more):
    return understand(text, currency="CNY", today=TODAY, **more)


def said(text):
    found = read(text)
    filters = {name: values for name, values in found.filters.items() if name != "currency"}
    return filters | found.ranges


WAN, M = 10_000 * 100, 1_000_000 * 100

CONDITIONS = [
    # readiness
    ("TRL 6+", {"trl": (6, None)}),
    ("TRL6以上", {"trl": (6, None)}),
    ("trl>=5 膜", {"trl": (5, None)}),
    ("TRL > 5", {"trl": (6, None)}),
    ("TRL<4", {"trl": (None, 3)}),
    ("TRL≤4", {"trl": (None, 4)}),
    ("TRL 4-6", {"trl": (4, 6)}),
    ("TRL4至7", {"trl": (4, 7)}),
    ("TRL 7 to 5", {"trl": (5, 7)}),
    ("TRL 6", {"trl": (6, 6)}),
    ("技术成熟度6级", {"trl": (6, 6)}),
    ("技术成熟度 6 级以上", {"trl": (6, None)}),
    ("成熟度3级及以下", {"trl": (None, 3)}),
    ("成熟度等级：5", {"trl": (5, 5)}),
    ("TRL 6 or higher", {"trl": (6, None)}),
    ("TRL 3 and below", {"trl": (None, 3)}),
    ("at least TRL 5", {"trl": (5, None)}),
    ("ＴＲＬ ６＋", {"trl": (6, None)}),
    ("readiness level 7", {"trl": (7, 7)}),
    # prices
    ("50万以下", {"price_minor": (None, 50 * WAN)}),
    ("50万元以内", {"price_minor": (None, 50 * WAN)}),
    ("不超过50万", {"price_minor": (None, 50 * WAN)}),
    ("≤50万元", {"price_minor": (None, 50 * WAN)}),
    ("1.5亿以上", {"price_minor": (15_000 * WAN, None)}),
    ("至少 300 万元", {"price_minor": (300 * WAN, None)}),
    ("100万起", {"price_minor": (100 * WAN, None)}),
    ("100-300万", {"price_minor": (100 * WAN, 300 * WAN)}),
    ("100万到300万元", {"price_minor": (100 * WAN, 300 * WAN)}),
    ("300~100万", {"price_minor": (100 * WAN, 300 * WAN)}),
    ("80万-1.2亿", {"price_minor": (80 * WAN, 12_000 * WAN)}),
    ("5千元以下", {"price_minor": (None, 500_000)}),
    ("under 500k", {"price_minor": (None, 50 * WAN)}),
    ("≤ ¥2m", {"price_minor": (None, 2 * M)}),
    ("over ¥1,500,000", {"price_minor": (150 * WAN, None)}),
    ("20 to 30 million", {"price_minor": (20 * M, 30 * M)}),
    ("between 200k and 400k yuan", {"price_minor": (20 * WAN, 40 * WAN)}),
    ("up to 3 million RMB", {"price_minor": (None, 3 * M)}),
    ("价格面议", {"price_band": ("negotiable",)}),
    # time
    ("2024年", {"year": (2024, 2024)}),
    ("2022-2024年", {"year": (2022, 2024)}),
    ("2022年以来", {"year": (2022, None)}),
    ("2020年以前", {"year": (None, 2019)}),
    ("2020年及以前", {"year": (None, 2020)}),
    ("近三年", {"year": (2024, None)}),
    ("最近5年", {"year": (2022, None)}),
    ("since 2022", {"year": (2022, None)}),
    ("published in 2023", {"year": (2023, 2023)}),
    ("last 3 years", {"year": (2024, None)}),
    # classification
    ("B01D 61/00", {"ipc_class": ("B01",)}),
    ("H04L", {"ipc_class": ("H04",)}),
    ("H04", {"ipc_class": ("H04",)}),
    ("IPC G06 加密", {"ipc_class": ("G06",)}),
    ("h01m10/052", {"ipc_class": ("H01",)}),
    # places
    ("浙江", {"region": ("330000",)}),
    ("浙江省", {"region": ("330000",)}),
    ("杭州市 无人机", {"region": ("330100",)}),
    ("杭州 无人机", {"region": ("330100",)}),
    ("内蒙古稀土", {"region": ("150000",)}),
    ("廣東 電池", {"region": ("440000",)}),
    ("Zhejiang", {"region": ("330000",)}),
    ("membrane Hangzhou", {"region": ("330100",)}),
    ("上海 北京 抗体", {"region": ("310000", "110000")}),
    # ways and kinds
    ("独占许可", {"way": ("exclusive",)}),
    ("排他许可", {"way": ("sole",)}),
    ("石墨烯转让", {"way": ("assignment",)}),
    ("作价入股", {"way": ("equity_contribution",)}),
    ("先用后转", {"way": ("trial_licence",)}),
    ("exclusive licence", {"way": ("exclusive",)}),
    ("Exclusive License", {"way": ("exclusive",)}),
    ("non-exclusive licence", {"way": ("ordinary",)}),
    ("battery patents", {"kind": ("patent",)}),
    ("科技成果 电池", {"kind": ("result",)}),
]

WORDS_ONLY = [
    "B2B 平台", "3D 打印", "5G 基站", "铜 10 万次循环", "F16 fighter", "C60 富勒烯", "维生素 B12",
    "浙江大学 电池", "大理石 切割", "三明治 包装", "万向节", "100万", "5-10万吨 产能", "50万 伏",
    "under 500 degrees", "6061-T6 铝合金", "TC4-DT", "TRL", "controls 6", "TRL 0", "TRL 6.5",
    "2024", "2024 aluminium alloy", "年产 3 万台以上设备", "千元机", "转让方", "独占鳌头",
    "江苏大学", "南京工业大学 膜", "exclusive or gate", "patentable subject matter", "k12", "",
    "A3 纸", "H2O", "E. coli", "1000 m", "over 9000", "10 to 20 kHz", "≤ 5 μm", "2-3 m/s",
    "温度 300 以上", "孔径 2-5 nm", "95%以上", "10年以上", "≥99.9%", "at least 3 sensors",
    "ZL202219155730", "CN 1234567 A",
]  # fmt: skip


@pytest.mark.parametrize(("text", "conditions"), CONDITIONS)
def test_conditions_are_read(text, conditions):
    assert said(text) == conditions


@pytest.mark.parametrize("text", WORDS_ONLY)
def test_words_stay_words(text):
    assert said(text) == {}
    assert read(text).words == text


def test_what_is_left_are_the_words():
    found = read("浙江 石墨烯散热膜，独占许可，TRL 6+ 50万以下")
    assert found.words == "石墨烯散热膜"
    assert found.filters == {
        "region": ("330000",), "way": ("exclusive",), "currency": ("CNY",)
    }  # fmt: skip
    assert found.ranges == {"trl": (6, None), "price_minor": (None, 50 * WAN)}
    assert [part.written for part in found.parts] == ["浙江", "独占许可", "TRL 6+", "50万以下"]


def test_currencies_are_those_that_are_named():
    assert read("$100,000 - $300,000 pump").filters == {"currency": ("USD",)}
    assert read("under 2m euros").filters == {"currency": ("EUR",)}
    yen = understand("under 500k", currency="JPY", today=TODAY)
    assert yen.ranges == {"price_minor": (None, 500_000)}  # no hundredths of a yen


def test_a_city_says_more_than_its_province():
    assert read("湖北 武汉 光纤").filters == {"region": ("420100",)}


def test_a_second_range_of_the_same_number_is_left_as_words():
    assert read("TRL 6+ TRL 3").words == "TRL 3"


def test_each_part_can_be_taken_back():
    text = "浙江 转让 TRL 6+"
    for part in read(text).parts:
        kept = read(text, literal={part.written})
        assert part.written in kept.words
        assert part.written not in [other.written for other in kept.parts]
    assert read(text, literal={"*"}).words == text


@given(st.text(alphabet="浙江省TRL 6+-万元以下0123456789¥$.年近to许可licence，B01/", max_size=60))
def test_no_text_is_lost_and_none_is_a_fault(text):
    found = read(text)
    at = 0
    for part in found.parts:
        assert part.start >= at
        at = part.end
        assert text[part.start : part.end].strip() == part.written
    for letter in "浙江许可licence":
        kept = found.words + "".join(part.written for part in found.parts)
        assert kept.count(letter) == text.count(letter)


def test_every_province_is_a_place_by_its_short_name():
    provinces = [e for e in reference.table("regions").entries.values() if not e.parent]
    assert len(provinces) == 34
    for entry in provinces:
        assert said(entry.names["zh"]) == {"region": (entry.code,)}
        assert said(entry.names["en"] + " membrane") == {"region": (entry.code,)}, entry.names["en"]

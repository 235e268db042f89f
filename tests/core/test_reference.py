"""Code tables: complete against the published lists, named in both languages, sourced."""

import csv
import os
from pathlib import Path

import pytest

from core import reference

SHARED = Path(
    os.environ.get("QIAOYI_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
)
SIZES = {
    "ipc_sections": 8, "emerging_industries": 49, "trl": 9, "ways": 7, "origins": 3, "stages": 3,
    "secrecy_levels": 5, "legal_statuses": 8, "industries": 117, "regions": 399,
}  # fmt: skip


@pytest.mark.parametrize("name", reference.tables())
def test_every_code_has_a_name_in_both_languages_and_a_source(name):
    found = reference.table(name)
    assert len(found.source) > 20
    for entry in found.entries.values():
        assert entry.name("zh").strip()
        assert entry.name("en").strip()
    assert (
        len(reference.choices(name, "zh"))
        == len(found.entries)
        == SIZES.get(name, len(found.entries))
    )


@pytest.mark.parametrize("name", [name for name in reference.tables() if name != "regions"])
def test_names_within_a_level_differ(name):
    seen = [(entry.parent, entry.name("zh")) for entry in reference.table(name).entries.values()]
    repeated = {pair for pair in seen if seen.count(pair) > 1}
    assert not repeated or name == "currencies", repeated


@pytest.mark.parametrize(
    ("table", "code", "zh", "en"),
    [
        ("ipc_sections", "H", "电气与电子", "Electricity and electronics"),
        ("ipc_classes", "H01L 21/02", "电气元件与电池", "Electric components and batteries"),
        ("industries", "C3911", "计算机、通信和其他电子设备制造业", None),
        ("emerging_industries", "3.6", "前沿新材料", "Frontier materials"),
        ("regions", "330100", "杭州市", "Hangzhou"),
        ("regions", "33", "浙江省", "Zhejiang"),
        ("regions", "330106", "杭州市", "Hangzhou"),
        ("regions", "110108", "北京市", "Beijing"),
        ("regions", "419001", "济源市", "Jiyuan"),
        ("countries", "CN", "中国", "China"),
        ("currencies", "CNY", "人民币", "Chinese Yuan"),
        ("trl", "7", "实际环境原型", None),
    ],
)
def test_names(table, code, zh, en):
    assert reference.name_of(table, code, "zh") == zh
    assert en is None or reference.name_of(table, code, "en") == en


@pytest.mark.parametrize(
    ("table", "code"), [("ipc_classes", "Z99"), ("regions", "990000"), ("trl", "10"), ("trl", "")]
)
def test_an_unknown_code_has_no_name(table, code):
    assert reference.name_of(table, code, "zh") == ""


@pytest.mark.parametrize("name", ["nothing", "../pyproject", ""])
def test_an_unknown_table_is_an_error(name):
    with pytest.raises(LookupError):
        reference.table(name)


def test_children_of_a_province_and_of_an_industry():
    zhejiang = dict(reference.choices("regions", "en", parent="330000"))
    assert len(zhejiang) == 11
    assert zhejiang["330200"] == "Ningbo"
    assert len(reference.choices("emerging_industries", "zh", parent="1")) == 5
    assert len(reference.choices("industries", "zh", parent="C")) == 31


def test_a_place_is_named_with_its_province():
    assert reference.region_name("330100", "zh") == "浙江省杭州市"
    assert reference.region_name("330100", "en") == "Hangzhou, Zhejiang"
    assert reference.region_name("31", "en") == "Shanghai"
    assert reference.region_name("nowhere", "en") == ""


def rows(path):
    if not path.is_file():
        pytest.skip(f"no published list at {path}")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t" if path.suffix == ".tsv" else ","))[1:]


def test_ipc_classes_are_all_there():
    published = {r[0] for r in rows(SHARED / "taxonomy-ipc" / "ipc_zh_en.tsv") if r[1] == "class"}
    ours = set(reference.table("ipc_classes").entries)
    assert published <= ours
    assert ours - published == {"D10"}  # an indexing class that some offices print


def test_industries_are_the_standard():
    published = {
        r[0]: r[2]
        for r in rows(SHARED / "taxonomy-industry-cn" / "gbt4754_2017.tsv")
        if r[1] in {"门类", "大类"}
    }
    assert dict(reference.choices("industries", "zh")) == published


def test_emerging_industries_are_the_classification():
    published = rows(SHARED / "taxonomy-industry-cn" / "strategic_emerging_2018.tsv")
    assert reference.choices("emerging_industries", "zh") == [tuple(row) for row in published]


def test_regions_are_the_register():
    folder = SHARED / "taxonomy-divisions-cn"
    ours = reference.table("regions").entries
    for code, name in rows(folder / "provinces.csv"):
        assert ours[f"{code}0000"].name("zh") == name
    for code, name, _ in rows(folder / "cities.csv"):
        if name not in {"市辖区", "县"} and "直辖县" not in name:
            assert ours[f"{code}00"].name("zh") == name

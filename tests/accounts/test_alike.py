"""Names of one organisation, and names of two: tables of true and false pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.alike import Why, alike, most_alike

ONE = [
    ("临浦大学", "臨浦大學", Why.SAME),
    ("Linpu University", "ＬＩＮＰＵ　UNIVERSITY", Why.SAME),
    ("衡宇光学有限公司", "衡宇光学 有限公司", Why.SAME),
    ("衡宇光学（杭州）有限公司", "衡宇光学(杭州)有限公司", Why.SAME),
    ("衡宇光学有限公司", "衡宇光学股份有限公司", Why.FORM),
    ("衡宇光学有限公司", "衡宇光學集團有限責任公司", Why.FORM),
    ("杭州衡宇光学有限公司", "衡宇光学（杭州）有限公司", Why.FORM),
    ("杭州衡宇光学有限公司", "杭州市衡宇光学科技有限公司", Why.FORM),
    ("Hengyu Optics Co., Ltd.", "HENGYU OPTICS COMPANY LIMITED", Why.FORM),
    ("Hengyu Optics Co., Ltd.", "Hengyu Optical Inc.", Why.FORM),
    ("Hengyu Optics Ltd", "Hengyu Optics Technology Ltd", Why.FORM),
    ("University of Linpu", "Linpu University", Why.FORM),
    ("The Linpu Univ.", "Linpu University", Why.FORM),
    ("Heng Yu Optics Ltd.", "Hengyu Optics Ltd.", Why.SAME),
    ("临浦大学", "Linpu University", Why.TRANSLATION),
    ("括苍理工学院", "Kuocang Institute of Technology", Why.TRANSLATION),
    ("衡宇光学有限公司", "Hengyu Optics Co., Ltd.", Why.TRANSLATION),
    ("杭州衡宇光学有限公司", "Hengyu Optics Co., Ltd.", Why.TRANSLATION),
    ("浙江工业大学", "Zhejiang University of Technology", Why.TRANSLATION),
    ("陕西师范大学", "Shaanxi Normal University", Why.TRANSLATION),
    ("衡宇光学有限公司", "横宇光学有限公司", Why.SOUND),
    ("临浦先进材料技术与工程研究所", "临浦先进材料技术工程研究所", Why.SPELLING),
    ("Kuocang Institute of Technology", "Kuocan Institute of Technology", Why.SPELLING),
]
TWO = [
    ("浙江大学", "浙江工业大学"),
    ("浙江大学", "浙江师范大学"),
    ("浙江工业大学", "浙江工商大学"),
    ("北京大学", "南京大学"),
    ("北京航空航天大学", "南京航空航天大学"),
    ("山西大学", "陕西大学"),
    ("华东理工大学", "华南理工大学"),
    ("中国科学院大学", "中国科学技术大学"),
    ("临浦大学", "临浦大学附属第一医院"),
    ("临浦大学附属第一医院", "临浦大学附属第二医院"),
    ("临浦先进材料技术第一研究所", "临浦先进材料技术第二研究所"),
    ("衡宇光学有限公司", "衡宇生物有限公司"),
    ("衡宇光学有限公司", "恒达光学有限公司"),
    ("Zhejiang University", "Zhejiang University of Technology"),
    ("Zhejiang University", "Zhejiang Normal University"),
    ("Beijing University", "Nanjing University"),
    ("Shanxi University", "Shaanxi University"),
    ("Henan Optics Ltd.", "Hunan Optics Ltd."),
    ("Works HRB 1", "Works HRB 77"),
    ("Hengyu Optics Ltd.", "Hengyu Precision Ltd."),
    ("Institute of Optics", "Institute of Chemistry"),
    ("临浦大学", "Kuocang University"),
    ("浙江大学", "Zhejiang University of Technology"),
    ("山西大学", "Shaanxi University"),
    ("有限公司", "股份有限公司"),
    ("", "Linpu University"),
]


@pytest.mark.parametrize(("one", "other", "why"), ONE)
def test_one_organisation(one, other, why):
    found = alike(one, other)
    assert found is not None
    assert found.why is why
    assert alike(other, one) == found


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_organisations(one, other):
    assert alike(one, other) is None
    assert alike(other, one) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_it_answers_to_any_text_and_both_ways_alike(one, other):
    assert alike(one, other) == alike(other, one)


def test_the_likest_come_first():
    others = {
        "a": ["衡宇光学股份有限公司"],
        "b": ["恒达光学有限公司", "Hengda Optics"],
        "c": ["Somebody", "衡宇光學有限公司"],
        "d": ["Hengyu Optics Inc."],
    }
    found = most_alike(["衡宇光学有限公司"], others)
    assert [(id, pair.why) for id, pair in found] == [
        ("c", Why.SAME),
        ("a", Why.FORM),
        ("d", Why.TRANSLATION),
    ]
    assert len(most_alike(["衡宇光学有限公司"], others, most=1)) == 1

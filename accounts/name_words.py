"""Words in names of organisations: which say nothing about whose name it is, and which are the
same in Chinese and English. Data for `accounts.alike`."""

from __future__ import annotations

from typing import Final

FORMS_ZH: Final = (
    "股份有限公司", "有限责任公司", "有限合伙", "有限公司", "股份公司", "集团公司", "总公司",
    "公司", "集团", "股份",
)  # fmt: skip
"""Legal forms at the end of a Chinese name, the longest first."""

FORMS_EN: Final = frozenset({
    "ab", "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holding",
    "holdings", "inc", "incorporated", "kg", "kk", "liability", "limited", "llc", "llp", "lp",
    "ltd", "nv", "oy", "plc", "pte", "pty", "sa", "sarl", "se", "spa", "srl",
})  # fmt: skip
"""Legal forms in a Latin name."""

LINKS_EN: Final = frozenset(["a", "an", "and", "at", "for", "in", "of", "on", "the", "to"])

PADDING_ZH: Final = ("科技", "技术", "实业", "发展", "省", "市", "县", "区", "与", "和", "及")
"""What one clerk writes in a firm's name and another leaves out."""

PADDING: Final = frozenset({"technology", "industry", "development", "china", "international"})
"""The same among the words of a firm's name, in English or by concept."""

CONCEPTS_ZH: Final[dict[str, str]] = {
    "研究开发中心": "research development centre",
    "工程技术研究中心": "engineering research centre",
    "研究中心": "research centre", "研究院": "institute", "研究所": "institute",
    "设计院": "design institute", "科学院": "academy sciences", "大学": "university",
    "学院": "institute", "医院": "hospital", "实验室": "laboratory", "中心": "centre",
    "理工": "technology", "科技": "technology", "科学技术": "science technology",
    "技术": "technology", "工业": "technology", "工程": "engineering", "科学": "science",
    "师范": "normal", "农业": "agriculture", "农林": "agriculture forestry",
    "林业": "forestry", "医科": "medicine", "医学": "medicine", "中医药": "chinese medicine",
    "医药": "pharmaceutical", "制药": "pharmaceutical", "药业": "pharmaceutical",
    "财经": "finance economics", "交通": "transport", "航空航天": "aeronautics astronautics",
    "海洋": "ocean", "电力": "power", "能源": "energy", "新能源": "new energy",
    "材料": "material", "新材料": "new material", "化工": "chemical", "化学": "chemical",
    "生物": "biology", "光学": "optic", "光电": "optoelectronic", "电子": "electronic",
    "精密": "precision", "机械": "machinery", "智能": "intelligent", "软件": "software",
    "信息": "information", "网络": "network", "半导体": "semiconductor", "医疗": "medical",
    "环保": "environment", "环境": "environment", "仪器": "instrument", "设备": "equipment",
    "纺织": "textile", "农机": "agricultural machinery", "技术转移": "technology transfer",
    "知识产权": "intellectual property", "专利": "patent", "咨询": "consult", "服务": "service",
    "检测": "testing", "实业": "industry", "发展": "development", "国际": "international",
    "中国": "china", "国家": "national", "第一": "1", "第二": "2", "第三": "3",
}  # fmt: skip
"""Parts of a Chinese name that are translated; everything else is spelt as it sounds."""

PLACES_ZH: Final[dict[str, str]] = {
    "陕西": "shaanxi", "内蒙古": "innermongolia", "西藏": "tibet", "哈尔滨": "harbin",
    "香港": "hongkong", "澳门": "macau",
}  # fmt: skip
"""Places that English does not spell as they sound."""

CONCEPTS_EN: Final[dict[str, str]] = {
    "college": "institute", "academy": "academy", "school": "institute", "center": "centre",
    "centers": "centre", "centres": "centre", "tech": "technology", "technologies": "technology",
    "technological": "technology", "technical": "technology", "polytechnic": "technology",
    "industrial": "industry", "industries": "industry", "agricultural": "agriculture",
    "medical": "medicine", "medicines": "medicine", "pharmaceuticals": "pharmaceutical",
    "pharma": "pharmaceutical", "optics": "optic", "optical": "optic",
    "optoelectronics": "optoelectronic", "photonics": "optoelectronic",
    "photoelectric": "optoelectronic", "electronics": "electronic", "materials": "material",
    "chemicals": "chemical", "chemistry": "chemical", "biological": "biology", "biotech": "biology",
    "bio": "biology", "instruments": "instrument", "networks": "network", "services": "service",
    "consulting": "consult", "consultants": "consult", "systems": "system", "laboratories":
    "laboratory", "lab": "laboratory", "environmental": "environment", "testing": "testing",
    "hospitals": "hospital", "universities": "university", "inst": "institute", "univ":
    "university", "first": "1", "second": "2", "third": "3", "i": "1", "ii": "2", "iii": "3",
}  # fmt: skip

CONFUSABLE: Final = (frozenset({"shanxi", "shaanxi"}), frozenset({"hunan", "henan"}))
"""Two provinces each, not two spellings of one."""

"""The fields that a column can be assigned to, with the names that files give them."""

from __future__ import annotations

from typing import Final

from core.i18n import N_

FIELDS: Final = {
    "title": N_("Title"),
    "abstract": N_("Abstract"),
    "value_line": N_("One-sentence value"),
    "language": N_("Language"),
    "kind": N_("Kind of asset"),
    "patent_number": N_("Patent number, any stage"),
    "application_number": N_("Application number"),
    "publication_number": N_("Publication number"),
    "grant_number": N_("Grant number"),
    "kind_code": N_("Kind code"),
    "patent_type": N_("Patent type"),
    "filing_date": N_("Filing date"),
    "publication_date": N_("Publication date"),
    "grant_date": N_("Grant date"),
    "expiry_date": N_("Expiry date"),
    "legal_status": N_("Legal status"),
    "ipc": N_("IPC symbols"),
    "cpc": N_("CPC symbols"),
    "locarno": N_("Locarno classes"),
    "contributors": N_("Inventors or contributors"),
    "owners": N_("Owners"),
    "keywords": N_("Keywords"),
    "trl": N_("Technology readiness level"),
    "ways": N_("Ways of transfer"),
    "price": N_("Price expectation"),
    "category": N_("Field or category"),
    "external_id": N_("Number in your own system"),
    "url": N_("Web address"),
    "full_text": N_("Full text of the patent"),
}
"""Field code to its English name, in the order in which people assign them."""

_NAMES: Final = {
    "title": "title|name|invention title|patent title|technology title|result name|project name|"
    "名称|标题|题名|专利名称|发明名称|成果名称|技术名称|项目名称|成果标题",
    "abstract": "abstract|summary|description|brief|short description|technical abstract|摘要|简介|"
    "内容简介|成果简介|技术简介|项目简介|说明书摘要|成果介绍",
    "value_line": "value proposition|tagline|one line summary|benefit|value line|一句话简介|价值|"
    "亮点|核心价值|技术亮点|一句话价值",
    "language": "language|lang|语言|语种",
    "kind": "kind|asset type|record type|asset kind|资产类型|成果类型|成果类别",
    "patent_number": "patent id|patent number|patent no|patent numbers|publication numbers|"
    "专利号码",
    "application_number": "application sn|application number|application no|appl no|serial number|"
    "application serial number|application id|申请号|专利申请号|申请编号",
    "publication_number": "publication number|publication no|pub no|publication id|公开号|公布号|"
    "公开(公告)号|申请公布号",
    "grant_number": "grant number|grant no|issued patent number|专利号|授权号|公告号|授权公告号|"
    "专利授权号|授权专利号",
    "kind_code": "kind code|文献种类代码|种类代码",
    "patent_type": "patent type|type of patent|专利类型|专利种类|专利类别",
    "filing_date": "filing date|filed|application date|date filed|filed on|申请日|申请日期|"
    "申请时间",
    "publication_date": "publication date|published|date published|公开日|公布日|公开(公告)日|"
    "公开日期|申请公布日",
    "grant_date": "grant date|issue date|issued date|granted on|授权日|授权公告日|授权日期|公告日",
    "expiry_date": "patent expiration date|expiration date|expiry date|expires|expires on|expiry|"
    "到期日|失效日|届满日|有效期至|专利到期日",
    "legal_status": "status|legal status|patent status|法律状态|专利状态|当前法律状态|状态",
    "ipc": "ipc|ipc code|ipc codes|ipc class|ipc subclass|ipc subclasses|"
    "ipc小类|international classification|ipc分类号|"
    "国际分类号|分类号|主分类号|ipc主分类号|国际专利分类号",
    "cpc": "cpc|cpc code|cpc codes|cpc分类号",
    "locarno": "locarno|locarno class|洛迦诺分类号|外观设计分类号",
    "contributors": "inventor|inventors|contributors|contributor|authors|principal investigator|"
    "发明人|完成人|设计人|主要完成人|成果完成人|发明(设计)人",
    "owners": "center|owner|owners|assignee|assignees|applicant|applicants|institution|"
    "right holder|patentee|权利人|专利权人|申请人|完成单位|所属单位|申请(专利权)人|单位",
    "keywords": "keywords|keyword|tag|tags|关键词|关键字|主题词|标签",
    "trl": "trl|technology readiness level|readiness|技术成熟度|成熟度|技术就绪度|就绪度",
    "ways": "ways|way of transfer|licence type|license type|transfer mode|转化方式|合作方式|"
    "转让方式|交易方式|拟转化方式|许可方式",
    "price": "price|asking price|price expectation|价格|意向价格|转让价格|报价|期望价格|挂牌价",
    "category": "category|field|technology area|domain|领域|技术领域|行业|所属领域|应用领域|类别",
    "external_id": "case number|case no|docket|docket number|id|reference|ref|internal number|编号|"
    "成果编号|内部编号|案卷号|档案号",
    "url": "url|link|web page|website|网址|链接",
    "full_text": "text|full text|fulltext|全文|正文",
}


def normal(name: str) -> str:
    """A column's name for comparison: small letters, single blanks, plain brackets."""
    small = name.casefold().replace("（", "(").replace("）", ")")
    kept = "".join(char if char.isalnum() or char in "()" else " " for char in small)
    return " ".join(kept.split())


SYNONYMS: Final = {
    normal(name): field for field, names in _NAMES.items() for name in names.split("|")
}
"""Normalised column name to field code."""
SYNONYMS.update({field.replace("_", " "): field for field in FIELDS})

"""Fields of a patent's full text from its own headings, in Chinese or English.

Only what stands under a heading is taken; a text without a title heading gives its first line.
"""

from __future__ import annotations

import re
from typing import Final

_HEADINGS: Final = {
    "title": "标题|名称|发明名称|专利名称|Title",
    "abstract": "摘要|说明书摘要|Abstract",
    "ipc": "该专利涉及IPC分类号包括|IPC分类号|国际分类号|分类号|IPC|Classification",
    "contributors": "发明人|设计人|完成人|Inventors?",
    "owners": "申请人|专利权人|权利人|Applicants?|Assignees?",
    "application_number": "申请号|Application No\\.?|Application number",
    "filing_date": "申请日|Filing date|Filed",
    "keywords": "关键词|关键字|Keywords?",
}
_BODY: Final = "详细描述|说明书|技术领域|权利要求书|背景技术|Description|Background|Claims"
_LINE: Final = re.compile(
    r"^[ \t【\[]*(?P<name>"
    + "|".join(f"(?P<{field}>{names})" for field, names in _HEADINGS.items())
    + f"|(?P<body>{_BODY})"
    + r")[ \t】\]]*(?:[:：][ \t]*(?P<rest>.*)|)$",
    re.MULTILINE | re.IGNORECASE,
)
_SYMBOL: Final = re.compile(r"\b[A-HY]\d{2}[A-Z]\s?\d{1,4}/\d{2,6}\b")


def read_fulltext(text: str) -> dict[str, str]:
    """Field code to text; empty where no heading is found."""
    marks = list(_LINE.finditer(text))
    fields: dict[str, str] = {}
    for index, mark in enumerate(marks):
        field = next((name for name in _HEADINGS if mark.group(name)), None)
        if field is None:
            if fields:
                break
            continue
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        start = mark.start("rest") if mark.group("rest") is not None else mark.end()
        value = text[start:end].strip()
        if value:
            fields.setdefault(field, value)
    if "ipc" in fields:
        symbols = dict.fromkeys(found.replace(" ", "") for found in _SYMBOL.findall(fields["ipc"]))
        fields["ipc"] = "; ".join(symbols)
    if fields and "title" in fields:
        fields["title"] = fields["title"].splitlines()[0]
    elif text.strip() and not fields:
        fields["title"] = text.strip().splitlines()[0][:200]
    return fields

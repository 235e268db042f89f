"""Names that are conditions: places, ways of transfer, kinds of offer.

A name counts where it stands by itself: between spaces, or as a word of its own in Chinese.
"浙江大学" is a university, "大理石" a stone, and neither is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from core import reference
from search.analysis import han_words, is_han
from search.understanding.reading import Context, Part

Meaning = tuple[str, tuple[str, ...]]
"""Name of a filter, and its values."""

_SUFFIXES = re.compile(
    r"(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市|地区|盟|[^省]{1,6}族自治州)$"
)
_AFTER_PLACE = frozenset(
    [
        "大学",
        "学院",
        "研究院",
        "研究所",
        "理工",
        "工业",
        "工程",
        "师范",
        "农业",
        "医科",
        "科技",
        "交通",
        "中医药",
        "省",
        "市",
        "公司",
        "集团",
        "银行",
    ]
)
_OWNERS = ("大学", "学院", "研究院", "研究所", "医院", "公司", "集团", "银行", "中心", "实验室")
"""How the name of an owner ends, whose first word may be a place."""
_WAYS = {
    "assignment": "转让 专利转让 技术转让 patent|assignment",
    "exclusive": "独占许可 独占 独占实施许可 exclusive|licence exclusive|license",
    "sole": "排他许可 排他 排他实施许可 sole|licence sole|license",
    "ordinary": "普通许可 普通实施许可 非独占许可 ordinary|licence ordinary|license "
    "non-exclusive|licence non-exclusive|license nonexclusive|license nonexclusive",
    "trial_licence": "先用后转 先使用后付费 试用许可 trial|licence trial|license",
    "equity_contribution": "作价入股 作价投资 技术入股 equity|contribution",
    "joint_development": "合作开发 联合开发 共同开发 joint|development co-development",
}
_KINDS = {
    "patent": "专利 发明专利 patent patents",
    "result": "科技成果 成果",
    "know_how": "技术秘密 know-how",
    "package": "组合包 专利包 package",
}


@cache
def meanings() -> Mapping[str, Meaning]:
    """What each name stands for, folded."""
    found: dict[str, Meaning] = {}
    for code, entry in reference.table("regions").entries.items():
        for name in _place_names(entry.names["zh"], entry.names["en"]):
            found.setdefault(name, ("region", (code,)))
    for name, table in (("way", _WAYS), ("kind", _KINDS)):
        for code, words in table.items():
            for word in words.split():
                found[word.replace("|", " ")] = (name, (code,))
    return found


def read(text: str, _context: Context) -> Iterator[Part]:
    pieces = list(_words(text))
    at = 0
    while at < len(pieces):
        length, meaning = _longest(pieces, at, text)
        if meaning is not None:
            start, end = pieces[at][0], pieces[at + length - 1][1]
            yield Part(start, end, text[start:end], *meaning)
        at += length


def _longest(pieces: list[tuple[int, int]], at: int, text: str) -> tuple[int, Meaning | None]:
    """The longest run of words from here that is a name."""
    for length in (4, 3, 2, 1):
        run = pieces[at : at + length]
        if len(run) < length:
            continue
        said = text[run[0][0] : run[-1][1]]
        meaning = meanings().get(said)
        if meaning is not None and not _goes_on(meaning, pieces, at + length, text):
            return length, meaning
    return 1, None


def _goes_on(meaning: Meaning, pieces: list[tuple[int, int]], at: int, text: str) -> bool:
    """Whether a place is only the first word of an owner's name."""
    if meaning[0] != "region" or at >= len(pieces):
        return False
    start, end = pieces[at]
    if start != pieces[at - 1][1]:
        return False
    rest = re.match(r"[\u3400-\u9fff]*", text[start:])
    named = rest is not None and rest[0].endswith(_OWNERS)
    return named or text[start:end] in _AFTER_PLACE


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where each word stands: Chinese as it is segmented, others between spaces."""
    for found in re.finditer(r"[^\s,;，；、]+", text):
        at = found.start()
        for run in re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", found[0]):
            whole = run in meanings() or not is_han(run[0])
            for word in [run] if whole else han_words(run):
                yield at, at + len(word)
                at += len(word)


def _place_names(chinese: str, english: str) -> Iterator[str]:
    yield chinese
    short = _SUFFIXES.sub("", chinese)
    if len(short) > 1:
        yield short
    if len(english) > 3:
        yield english.lower()

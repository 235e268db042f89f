"""The writing helper: what readers of technology offers miss in titles, value lines and abstracts.

Rules have ids; each hint quotes the words it is about and says what to do. Hints never block.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from core.i18n import N_

Severity = Literal["advice", "warning"]
LONGEST_TITLE: Final = {"zh": 30, "en": 90}
LONGEST_VALUE_LINE: Final = {"zh": 60, "en": 160}
SHORTEST_ABSTRACT: Final = {"zh": 80, "en": 200}
LONGEST_SENTENCE: Final = {"zh": 90, "en": 240}


@dataclass(frozen=True)
class Draft:
    """The texts of one language (`zh` or `en`)."""

    language: str
    title: str = ""
    value_line: str = ""
    abstract: str = ""


@dataclass(frozen=True)
class Hint:
    """`text` is an English msgid with parameters; `quote` are the words, empty for what lacks."""

    rule: str
    field: str
    severity: Severity
    text: str
    quote: str = ""
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


Rule = Callable[[Draft], Iterator[Hint]]

_NEW: Final = re.compile(
    r"新型|新颖|创新性?的?|全新|\bnovel\b|\bnew\b|\binnovative\b|\brevolutionary\b", re.IGNORECASE
)
_WHY: Final = re.compile(
    r"\d|因为|由于|通过|相比|不同于|替代|而不是|无需|\bbecause\b|\bby\b|\binstead\b|\bunlike\b"
    r"|\bwithout\b|\bthan\b",
    re.IGNORECASE,
)
_SUPERLATIVE: Final = re.compile(
    r"国际领先|世界领先|国内领先|国际先进|填补(?:了)?(?:国内|国际)?空白|最先进|最好|最佳|唯一|第一|首创|首家"
    r"|\bworld[- ]leading\b|\bbest\b|\bunique\b|\bfirst ever\b|\bstate[- ]of[- ]the[- ]art\b"
    r"|\bunparalleled\b|\bcutting[- ]edge\b|\bgroundbreaking\b",
    re.IGNORECASE,
)
_BENEFIT: Final = re.compile(
    r"提高|降低|降到|降至|减少|少用|少耗|不停|节省|节约|缩短|提升|延长|避免|免去|省去|无需|更(?:快|轻|便宜|稳定|安全|耐用)|可用于|解决"
    r"|\breduc|\bincreas|\bimprov|\bsav(?:e|es|ing)|\bcut|\bfaster|\bcheaper|\blower|\blonger"
    r"|\bavoid|\bwithout|\blet(?:s)?\b|\benabl|\bprevent|\blighter|\bsafer|\bdetect|\bremov",
    re.IGNORECASE,
)
_JARGON_START: Final = re.compile(
    r"^(?:本(?:发明|申请|实用新型|成果)(?:公开|涉及|提供|揭示)了?|该(?:发明|专利)"
    r"|the present (?:invention|disclosure|application)\b|this (?:invention|disclosure)\b"
    r"|disclosed (?:is|are|herein)\b"
    r"|an? (?:method|apparatus|system) (?:is|are) (?:provided|disclosed))",
    re.IGNORECASE,
)
_TITLE_START: Final = re.compile(
    r"^(?:一种|一类|关于|基于)"
    r"|^(?:method|apparatus|system)s?(?: and (?:method|apparatus|system)s?)* (?:for|of)\b"
    r"|^(?:a|an|the) ",
    re.IGNORECASE,
)
_UNKNOWN_SHORT: Final = re.compile(r"\b[A-Z]{3,6}\b")
_COMMON_SHORT: Final = frozenset(
    {"DNA", "RNA", "LED", "USB", "GPS", "CPU", "GPU", "RFID", "NASA", "TRL", "IPC", "PCT", "API",
     "MRI", "LCD", "PET", "PVC", "UAV", "AND", "THE", "FOR"}
)  # fmt: skip
_FIGURE: Final = re.compile(
    r"\d|[一二三四五六七八九十百千]+[倍成年]|百分之|\bhalf\b|\btwice\b|一半"
)
_VAGUE: Final = re.compile(
    r"应用前景广阔|市场前景(?:好|广阔)|具有重要意义|经济效益显著|社会效益"
    r"|\bwide range of applications\b|\bgreat potential\b|\bvarious (?:fields|industries)\b",
    re.IGNORECASE,
)


def lint(draft: Draft) -> list[Hint]:
    """Every hint on the draft, in the order of the rules; a field left empty gives one at most."""
    return [hint for rule in RULES for hint in rule(draft)]


def _title_start(draft: Draft) -> Iterator[Hint]:
    if found := _TITLE_START.match(draft.title.strip()):
        text = N_(
            "Titles that begin like a claim all look the same. Begin with the thing or what it "
            "does: not “A method for removing nitrogen oxides” but “Low-temperature catalyst that "
            "removes nitrogen oxides”."
        )
        yield Hint("title-claim-style", "title", "advice", text, found[0])


def _title_long(draft: Draft) -> Iterator[Hint]:
    limit = LONGEST_TITLE.get(draft.language, 90)
    if len(draft.title) > limit:
        text = N_(
            "The title has %(length)s characters; lists show about %(limit)s. Move parts and "
            "materials to the abstract."
        )
        params = {"length": len(draft.title), "limit": limit}
        yield Hint("title-long", "title", "advice", text, draft.title[limit:], params)


def _new_without_why(draft: Draft) -> Iterator[Hint]:
    for name in ("title", "value_line"):
        words = getattr(draft, name)
        found = _NEW.search(words)
        if found and not _WHY.search(words):
            text = N_(
                "“%(word)s” alone convinces nobody. Say what is different: which step falls away, "
                "which material is replaced, which limit is passed."
            )
            yield Hint("new-without-why", name, "warning", text, found[0], {"word": found[0]})


def _superlative(draft: Draft) -> Iterator[Hint]:
    for name in ("title", "value_line", "abstract"):
        if found := _SUPERLATIVE.search(getattr(draft, name)):
            text = N_(
                "“%(word)s” needs proof and may be unlawful in advertising. Put the measured "
                "figure and what it was compared with in its place."
            )
            yield Hint("superlative", name, "warning", text, found[0], {"word": found[0]})


def _no_value_line(draft: Draft) -> Iterator[Hint]:
    if not draft.value_line.strip():
        text = N_(
            "Write one sentence: who can do what better with it, and by how much. It is what "
            "people read in lists."
        )
        yield Hint("value-line-missing", "value_line", "warning", text)


def _value_line_long(draft: Draft) -> Iterator[Hint]:
    limit = LONGEST_VALUE_LINE.get(draft.language, 160)
    if len(draft.value_line) > limit:
        text = N_(
            "The sentence has %(length)s characters; about %(limit)s fit into a list. Keep the one "
            "benefit that a buyer pays for."
        )
        params = {"length": len(draft.value_line), "limit": limit}
        yield Hint("value-line-long", "value_line", "advice", text, "", params)


def _no_benefit(draft: Draft) -> Iterator[Hint]:
    line = draft.value_line.strip()
    if line and not _BENEFIT.search(line):
        text = N_(
            "The sentence says what it is, not what it is good for. Name the effect for the user: "
            "reduces, saves, avoids, lasts longer."
        )
        yield Hint("no-benefit", "value_line", "warning", text, line[:60])


def _no_figure(draft: Draft) -> Iterator[Hint]:
    line = draft.value_line.strip()
    if line and not _FIGURE.search(line):
        text = N_(
            "A figure makes it believable: how many per cent, degrees, hours or yuan, and compared "
            "with what."
        )
        yield Hint("no-figure", "value_line", "advice", text)


def _same_as_title(draft: Draft) -> Iterator[Hint]:
    title, line = draft.title.strip().rstrip("。."), draft.value_line.strip().rstrip("。.")
    if title and line and (title == line or line in title):
        text = N_("The sentence repeats the title. Say what the title does not: the benefit.")
        yield Hint("repeats-title", "value_line", "warning", text, line[:60])


def _jargon_start(draft: Draft) -> Iterator[Hint]:
    for name in ("value_line", "abstract"):
        if found := _JARGON_START.match(getattr(draft, name).strip()):
            text = N_(
                "“%(words)s …” is how patents begin. Begin with the problem or the user: who has "
                "which trouble today."
            )
            yield Hint("jargon-start", name, "advice", text, found[0], {"words": found[0]})


def _abbreviation(draft: Draft) -> Iterator[Hint]:
    for found in _UNKNOWN_SHORT.finditer(f"{draft.title} {draft.value_line}"):
        spelled = f"({found[0]})" in draft.abstract or f"（{found[0]}" in draft.abstract
        if found[0] not in _COMMON_SHORT and not spelled and not draft.title.isupper():
            text = N_(
                "Readers from other fields may not know “%(word)s”. Spell it out once in the "
                "abstract, with the short form in brackets."
            )
            yield Hint("abbreviation", "title", "advice", text, found[0], {"word": found[0]})
            return


def _abstract_short(draft: Draft) -> Iterator[Hint]:
    limit = SHORTEST_ABSTRACT.get(draft.language, 200)
    if 0 < len(draft.abstract.strip()) < limit:
        text = N_(
            "The abstract is short. Four sentences are enough: the problem, how it is solved "
            "today, what is different here, what was shown so far."
        )
        yield Hint("abstract-short", "abstract", "advice", text)


def _long_sentence(draft: Draft) -> Iterator[Hint]:
    limit = LONGEST_SENTENCE.get(draft.language, 240)
    for sentence in re.split(r"(?<=[。！？；])|(?<=[.!?;])\s", draft.abstract):
        if len(sentence) > limit:
            text = N_(
                "A sentence of %(length)s characters is hard to follow. Make it two: what it does, "
                "then how."
            )
            params = {"length": len(sentence)}
            yield Hint("long-sentence", "abstract", "advice", text, sentence[:60], params)
            return


def _vague(draft: Draft) -> Iterator[Hint]:
    for name in ("value_line", "abstract"):
        if found := _VAGUE.search(getattr(draft, name)):
            text = N_(
                "“%(words)s” could stand under any result. Name one use, one user and one market "
                "instead."
            )
            yield Hint("vague", name, "advice", text, found[0], {"words": found[0]})


def _capitals(draft: Draft) -> Iterator[Hint]:
    letters = [char for char in draft.title if char.isascii() and char.isalpha()]
    if len(letters) > 12 and all(char.isupper() for char in letters):
        text = N_("A title in capitals is slow to read. Write it as a sentence.")
        yield Hint("capitals", "title", "advice", text, draft.title[:60])


RULES: Final[tuple[Rule, ...]] = (
    _title_start, _title_long, _capitals, _new_without_why, _superlative, _no_value_line,
    _value_line_long, _same_as_title, _no_benefit, _no_figure, _jargon_start, _abbreviation,
    _abstract_short, _long_sentence, _vague,
)  # fmt: skip

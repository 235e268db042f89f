"""A market's documents of any number: each follows from the seed and its own number alone.

Lengths, shares and blemishes are those measured on real collections (page GENERATOR of the shared
data); recombined real sentences keep real phrase statistics, and coined terms keep the vocabulary
growing as it does in real text.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import opencc

from benchmarks.generator.sources import Sentence, Sources
from search.documents import Document, Text

KINDS = (("patent", 55), ("result", 30), ("software", 5), ("need", 10))
LANGUAGES = (("zh", 70), ("en", 22), ("both", 8))
ENDINGS = (("装置", 23), ("方法", 18), ("系统", 11), ("设备", 7), ("存储介质", 4), ("", 33))
WAYS = ("assignment", "exclusive", "sole", "ordinary", "trial_licence", "equity_contribution")
BOUNDS = (100_000, 500_000, 1_000_000, 5_000_000, 20_000_000)
SHARED_EVERY, NEEDLES = 97, 1_000
COINED = 60
"""One token in so many is coined."""
_MODIFIERS = "新型 高效 智能 便携式 低成本 耐高温 自适应 可折叠 节能 高精度 一体化 模块化".split()  # noqa: SIM905
_MODIFIERS_EN = ("compact", "low-cost", "adaptive", "high-efficiency", "portable", "modular",
                 "self-healing", "lightweight", "robust", "autonomous")  # fmt: skip
_SYLLABLES = "ka lo mi ren tu sa vo pel dra nix or qui ze fa bor eth".split()  # noqa: SIM905
_BEGINNING = datetime(2006, 1, 1, tzinfo=UTC)


class Corpus:
    """`size` only sets how far apart the needles lie."""

    def __init__(self, sources: Sources, seed: int = 1, size: int = 200_000) -> None:
        self._sources, self.seed, self.size = sources, seed, size

    def documents(self, start: int = 0, stop: int | None = None) -> Iterator[Document]:
        for number in range(start, self.size if stop is None else stop):
            yield self.document(number)

    def document(self, number: int) -> Document:
        rng = random.Random(f"{self.seed}:{number}")
        shared = number // SHARED_EVERY
        if number % SHARED_EVERY == 0 and shared < len(self._sources.shared):
            language, title, body, keywords = self._sources.shared[shared]
            texts = {language: Text(title, "", body, keywords)}
            return self._dressed(rng, number, texts, self._classes(rng))
        if number > 10 and rng.random() < 0.04:
            return self._near_duplicate(rng, number)
        classes = self._classes(rng)
        language = _choose(rng, LANGUAGES)
        kind = _choose(rng, KINDS)
        texts = {}
        if language != "en":
            texts["zh"] = _blemished(rng, self._chinese(rng, classes))
        if language != "zh":
            texts["en"] = self._english(rng, classes, kind)
        return self._dressed(rng, number, self._needled(number, texts), classes, kind)

    def needle(self, number: int) -> str:
        """The invented term of needle `number`."""
        rng = random.Random(f"needle:{self.seed}:{number}")
        return "".join(rng.choices(_SYLLABLES, k=4)).capitalize() + str(number)

    def judgements(self) -> Iterator[tuple[str, str]]:
        """A question in both languages, in other words, and the one document that answers it."""
        for number in range(min(NEEDLES, self.size // 20)):
            place = self._place(number)
            if place < self.size:
                term, text = self.needle(number), next(iter(self.document(place).texts.values()))
                about = text.keywords[0]
                yield f"有没有叫 {term} 的成果，与{about}有关；any {term} device", name(place)

    def _place(self, needle: int) -> int:
        return needle * max(20, self.size // NEEDLES) + 13

    def _needled(self, number: int, texts: dict[str, Text]) -> dict[str, Text]:
        step = max(20, self.size // NEEDLES)
        if number % step != 13 or number // step >= NEEDLES:
            return texts
        term = self.needle(number // step)
        language, text = next(iter(texts.items()))
        told = f"本成果称为 {term}。" if language == "zh" else f" It is called {term}."
        return texts | {language: Text(text.title, text.lead, text.body + told, text.keywords)}

    def _classes(self, rng: random.Random) -> list[str]:
        number = rng.choices((1, 2, 3), (50, 31, 19))[0]
        return list(dict.fromkeys(self._sources.subclasses.draw(rng) for _ in range(number)))

    def _objects(self, rng: random.Random, code: str, language: str) -> str:
        found = self._sources.objects_zh if language == "zh" else self._sources.objects_en
        return rng.choice(found.get(code) or found.get(code[:1]) or found["B"])

    def _chinese(self, rng: random.Random, classes: list[str]) -> Text:
        thing = self._objects(rng, classes[0], "zh")
        if rng.random() < 0.4:
            thing = str(self._sources.terms.draw(rng)) + thing
        ending = _choose(rng, ENDINGS)
        opening = "一种" if rng.random() < 0.76 else ""
        title = opening + rng.choice(_MODIFIERS) + thing[:24] + ("" if thing.endswith(ending)
                                                                  else ending)  # fmt: skip
        if rng.random() < 0.1:
            title = f"{title[:12]}{_coined(rng)}{title[12:]}"
        pool = self._sources.sentences_zh.get(classes[0][:1]) or self._sources.sentences_zh["B"]
        tokens = math.exp(rng.gauss(4.47, 0.52))
        body = self._body(rng, pool, tokens * 1.6, lambda: self._term(rng, classes, "zh"))
        keywords = tuple(self._term(rng, classes, "zh")[:12] for _ in range(rng.randint(3, 6)))
        return Text(
            title, f"面向{thing[:16]}，{rng.choice(_MODIFIERS)}且易于维护。", body, keywords
        )

    def _english(self, rng: random.Random, classes: list[str], kind: str) -> Text:
        thing = self._objects(rng, classes[0], "en")
        title = f"{rng.choice(_MODIFIERS_EN)} {thing[:60]}".capitalize()
        pool = self._sources.sentences_en.get(classes[0][:1]) or self._sources.need_sentences
        mean, spread = (5.85, 0.42) if kind == "need" else (4.84, 0.33)
        if kind == "need":
            pool = self._sources.need_sentences
        tokens = math.exp(rng.gauss(mean, spread))
        body = self._body(rng, pool, tokens * 6.2, lambda: self._term(rng, classes, "en"), " ")
        keywords = tuple(self._term(rng, classes, "en") for _ in range(rng.randint(3, 6)))
        return Text(title, f"Makes {thing[:50].lower()} easier to run.", body, keywords)

    def _term(self, rng: random.Random, classes: list[str], language: str) -> str:
        if language == "zh" and rng.random() < 0.5:
            return str(self._sources.terms.draw(rng))
        return self._objects(rng, rng.choice(classes), language)[:40].lower()

    def _body(
        self,
        rng: random.Random,
        pool: Sequence[Sentence],
        characters: float,
        term: Callable[[], str],
        joint: str = "",
    ) -> str:
        """Sentences until the length is reached, each with two or three phrases replaced."""
        if rng.random() < 0.02:
            return ""
        if rng.random() < 0.0001:
            characters = 110_000
        pieces: list[str] = []
        length = 0
        while length < characters:
            sentence = _replaced(rng, rng.choice(pool), term)
            pieces.append(sentence)
            length += len(sentence)
        coined = int(characters / (1.6 if not joint else 6.2) / COINED + rng.random())
        for _ in range(coined):
            pieces.insert(rng.randrange(len(pieces) + 1), f"{_coined(rng)}{joint}")
        return joint.join(pieces)

    def _near_duplicate(self, rng: random.Random, number: int) -> Document:
        """Of a recent document: mostly the same text, sometimes edited."""
        base = self.document(number - 1 - rng.randrange(10))
        texts = dict(base.texts)
        if rng.random() < 0.29:
            texts = {
                language: Text(f"{t.title} {_coined(rng)}", t.lead, t.body, t.keywords)
                for language, t in texts.items()
            }
        return self._dressed(rng, number, texts, self._classes(rng))

    def _dressed(
        self,
        rng: random.Random,
        number: int,
        texts: dict[str, Text],
        classes: list[str],
        kind: str | None = None,
    ) -> Document:
        """Fields: levels peak at 4, prices are lognormal, dates grow by 8 % a year."""
        kind = kind or _choose(rng, KINDS)
        trl = min(9, max(1, round(rng.gauss(4, 1.7))))
        price = None if rng.random() < 0.35 else int(math.exp(rng.gauss(math.log(300_000), 1.4)))
        years = math.log(1 + rng.random() * (1.08**20 - 1)) / math.log(1.08)
        published = _BEGINNING + timedelta(days=years * 365.25)
        owner = str(self._sources.owners.draw(rng))
        if kind == "need":
            owner = rng.choice(self._sources.firms)
        serial = f"1{number % 100_000_000:08d}"
        ways = rng.sample(WAYS, rng.randint(1, 3))
        status = "expired" if years < 0.5 else rng.choices(("granted", "pending"), (66, 34))[0]
        classes = [] if rng.random() < 0.01 else classes
        numbers = {"trl": trl, "year": published.year}
        return Document(
            kind="listing",
            id=name(number),
            texts=texts,
            original=next(iter(texts)),
            identifiers=(f"CN{serial}A",) if kind == "patent" else (),
            facets={
                "kind": (kind,),
                "ipc_section": tuple(dict.fromkeys(code[0] for code in classes)),
                "ipc_class": tuple(dict.fromkeys(code[:3] for code in classes)),
                "industry": (rng.choice(self._sources.industries),),
                "emerging_industry": (rng.choice(self._sources.emerging),),
                "institute": (owner,),
                "region": (rng.choice(self._sources.counties),),
                "trl": (str(trl),),
                "way": tuple(ways),
                "price_band": (_band(price),),
                "year": (str(published.year),),
                "legal_status": (status,),
                "currency": ("CNY",),
            },
            numbers=numbers if price is None else numbers | {"price_minor": price * 100},
            published=published,
            organisation={"zh": owner},
            stored={"owner": owner, "ways": ways, "price": price},
        )


def name(number: int) -> str:
    return f"{number:032x}"


def _choose(rng: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    values, weights = zip(*weighted, strict=True)
    return str(rng.choices(values, weights)[0])


def _band(price: int | None) -> str:
    if price is None:
        return "negotiable"
    return next((f"to_{bound}" for bound in BOUNDS if price <= bound), f"above_{BOUNDS[-1]}")


def _replaced(rng: random.Random, sentence: Sentence, term: Callable[[], str]) -> str:
    places = range(1, len(sentence), 2)
    if not places:
        return sentence[0]
    chosen = set(rng.sample(places, min(len(places), rng.randint(2, 3))))
    return "".join(term() if n in chosen else piece for n, piece in enumerate(sentence))


def _coined(rng: random.Random) -> str:
    """A model number, an alloy, a measurement, a formula or a name that nobody else has."""
    number = rng.randrange(10**6)
    match number % 5:
        case 0:
            return f"{rng.choice('ABCDEFGHKLMNPQRSTVXYZ')}{number % 97}-{number // 11}"
        case 1:
            return f"{rng.choice(('AlSi', 'TiAl', 'CuCr'))}{number % 89}Mg{rng.random():.3f}"
        case 2:
            return f"{number / 1000}{rng.choice(('kW', 'mm', '℃', 'MPa', 'nm'))}"
        case 3:
            return f"C{number % 98}H{number % 199}N{number % 9}O{rng.randrange(30)}"
        case _:
            return "".join(rng.choices(_SYLLABLES, k=rng.randint(3, 5))).capitalize()


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _blemished(rng: random.Random, text: Text) -> Text:
    """Double encoding 1 %, half-width punctuation 0.5 %, traditional characters 2 %."""
    chance = rng.random()
    body = text.body
    if chance < 0.01:
        body = body.encode().decode("latin-1")
    elif chance < 0.015:
        body = body.translate(str.maketrans("，。；：（）", ",.;:()"))
    elif chance < 0.035:
        body = _traditional().convert(body)
    return Text(text.title, text.lead, body, text.keywords)

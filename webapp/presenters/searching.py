"""A search page: its address read into a question, the answer laid out for reading.

Everything that narrows a search is in its address, so that a link carries the whole of it:
`/search?q=…&way=exclusive&trl_from=6&sort=newest&page=2`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from core.i18n import N_
from search.cursor import LONGEST as LONGEST_CURSOR
from search.documents import FACETS
from search.queries import LONGEST, SORTS, SearchPage, SearchRequest, Sort
from search.understanding import Understood
from webapp.language import plain
from webapp.presenters import labels
from webapp.presenters.hits import HitView, view_hit

SIZE = 20
LAST = 500
"""The last page with a number; who reads further walks on by cursor."""
BEGIN = "begin"
CHOICES = 24
"""Values of one filter that are read; more is no person's doing."""
SORT_NAMES: dict[str, str] = {
    "relevance": N_("Relevance"),
    "newest": N_("Newest first"),
    "trl_desc": N_("Readiness, high to low"),
    "price_asc": N_("Price, low to high"),
    "price_desc": N_("Price, high to low"),
}
VIEWS: dict[str, str] = {"": N_("List"), "table": N_("Table"), "map": N_("Map")}
SHOWN_FACETS = (
    "kind",
    "way",
    "ipc_section",
    "ipc_class",
    "emerging_industry",
    "industry",
    "institute",
    "region",
    "legal_status",
    "price_band",
    "year",
)
FACET_LENGTH = 8
ORDERED = ("price_band", "year")
"""Facets whose values have an order of their own, better to read than by frequency."""
READINESS = labels.FACETS["trl"]


@dataclass(frozen=True)
class Asked:
    """What the address asks for, in the order in which it is written back."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    trl: tuple[int | None, int | None] = (None, None)
    sort: str = ""
    page: int = 1
    after: str = ""
    """Where a walk beyond the last numbered page is: BEGIN, or the engine's cursor."""
    match: str = "auto"
    view: str = ""
    """How results are laid out: "" is a list; see VIEWS."""
    literal: tuple[str, ...] = ()
    """Words that are to be words although they could be read as conditions; "*" is all."""
    bridge: bool = True
    """Whether the words are looked for in the other language too."""

    @property
    def sorted_by(self) -> Sort:
        return cast("Sort", self.sort or ("relevance" if self.text else "newest"))

    @property
    def narrowed(self) -> bool:
        return bool(self.filters) or self.trl != (None, None)

    @property
    def chosen(self) -> frozenset[str]:
        """What was chosen beside the text, which goes before what the text says of it."""
        return frozenset((*self.filters, *(("trl",) if self.trl != (None, None) else ())))

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """Query parameters; `changes` replace fields, and any of them starts at page one."""
        now = Asked(**{**self.__dict__, "page": 1, "after": "", **changes})
        found = [("q", now.text)] if now.text else []
        found += [(name, value) for name in FACETS for value in now.filters.get(name, ())]
        bounds = zip(("trl_from", "trl_to"), now.trl, strict=True)
        found += [(name, str(bound)) for name, bound in bounds if bound is not None]
        found += [("literal", word) for word in now.literal]
        if not now.bridge:
            found.append(("bridge", "0"))
        if now.match != "auto":
            found.append(("match", now.match))
        if now.sort:
            found.append(("sort", now.sort))
        if now.view:
            found.append(("view", now.view))
        if now.after:
            found.append(("after", now.after))
        return [*found, ("page", str(now.page))] if now.page > 1 else found

    def query(self, **changes: Any) -> str:
        pairs = self.pairs(**changes)
        return "?" + urlencode(pairs) if pairs else "?"

    def feed(self, of: str) -> str:
        """Query of the feed of this search among documents of kind `of`; "" is all kinds."""
        pairs = self.pairs(sort="", view="") + ([("of", of)] if of else [])
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def here(self) -> str:
        """This very page."""
        return self.query(page=self.page, after=self.after)

    def without(self, facet: str, value: str) -> str:
        kept = tuple(chosen for chosen in self.filters.get(facet, ()) if chosen != value)
        rest = {name: values for name, values in self.filters.items() if name != facet}
        return self.query(filters={**rest, facet: kept} if kept else rest)


def read(args: MultiDict[str, str]) -> Asked:
    """Reads an address; what is malformed or unknown is left out rather than refused."""
    after = args.get("after", "")[:LONGEST_CURSOR]
    filters = {
        name: tuple(dict.fromkeys(value for value in args.getlist(name)[:CHOICES] if value))
        for name in FACETS
        if any(args.getlist(name))
    }
    return Asked(
        text=" ".join(args.get("q", "").split())[:LONGEST],
        filters=filters,
        trl=(_level(args.get("trl_from")), _level(args.get("trl_to"))),
        sort=args.get("sort", "") if args.get("sort") in SORTS else "",
        page=1 if after else max(1, min(args.get("page", 1, type=int) or 1, LAST)),
        after=after,
        bridge=args.get("bridge") != "0",
        literal=tuple(word for word in args.getlist("literal")[:CHOICES] if word),
        view=args.get("view", "") if args.get("view") in VIEWS else "",
        match=args.get("match", "") if args.get("match") in ("all", "any") else "auto",
    )


def _level(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and 1 <= int(text) <= 9 else None


def request_of(
    asked: Asked, understood: Understood, language: str, currency: str, kinds: tuple[str, ...]
) -> SearchRequest:
    """The question for the engine: what was chosen, and where nothing was, what the text says.

    Prices compare within one currency, which is the market's where none is named.
    """
    filters = {**understood.filters, **asked.filters}
    read = {name: span for name, span in understood.ranges.items() if name not in asked.chosen}
    if asked.sorted_by.startswith("price"):
        filters.setdefault("currency", (currency,))
    return SearchRequest(
        text=understood.words,
        filters=filters,
        ranges=read | ({"trl": asked.trl} if asked.trl != (None, None) else {}),
        sort=asked.sorted_by,
        page=LAST + 1 if asked.after == BEGIN else asked.page,
        cursor={"": None, BEGIN: ""}.get(asked.after, asked.after),
        size=SIZE,
        language=language,
        match=cast("Any", asked.match),
        kinds=kinds,
        bridge=asked.bridge,
    )


def feed_of(
    asked: Asked,
    understood: Understood,
    language: str,
    currency: str,
    kinds: tuple[str, ...],
    size: int,
) -> SearchRequest:
    """The same question as a feed asks it: newest first, without counts and snippets."""
    plain_asked = Asked(**{**asked.__dict__, "sort": "newest", "page": 1, "after": ""})
    question = request_of(plain_asked, understood, language, currency, kinds)
    return replace(question, size=size, facets=(), snippets=False)


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Level:
    """One bar of the readiness histogram; `height` in the drawing's units."""

    level: int
    count: int
    x: float
    y: float
    height: float
    on: bool


@dataclass(frozen=True)
class Looser:
    """One condition less, offered where nothing was found."""

    label: str
    url: str


@dataclass(frozen=True)
class SearchView:
    asked: Asked
    page: SearchPage
    hits: tuple[HitView, ...]
    facets: tuple[Facet, ...]
    levels: tuple[Level, ...]
    chips: tuple[Chip, ...]
    looser: tuple[Looser, ...]
    pages: int

    @property
    def total(self) -> int:
        return self.page.total

    def page_url(self, page: int) -> str:
        return self.asked.query(page=page)

    @property
    def further(self) -> str:
        """Where hits beyond the numbered pages are, or that walk goes on; "" at its end."""
        if self.asked.after:
            return self.asked.query(after=self.page.cursor) if self.page.cursor else ""
        more = self.asked.page == LAST and self.total > LAST * SIZE
        return self.asked.query(after=BEGIN) if more else ""


def lay_out(asked: Asked, found: SearchPage, language: str, names: Mapping[str, str]) -> SearchView:
    """The whole page; `names` are the institutes' by id."""
    return SearchView(
        asked=asked,
        page=found,
        hits=tuple(view_hit(hit, language) for hit in found.hits),
        facets=tuple(_facets(found, asked, names)),
        levels=_levels(found, asked),
        chips=tuple(_chips(asked, names)),
        looser=tuple(_looser(asked)) if not found.hits else (),
        pages=max(1, min(LAST, -(-found.total // SIZE))),
    )


def _facets(found: SearchPage, asked: Asked, names: Mapping[str, str]) -> Iterable[Facet]:
    for name in SHOWN_FACETS:
        counted = found.facets.get(name, ())
        seen = {count.value for count in counted}
        options = [
            Option(
                count.value,
                labels.facet_value(name, count.value, names),
                count.count,
                # What the text says is a chip of its own: this box would untick nothing.
                count.value in asked.filters.get(name, ()),
            )
            for count in counted
        ]
        # A chosen value that nothing has any more stays visible, so that it can be unticked.
        options += [
            Option(value, labels.facet_value(name, value, names), 0, chosen=True)
            for value in asked.filters.get(name, ())
            if value not in seen
        ]
        if name in ORDERED:
            options.sort(key=lambda option: _size(option.value))
        else:
            options.sort(key=lambda option: not option.chosen)
        if len(options) > 1 or any(option.chosen for option in options):
            legend = plain(labels.FACETS[name])
            yield Facet(name, legend, tuple(options[:FACET_LENGTH]), tuple(options[FACET_LENGTH:]))


def _size(value: str) -> tuple[int, int]:
    """Price bands by their bound, years as numbers; what has no figure comes last."""
    digits = "".join(sign for sign in value if sign in "0123456789")
    return (int(digits), value.startswith("above")) if digits else (10**12, 0)


def _levels(found: SearchPage, asked: Asked) -> tuple[Level, ...]:
    counts = {count.value: count.count for count in found.facets.get("trl", ())}
    most = max(counts.values(), default=0)
    low, high = asked.trl[0] or 1, asked.trl[1] or 9
    if not most:
        return ()
    bars = []
    for level in range(1, 10):
        count = counts.get(str(level), 0)
        height = round(40 * count / most, 1) + (2 if count else 0.5)
        bars.append(
            Level(level, count, 24 * (level - 1), 44 - height, height, on=low <= level <= high)
        )
    return tuple(bars)


def _chips(asked: Asked, names: Mapping[str, str]) -> Iterable[Chip]:
    if asked.text and asked.narrowed:
        yield Chip(plain(N_("Words")), asked.text, asked.query(text=""))
    for name, values in asked.filters.items():
        for value in values:
            legend = plain(labels.FACETS[name])
            label = labels.facet_value(name, value, names)
            yield Chip(legend, label, asked.without(name, value))
    if asked.trl != (None, None):
        low, high = asked.trl
        text = f"TRL {low or 1}–{high or 9}"
        yield Chip(plain(READINESS), text, asked.query(trl=(None, None)))


def _looser(asked: Asked) -> Iterable[Looser]:
    for name in asked.filters:
        rest = {other: values for other, values in asked.filters.items() if other != name}
        legend = plain(labels.FACETS[name])
        yield Looser(plain(N_("Any %(what)s"), what=legend), asked.query(filters=rest))
    if asked.trl != (None, None):
        legend = plain(READINESS)
        yield Looser(plain(N_("Any %(what)s"), what=legend), asked.query(trl=(None, None)))
    if asked.text and asked.match == "all":
        yield Looser(plain(N_("Any of the words")), asked.query(match="auto"))

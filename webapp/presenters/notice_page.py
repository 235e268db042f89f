"""A public notice laid out as the document that an office would post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import links
from core.i18n import N_, format_date, format_list, format_money
from core.identifiers import find_patent_number
from core.ids import ref, show
from core.money import Money
from deals.modes import MODES
from deals.royalties import Steps
from deals.wording import NOTICE_WORDS, term_value
from reporting.notices import NoticePage
from webapp.language import TAGS, page_language, plain
from webapp.presenters import labels
from webapp.presenters.prices import rate
from webapp.presenters.showing import local_url

PLACES = {
    "unit": N_("the institute's own website and notice board"),
    "platform": N_("this market"),
    "market": N_("this market"),
    "website": N_("the institute's website"),
}


@dataclass(frozen=True)
class NoticeView:
    """Terms as rows of (name, text); the whole is printable and needs no other page."""

    url: str
    object_url: str
    listing_url: str
    text_language: str
    title: str
    above: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    below: tuple[str, ...]
    rule_days: int
    address: str


def notice_view(notice: NoticePage, base: str) -> NoticeView:
    """Everything in the page's language; what the owner wrote stays in its own."""
    language = page_language()
    title, above, below = _words(notice, language)
    path = links.path(ref("notice", notice.row.id), "zh") or ""
    return NoticeView(
        url=local_url(path),
        object_url=local_url(f"{path}/object"),
        listing_url=local_url(f"/results/{show('listing', notice.listing)}"),
        text_language="" if notice.language == language else TAGS[notice.language],
        title=title,
        above=above,
        facts=tuple(_facts(notice, language)),
        below=below,
        rule_days=notice.days,
        address=f"{base}{local_url(path)}",
    )


def _words(notice: NoticePage, language: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Heading, and the paragraphs above and below the facts: as the market worded it on its day."""
    own = notice.words.get(language)
    heading, text = own or [plain(part) for part in NOTICE_WORDS["notice.price"]]
    rules = [rule for rule in notice.rules if isinstance(rule, dict)]
    cited = dict.fromkeys(_citation(rule, language) for rule in rules)
    filled = defaultdict(str, {
        "owner": notice.row.organisation_name,
        "rules": plain(N_("; ")).join(cited) or plain(N_("the rules that apply")),
        "days": str(notice.days),
    })  # fmt: skip
    above, _, below = text.partition("%(facts)s")
    return heading % filled, _paragraphs(above % filled), _paragraphs(below % filled)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(said for line in text.split("\n") if (said := line.strip()))


def _citation(rule: Mapping[str, Any], language: str) -> str:
    spoken = rule.get("citation_en") if language == "en" else None
    return str(spoken or rule.get("citation") or rule.get("rule", ""))


def _facts(notice: NoticePage, language: str) -> list[tuple[str, str]]:
    names = [labels.named(PLACES, place) for place in notice.places]
    rows = [
        (N_("Result"), notice.row.title),
        (N_("Number of the result"), notice.listing_number),
        (N_("Summary"), notice.abstract),
        (N_("Patents"), plain(N_(", ")).join(_number(patent) for patent in notice.patents)),
        (N_("Intended transaction"), _transaction(notice, language)),
        (N_("Can become"), _conversion(notice)),
        (N_("Intended price"), price(notice.terms, language)),
        (N_("Buyer"), notice.buyer),
        (N_("Relation"), plain(_relation(notice))),
        (N_("Period of notice"), _period(notice, language)),
        (N_("Places of notice"), format_list(names, language)),
    ]
    return [(plain(name), value) for name, value in rows if value]


def _relation(notice: NoticePage) -> str:
    """Only what was looked for: seats and contributors, and what somebody declared."""
    if notice.related:
        return N_("The buyer is a contributor, or related to one or to the owner.")
    if notice.edition == 1:
        return N_("The buyer is no contributor and not related to one or to the owner.")
    return N_("No relation of the buyer to a contributor or to the owner is known or declared.")


def _period(notice: NoticePage, language: str) -> str:
    first, last = notice.row.first_day, notice.row.last_day
    if first is None or last is None:
        said = N_("%(days)s days from the day on which it is posted in the institute")
        return plain(said, days=notice.days)
    return plain(
        N_("from %(first)s to %(last)s 24:00, %(days)s days"),
        first=format_date(first, language),
        last=format_date(last, language),
        days=notice.days,
    )


def _number(text: str) -> str:
    known = find_patent_number(text)
    return known.display if known else text


def _transaction(notice: NoticePage, language: str) -> str:
    terms = notice.terms
    until = terms.get("until")
    parts = [
        plain(MODES[notice.mode].label) if notice.mode in MODES else "",
        labels.way(terms.get("way", "")),
        terms.get("field") or "",
        terms.get("territory") or "",
        plain(N_("until %(month)s"), month=format_date(date.fromisoformat(until), language))
        if until
        else "",
    ]
    return plain(N_(", ")).join(part for part in parts if part)


def _conversion(notice: NoticePage) -> str:
    """What a trial turns into if the firm takes it up: no other notice is published of that."""
    terms = notice.terms
    if notice.edition == 1 or not terms.get("converts_to"):
        return ""
    way, metrics = labels.way(terms["converts_to"]), terms.get("metrics")
    return plain(N_("%(way)s, measured by: %(metrics)s"), way=way, metrics=metrics)


def price(terms: Mapping[str, Any], language: str) -> str:
    """Lump sum, entry fee and royalty of stored terms, as one sentence part."""

    def amount(name: str) -> str:
        return format_money(Money(terms[name], terms["currency"]), language)

    parts = []
    if terms.get("lump_sum"):
        parts.append(plain(N_("lump sum %(amount)s"), amount=amount("lump_sum")))
    if terms.get("entry_fee"):
        parts.append(plain(N_("entry fee %(amount)s"), amount=amount("entry_fee")))
    if terms.get("royalty"):
        base = labels.ROYALTY_BASES.get(str(terms.get("royalty_base")), "%(rate)s")
        parts.append(plain(base, rate=rate(terms["royalty"])))
    if terms.get("royalty_steps"):
        steps = Steps.load(terms["royalty_steps"])
        parts.append(term_value("royalty_steps", steps, terms["currency"], language))
    if terms.get("royalty_minimum"):
        parts.append(plain(N_("at least %(amount)s"), amount=amount("royalty_minimum")))
    if terms.get("equity"):
        company = {"share": rate(terms["equity"]), "company": terms.get("company", "")}
        parts.append(plain(N_("%(share)s of %(company)s"), **company))
    if terms.get("conversion_price"):
        amount_later = plain(N_("taken up for %(amount)s"), amount=amount("conversion_price"))
        parts.append(amount_later)
    tax = labels.TAX.get(str(terms.get("tax_basis")))
    if parts and tax:
        parts.append(plain(tax))
    return plain(N_(", ")).join(parts)

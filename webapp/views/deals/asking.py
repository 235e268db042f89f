"""What the inquiry form says about the listing that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.actor import Actor
from core.errors import NotFound
from core.times import legal_date
from deals.inquiring import country_of, own_organisation
from deals.rules import Question
from listings.queries import listing_page
from webapp.forms.deal_forms import InquiryForm
from webapp.language import page_language
from webapp.runtime import the_market


@dataclass(frozen=True)
class AskedListing:
    """`ways`: codes that can be asked for; `answer_by`: the day promised if asked today."""

    id: str
    title: str
    owner: str
    contact: str
    ways: tuple[str, ...]
    currency: str
    answer_by: date
    answer_days: int
    asker_country: str
    """Of the organisation that the reader speaks for; "" where there is none, or several."""

    @property
    def first_way(self) -> str | None:
        return self.ways[0] if len(self.ways) == 1 else None


def asked_listing(listing: str, actor: Actor) -> AskedListing:
    """Raises NotFound for a listing that is not published (a withdrawn one says so itself)."""
    runtime, language = the_market(), page_language()
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        found = listing_page(session, actor, listing, today, language=language)
        owner = found.owner_org if found is not None else ""
        country = country_of(session, own_organisation(actor, owner))
    if found is None or found.state != "published":
        raise NotFound(ref=f"listing:{listing}")
    offered = [way for way in found.ways if way.standing.can_be_asked]
    currencies = [way.price.currency for way in offered if way.price]
    calendar = runtime.law.profile(runtime.settings.jurisdiction, today).calendar
    return AskedListing(
        found.id,
        found.text.title,
        found.owner_name,
        found.contact_name or "",
        tuple(str(way.way) for way in offered) or tuple(_ANY),
        currencies[0] if currencies else runtime.settings.currency,
        calendar.after_working_days(today, found.answer_days).day,
        found.answer_days,
        country,
    )


def question_of(form: InquiryForm, listing: AskedListing) -> Question | None:
    """What was typed; None where the budget is no amount, which its field then says."""
    budget = form.amount("budget", listing.currency)
    if form.budget.errors:
        return None
    named = ("way", "purpose", "timetable", "name", "firm", "country", "phone", "mail",
             "question")  # fmt: skip
    texts = {name: form[name].data or "" for name in named}
    return Question(listing.id, **texts, budget=budget, currency=listing.currency)


_ANY = ("assignment", "exclusive", "sole", "ordinary", "trial_licence", "joint_development")
"""Where the owner named no way, anything may be asked."""

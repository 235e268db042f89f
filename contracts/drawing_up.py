"""What a deal carries over into its contract, read under the locks of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from contracts.matter import Draft, Matter, Patent, proposed_kind
from deals.models import Deal, DealAsset, NoticePosting, Offer, PublicNotice
from deals.offers import Terms
from deals.queries.names import listing_titles
from deals.rules import OWN_PLACE, days_unshown
from listings.models import Contributor, CoOwner, PatentFacts


def matter_of(session: Session, deal: Deal, language: str) -> Matter:
    """Parties, subject and accepted terms as they are now; names in `language` where there are.

    Eight statements. Raises LookupError for a deal without an accepted version.
    """
    offer = session.get(Offer, (deal.id, deal.agreed)) if deal.agreed else None
    if offer is None:
        raise LookupError("a contract needs an accepted version")
    parties = [id for id in (deal.seller_org, deal.buyer_org) if id]
    names = organisation_names(session, parties, language)
    seller = names.get(deal.seller_org, "")
    assets = session.scalars(select(DealAsset.asset).where(DealAsset.deal == deal.id)).all()
    owners = session.execute(
        select(CoOwner.name, CoOwner.consented_on)
        .where(CoOwner.asset.in_(assets))
        .order_by(CoOwner.n)
    ).all()
    title = listing_titles(session, [deal.listing], language).get(deal.listing, "")
    return Matter(
        title=title,
        seller=seller,
        buyer=names.get(deal.buyer_org or "") or deal.buyer_firm or deal.buyer_name,
        terms=Terms.load(offer.terms),
        patents=_patents(session, assets, seller, title),
        contributors=_contributors(session, assets),
        co_owners=tuple(dict.fromkeys(name for name, _ in owners)),
        unconsenting=tuple(dict.fromkeys(name for name, when in owners if when is None)),
        unshown=_unshown(session, deal),
    )


def _unshown(session: Session, deal: Deal) -> int:
    notice = session.get(PublicNotice, deal.notice) if deal.notice else None
    if notice is None or OWN_PLACE not in notice.places:
        return 0
    p = NoticePosting
    pictures = session.execute(select(p.shows, p.day).where(p.notice == notice.id))
    return days_unshown([(when, day) for when, day in pictures], notice.days)


def first_draft(matter: Matter) -> Draft:
    """What can be filled in without asking: the type, the project's name, what was accepted as
    milestones, or as the measures of a trial."""
    terms = matter.terms
    return Draft(
        kind=proposed_kind(terms.way),
        project=matter.title,
        acceptance=terms.metrics or _criteria(terms) or terms.milestones,
    )


def _criteria(terms: Terms) -> str:
    """Of each milestone what counts as reached, in words of no language but the parties'."""
    lines = enumerate(terms.stages, 1)
    return "\n".join(f"{n}. {one.what} · {one.by} · {one.criterion}" for n, one in lines)


def _patents(session: Session, assets: Sequence[str], owner: str, title: str) -> tuple[Patent, ...]:
    """`title`: of the listing, for a patent that was registered without one."""
    rows = session.scalars(
        select(PatentFacts)
        .where(PatentFacts.asset.in_(assets))
        .order_by(PatentFacts.asset, PatentFacts.position, PatentFacts.n)
    )
    return tuple(
        Patent(
            title=row.title or title,
            owner=owner,
            office=row.office,
            kind=row.kind,
            status=row.legal_status,
            filed_on=row.filed_on,
            application_number=row.application_number,
            grant_number=row.grant_number,
            expires_on=row.expires_on,
        )
        for row in rows
    )


def _contributors(session: Session, assets: Sequence[str]) -> tuple[str, ...]:
    rows = session.scalars(
        select(Contributor.name)
        .where(Contributor.asset.in_(assets))
        .order_by(Contributor.asset, Contributor.position)
    )
    return tuple(dict.fromkeys(rows))

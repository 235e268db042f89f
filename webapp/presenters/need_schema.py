"""JSON-LD of a need: a Demand, as far as the page shows it to a stranger."""

from __future__ import annotations

from typing import Any

from listings.queries.needs import NeedPage
from webapp.presenters.showing import market


def demand(page: NeedPage, url: str) -> dict[str, Any] | None:
    """schema.org; None where search engines are to leave the need alone."""
    if page.confidential or page.state != "published":
        return None
    address = f"{market().base_url}{url}"
    wanted = {"@type": "Product", "name": page.title, "description": page.summary}
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Demand",
        "name": page.title,
        "description": page.summary,
        "url": address,
        "itemOffered": wanted,
    }
    if page.deadline:
        described["availabilityEnds"] = page.deadline.isoformat()
    limits = {"minPrice": page.budget_low, "maxPrice": page.budget_high}
    known = {name: amount for name, amount in limits.items() if amount}
    if known:
        described["priceSpecification"] = {
            "@type": "PriceSpecification",
            "priceCurrency": next(iter(known.values())).currency,
            **{name: str(amount.major) for name, amount in known.items()},
        }
    return described

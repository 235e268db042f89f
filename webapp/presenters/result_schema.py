"""JSON-LD of a result: a Product with Offers, based on the work that its patents describe."""

from __future__ import annotations

from typing import Any

from listings.queries.views import ListingPage, WayView
from webapp.presenters import labels
from webapp.presenters.showing import market

AVAILABILITY = {
    "available": "https://schema.org/InStock",
    "partly": "https://schema.org/LimitedAvailability",
    "consent": "https://schema.org/PreOrder",
    "taken": "https://schema.org/SoldOut",
    "ended": "https://schema.org/Discontinued",
}


def product(page: ListingPage, url: str) -> dict[str, Any]:
    """schema.org; only what the page itself shows to a stranger."""
    address = f"{market().base_url}{url}"
    owner = {"@type": "Organization", "name": page.owner_name}
    based_on = [
        {
            "@type": "CreativeWork",
            "name": patent.title or page.text.title,
            "identifier": number,
            "creditText": page.owner_name,
        }
        for patent in page.patents
        if (number := patent.grant_number or patent.application_number)
    ]
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.text.title,
        "description": page.text.value_line,
        "inLanguage": page.text.language,
        "url": address,
        "brand": owner,
        "category": ", ".join(page.ipc),
        "offers": [_offer(way, address, owner) for way in page.ways],
    }
    if page.registration:
        described["identifier"] = page.registration
    if based_on:
        described["isBasedOn"] = based_on
    return described


def _offer(way: WayView, address: str, owner: dict[str, str]) -> dict[str, Any]:
    offer: dict[str, Any] = {
        "@type": "Offer",
        "name": labels.way(way.way),
        "url": address,
        "seller": owner,
        "availability": AVAILABILITY[str(way.standing.standing)],
    }
    if way.price is not None:
        offer["price"] = str(way.price.major)
        offer["priceCurrency"] = way.price.currency
    return offer

"""JSON-LD of an organisation."""

from typing import Any

from core import links
from core.ids import ref
from reporting.organisation import PublicOrganisation
from webapp.presenters.showing import local_url, market


def organisation(found: PublicOrganisation, language: str) -> dict[str, Any]:
    """schema.org; only what the page itself shows."""
    path = local_url(links.path(ref("organisation", found.id), "zh") or "")
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": found.name(language),
        "url": f"{market().base_url}{path}",
        "identifier": found.number,
    }
    others = [name for code, name in found.names.items() if code != language]
    if others:
        described["alternateName"] = others
    if found.website:
        described["sameAs"] = found.website
    return described

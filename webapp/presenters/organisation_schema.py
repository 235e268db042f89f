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
        "identifier": [_identifier(_register(found), found.number)],
    }
    others = [name for code, name in found.names.items() if code != language]
    if others:
        described["alternateName"] = others
    if intro := found.intro(language):
        described["description"] = intro
    if found.logo:
        described["logo"] = f"{market().base_url}{path}/logo"
    if found.ror:
        described["identifier"].append(_identifier("ROR", f"https://ror.org/{found.ror}"))
    same = [found.website, f"https://ror.org/{found.ror}" if found.ror else None]
    if told := [address for address in same if address]:
        described["sameAs"] = told
    return described


def _register(found: PublicOrganisation) -> str:
    return "USCC" if found.country == "CN" else found.country


def _identifier(kind: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": kind, "value": value}

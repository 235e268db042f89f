"""Rules of signing on through others, as pure functions of plain values."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from accounts.states import OrganisationKind, Role
from core.errors import Problem
from core.i18n import N_
from core.reference import table

SIGN_ON_LIFE: Final = timedelta(minutes=10)
"""How long somebody may take at their provider."""
ACCOUNT_LIFE: Final = timedelta(minutes=30)
"""How long whom we do not know yet may take to make an account, from the start of the journey."""
CLOCK_SKEW: Final = 60
"""Seconds that a provider's clock may differ from ours."""
LONGEST_SUBJECT: Final = 255
"""OpenID Connect Core 1.0, section 2: at most 255 ASCII characters."""
ORCID: Final = "orcid"
"""What stands for ORCID where else the id of an institution's provider does."""
MOST_DOMAINS: Final = 20

SMALLEST_SEAT: Final[dict[str, str]] = {
    OrganisationKind.INSTITUTE: Role.RESEARCHER,
    OrganisationKind.FIRM: Role.FIRM_MEMBER,
    OrganisationKind.PROVIDER: Role.EXPERT,
}
"""The seat that is granted without anybody's look. A brokerage has none: each of its seats speaks
for it."""

OPEN_ISSUERS: Final = frozenset(
    {
        "accounts.google.com", "appleid.apple.com", "github.com", "gitlab.com", "login.live.com",
        "login.yahoo.com", "orcid.org", "sandbox.orcid.org", "www.facebook.com", "www.linkedin.com",
    }
)  # fmt: skip
"""Hosts of providers where anybody gets an identity."""

_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])")
_SHARED: Final = re.compile(r"(ac|co|com|edu|gob|gov|go|gv|mil|ne|net|nom|or|org|sch)\.[a-z]{2}")
"""Suffixes under which everybody registers, such as edu.cn or ac.uk."""


def read_domain(typed: str) -> str:
    """A domain as it is compared: lower case, in ASCII, without what people paste before it."""
    plain = typed.strip().lower().removeprefix("https://").removeprefix("http://")
    plain = plain.split("/")[0].rpartition("@")[2].rstrip(".")
    try:
        return plain.encode("idna").decode("ascii") if plain else ""
    except UnicodeError:
        return plain


def domain_problems(domain: str) -> list[Problem]:
    """What keeps this from being a domain of one organisation alone."""
    if len(domain) > 253 or not _DOMAIN.fullmatch(domain):
        return [Problem("domain", N_("Write a domain such as university.edu.cn."))]
    if _SHARED.fullmatch(domain):
        return [Problem("domain_shared", N_("Many organisations share this ending. Write yours."))]
    provider = table("public_mail_domains").entries
    if any(above in provider for above in and_above(domain)):
        text = N_("Anybody gets an address there, so it shows of nobody where they belong.")
        return [Problem("domain_public", text)]
    return []


def and_above(domain: str) -> list[str]:
    """The domain and those that it lies in, the longest first: a.b.cn, b.cn."""
    labels = domain.split(".")
    return [".".join(labels[place:]) for place in range(len(labels) - 1)]


def issuer_problems(issuer: str) -> list[Problem]:
    """OpenID Connect Discovery 1.0, section 3: a URL without query and fragment. Whether it may
    be called is `core.outbound`'s to say."""
    parts = urlsplit(issuer)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        return [Problem("issuer", N_("Write the address as the provider prints it (https://…)."))]
    if parts.query or parts.fragment or issuer.endswith("/.well-known/openid-configuration"):
        text = N_("Write the issuer alone: no “?”, no “#”, nothing from “/.well-known” on.")
        return [Problem("issuer_more", text)]
    if parts.hostname in OPEN_ISSUERS:
        text = N_("Anybody gets an identity there, so it shows of nobody where they belong.")
        return [Problem("issuer_open", text)]
    return []


def joins_problems(kind: str, joins: str) -> list[Problem]:
    """May seats of this kind of organisation be granted without a look?"""
    if joins not in {"ask", "grant"}:
        return [Problem("joins", N_("Choose what happens."))]
    if joins == "grant" and kind not in SMALLEST_SEAT:
        text = N_("Every seat here speaks for the organisation, so each is answered by a person.")
        return [Problem("joins_kind", text)]
    return []

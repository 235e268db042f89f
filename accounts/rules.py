"""Rules of accounts as pure functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from accounts.scopes import Scope
from accounts.states import OrganisationKind, OrganisationState, Role
from core.errors import Problem
from core.i18n import N_

CODE_LIFE: Final = timedelta(minutes=10)
CODE_ATTEMPTS: Final = 5
INVITATION_LIFE: Final = timedelta(days=14)
SESSION_LIFE: Final = timedelta(hours=12)
IDLE_LIFE: Final = timedelta(hours=3)
"""How long a session that nobody uses stays open: a browser that was left is closed by then. Within
it whatever weighs much asks again after `FRESH`."""
FRESH: Final = timedelta(minutes=30)
"""How long a proof of who one is serves for steps about money, roles, keys and public notice."""
FORM_LIFE: Final = timedelta(minutes=10)
"""How long what was typed is kept while its sender shows who they are."""
SEEN_EVERY: Final = timedelta(minutes=5)
"""How stale `last_seen_at` may be: not every request should write."""
MOST_CONTACTS: Final = 5
UNPROVEN_LIFE: Final = timedelta(days=7)
TOKEN_DAYS: Final = 366
"""The longest life of an access token: whoever still needs it after a year makes a new one."""

ROLES_OF_KIND: Final[dict[str, frozenset[str]]] = {
    OrganisationKind.INSTITUTE: frozenset({Role.RESEARCHER, Role.TTO_OFFICER, Role.EXPERT}),
    OrganisationKind.FIRM: frozenset({Role.FIRM_MEMBER, Role.FIRM_ADMIN, Role.EXPERT}),
    OrganisationKind.BROKERAGE: frozenset({Role.BROKER}),
    OrganisationKind.PROVIDER: frozenset({Role.PROVIDER_ADMIN, Role.EXPERT}),
    OrganisationKind.OPERATOR: frozenset({Role.OPERATOR, Role.AUDITOR}),
}
"""Which roles a seat in each kind of organisation may carry."""

ADMIN_OF_KIND: Final[dict[str, str]] = {
    OrganisationKind.INSTITUTE: Role.TTO_OFFICER,
    OrganisationKind.FIRM: Role.FIRM_ADMIN,
    OrganisationKind.BROKERAGE: Role.BROKER,
    OrganisationKind.PROVIDER: Role.PROVIDER_ADMIN,
    OrganisationKind.OPERATOR: Role.OPERATOR,
}
"""Who may invite, admit and remove members."""

_OFFICE: Final = frozenset(ADMIN_OF_KIND.values()) | {Role.AUDITOR}

BEFORE_VETTING: Final = frozenset({Role.RESEARCHER, Role.FIRM_MEMBER, Role.FIRM_ADMIN})
"""Roles that already work while the organisation waits for its vetting: drafting and asking,
nothing that speaks for an institution in public."""

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_REGION: Final = re.compile(r"\d{6}")
_NUMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z .:/_-]{1,39}")


def effective_roles(state: str, roles: Iterable[str]) -> frozenset[str]:
    """What a seat is worth now. A suspended organisation's seats are worth nothing."""
    held = frozenset(roles)
    if state == OrganisationState.VETTED:
        return held
    if state == OrganisationState.SUSPENDED:
        return frozenset()
    return held & BEFORE_VETTING


def in_force(starts_at: datetime, ends_at: datetime | None, now: datetime) -> bool:
    """A membership holds from its start and not at its end any more."""
    return starts_at <= now and (ends_at is None or now < ends_at)


def weighs_much(roles: Iterable[str]) -> bool:
    """Would a seat with these roles let its holder manage others, publish, or read everything?"""
    return not _OFFICE.isdisjoint(roles)


def role_problems(kind: str, roles: Iterable[str]) -> list[Problem]:
    """At least one role, and only those that this kind of organisation gives."""
    asked = frozenset(roles)
    if not asked:
        return [Problem("roles_missing", N_("Choose at least one role."))]
    if asked - ROLES_OF_KIND[kind]:
        return [Problem("roles_foreign", N_("This organisation cannot give one of these roles."))]
    return []


def name_problems(name: str) -> list[Problem]:
    """1 to 200 characters with something to read in it."""
    if not name.strip():
        return [Problem("name_missing", N_("Write the name."))]
    if len(name) > 200:
        return [Problem("name_long", N_("Shorten the name to 200 characters."))]
    return []


def registration_problems(
    kind: str,
    names: Mapping[str, str],
    country: str,
    register: str | None,
    number: str,
    region: str | None,
) -> dict[str, list[Problem]]:
    """What must be corrected before an organisation can register; {} when nothing.

    The check digit of a Chinese number is the country's own rule and is asked of its module.
    """
    found: dict[str, list[Problem]] = {}
    if kind not in ROLES_OF_KIND or kind == OrganisationKind.OPERATOR:
        found["kind"] = [Problem("kind", N_("Choose what kind of organisation it is."))]
    if not any(name.strip() for name in names.values()):
        found["names"] = [Problem("name_missing", N_("Write the name."))]
    for name in names.values():
        if name.strip() and (problems := name_problems(name)):
            found["names"] = problems
    if not _COUNTRY.fullmatch(country):
        found["country"] = [Problem("country", N_("Choose a country."))]
    elif country != "CN" and not (register or "").strip():
        found["register"] = [
            Problem("register", N_("Name the register that lists the organisation at home."))
        ]
    if not _NUMBER.fullmatch(number):
        found["number"] = [
            Problem("number", N_("Write the registration number as the register prints it."))
        ]
    if region and not _REGION.fullmatch(region):
        found["region"] = [Problem("region", N_("A region code has six digits."))]
    return found


def is_last_admin(kind: str, person: str, holders: Mapping[str, Iterable[str]]) -> bool:
    """Would the organisation lose its only administrator? `holders`: person -> roles, in force."""
    admin = ADMIN_OF_KIND[kind]
    admins = {who for who, roles in holders.items() if admin in roles}
    return admins == {person}


def token_problems(name: str, scopes: Iterable[str], days: int) -> dict[str, list[Problem]]:
    """What must be corrected before an access token can be made; {} when nothing."""
    found: dict[str, list[Problem]] = {}
    if problems := name_problems(name):
        found["name"] = problems
    asked = frozenset(scopes)
    if not asked:
        found["scopes"] = [Problem("scopes_missing", N_("Choose what the token may do."))]
    elif asked - frozenset(Scope):
        found["scopes"] = [Problem("scopes_unknown", N_("One of these scopes does not exist."))]
    if not 1 <= days <= TOKEN_DAYS:
        text = N_("A token holds for 1 to %(most)s days.")
        found["days"] = [Problem("days_range", text, {"most": TOKEN_DAYS})]
    return found

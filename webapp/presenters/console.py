"""The console's pages by what they are about, and which of them a request shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask

from core.i18n import N_
from webapp.presenters.rule_words import rule_name


@dataclass(frozen=True)
class Tab:
    """A page of the console: its endpoint, its name, and what else belongs to it."""

    endpoint: str
    name: str
    also: tuple[str, ...] = ()
    """Beginnings of endpoints that are reached from it."""
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    name: str
    tabs: tuple[Tab, ...]


GROUPS = (
    Group(N_("Today's work"), (
        Tab("operator.home", N_("Desk")),
        Tab("duties.today", N_("Duties"), ("duties.",)),
        Tab("operator.overdue", N_("Overdue answers")),
        Tab("operator_announcements.index", N_("Announcements"), ("operator_announcements.",)),
    )),
    Group(N_("People and organisations"), (
        Tab("operator.organisations", N_("Vetting"), ("operator.vet",), {"state": "applied"}),
        Tab("operator.organisations", N_("Organisations")),
        Tab("operator.people", N_("People"), ("operator.", "recoveries.", "revoking.")),
        Tab("operator_sign_on.index", N_("Sign-ons"), ("operator_sign_on.",)),
        Tab("merging.index", N_("Merging organisations"), ("merging.",)),
        Tab("operator_support.index", N_("Support views"), ("operator_support.",)),
    )),
    Group(N_("Content and disputes"), (
        Tab("moderation.public", N_("Moderation"), ("moderation.",)),
        Tab("operator_complaints.index", N_("Complaints"), ("operator_complaints.",)),
        Tab("operator_appeals.index", N_("Appeals"), ("operator_appeals.",)),
        Tab("sanctions.index", N_("Sanctions"), ("sanctions.",)),
    )),
    Group(N_("Money"), (
        Tab("operator_money.queue", N_("Payments"), ("operator_money.queue",)),
        Tab("operator_money.ledger", N_("Ledger"), ("operator_money.",)),
    )),
    Group(N_("Rules"), (
        Tab("policies.index", N_("Rules"), ("policies.",)),
        Tab("operator_texts.index", N_("Terms and privacy text"), ("operator_texts.",)),
        Tab("retention.index", N_("Kept for a time"), ("retention.",)),
        Tab("stops.index", N_("Stops")),
        Tab("stops.features", N_("Features"), ("stops.feature",)),
    )),
    Group(N_("System"), (
        Tab("oversight.health", N_("Health"), ("oversight.health",)),
        Tab("oversight.audit", N_("Audit"), ("oversight.",)),
        Tab("trying.page", N_("Search"), ("trying.",)),
    )),
)  # fmt: skip


def console_place(endpoint: str, waiting: bool) -> tuple[Group, Tab]:
    """Where `endpoint` stands; `waiting` tells the list of who waits for vetting from the whole
    one. What no group names stands under the first tab."""
    for group in GROUPS:
        for tab in group.tabs:
            if tab.endpoint == endpoint and waiting == ("state" in tab.arguments):
                return group, tab
    for group in GROUPS:
        for tab in group.tabs:
            if endpoint.startswith(tab.also or ("\0",)):
                return group, tab
    return GROUPS[0], GROUPS[0].tabs[0]


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        console_groups=GROUPS, console_place=console_place, rule_name=rule_name
    )

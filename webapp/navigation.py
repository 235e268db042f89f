"""What the top bar and the menu offer, by role: the few places a person works in."""

from dataclasses import dataclass

from flask import has_app_context, request

from core.actor import Actor
from core.i18n import N_
from webapp.features import is_open

TECHNOLOGIES, NEEDS, NOTICES = "/search", "/needs", "/notices"


@dataclass(frozen=True)
class Item:
    """A place by its path (no language prefix) and the English name of it."""

    path: str
    name: str
    icon: str = ""

    @property
    def url(self) -> str:
        return f"{request.script_root}{self.path}"

    @property
    def here(self) -> bool:
        return request.path == self.path or request.path.startswith(f"{self.path}/")


PUBLIC = (
    Item(TECHNOLOGIES, N_("Technologies"), "search"),
    Item(NEEDS, N_("Needs"), "bulb"),
    Item(NOTICES, N_("Notices"), "speakerphone"),
)
WORKBENCH = Item("/workbench", N_("My results"), "microscope")
QUEUE = Item("/queue", N_("Queue"), "clipboard-list")
IMPORTS = Item("/imports", N_("Import"), "file-import")
INQUIRIES = Item("/inquiries", N_("Inquiries"), "inbox")
PROPOSALS = Item("/proposals", N_("Proposals"), "bulb")
COMPLAINTS = Item("/complaints", N_("Complaints"), "hand-stop")
DEALS = Item("/deals", N_("Deals"), "transfer")
MONEY = Item("/money", N_("Money"), "coin")
SAVED = Item("/saved", N_("Saved"), "bookmark")
MY_NEEDS = Item("/workbench/needs", N_("My needs"), "bulb")
OPERATOR = Item("/operator", N_("Console"), "gavel")
AUDIT = Item("/operator/audit", N_("Audit"), "history")
MESSAGES = Item("/messages", N_("Messages"), "bell")
ACCOUNT = Item("/account", N_("Account"), "user")
SIGN_IN = Item("/sign-in", N_("Sign in"), "login")
SIGN_UP = Item("/sign-up", N_("Create an account"), "user-plus")

BY_ROLE = (
    ("operator", (OPERATOR, AUDIT)),
    ("auditor", (AUDIT, DEALS)),
    ("tto_officer", (QUEUE, INQUIRIES, DEALS, IMPORTS, MONEY, PROPOSALS, COMPLAINTS)),
    ("researcher", (WORKBENCH, INQUIRIES, PROPOSALS)),
    ("firm_admin", (MY_NEEDS, INQUIRIES, DEALS, SAVED, MONEY, PROPOSALS, COMPLAINTS)),
    ("firm_member", (MY_NEEDS, INQUIRIES, DEALS, SAVED, MONEY, PROPOSALS)),
    ("broker", (DEALS, SAVED, MONEY)),
    ("provider_admin", (SAVED, MONEY)),
    ("expert", (SAVED,)),
)


_BLUEPRINTS = {IMPORTS.path: "imports"}
"""Places that the operator can switch off, by the pages that they are."""


def work_of(actor: Actor) -> list[Item]:
    """The places of every role the person holds that are switched on, each once, in the order of
    the table."""
    found: dict[str, Item] = {}
    for role, items in BY_ROLE:
        if actor.has(role):
            found.update((item.path, item) for item in items if item.path not in found)
    return [item for item in found.values() if _is_offered(item)]


def _is_offered(item: Item) -> bool:
    """Is it switched on? Without a market there is nothing to switch off."""
    return not has_app_context() or is_open(_BLUEPRINTS.get(item.path, ""))


def top_bar(actor: Actor) -> list[Item]:
    """At most five: work first; strangers get what is public."""
    work = work_of(actor)
    return [*work[:4], PUBLIC[0]] if work else list(PUBLIC)


def menu(actor: Actor) -> list[Item]:
    """Everything: what a phone shows, and what the account's menu shows on a desk."""
    personal = [MESSAGES, ACCOUNT] if actor.kind == "person" else [SIGN_IN, SIGN_UP]
    return [*work_of(actor), *PUBLIC, *personal]

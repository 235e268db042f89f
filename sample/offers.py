"""What offices publish without an inquiry: fixed terms and an open listing, and who answers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from billing.actions.add_account import NewAccount, add_account
from billing.actions.approve_account import approve_account
from billing.states import Receiving
from deals.actions.post_terms import post_terms
from deals.modes.open_licence import OPEN_LICENCE
from deals.modes.open_listing import OPEN_LISTING
from deals.offers import Terms
from deals.open_licence.actions.announce_licence import announce_licence
from deals.open_licence.actions.state_licence import state_licence
from deals.open_licence.rules import Statement
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.announcing import Announced
from listings.kinds import TaxBasis
from sample.cast import Cast
from sample.content import Entry
from sample.inputs import anniversary, minor
from sample.shelf import Shelf
from sample.story import Story

STAND: int = 180
"""Days for which fixed terms can be accepted."""


@dataclass
class Offers:
    """Ids of accounts, rounds and registrations by key."""

    cast: Cast
    story: Story
    shelf: Shelf
    made: dict[str, str] = field(default_factory=dict)

    def plan(self) -> None:
        for account in self.cast.content.accounts.values():
            self.story.plan(account["day"] + 0.5, partial(self._account, account))
        for posting in self.cast.content.postings.values():
            self.story.plan(posting["day"] + 0.5, partial(self._post, posting))
            if "announced" in posting:
                day = posting["announced"]["day"] + 0.5
                self.story.plan(day, partial(self._announce, posting))
            for party in posting.get("parties", ()):
                self.story.plan(party["day"] + 0.5, partial(self._register, posting, party))
                if "qualified" in party:
                    day = party["qualified"] + 0.5
                    self.story.plan(day, partial(self._qualify, posting, party))

    def _account(self, entry: Entry) -> None:
        first, second = (self.cast.actor(key) for key in entry["by"])
        new = NewAccount(
            owner_org=self.cast.organisations[entry["organisation"]],
            kind=Receiving.SELLER,
            currency="CNY",
            account_name=entry["name"],
            bank=entry["bank"],
            number=entry["number"],
            basis=entry["basis"],
        )
        account = self.story.once(first, f"{entry['key']}:add", add_account, new)
        self.story.once(second, f"{entry['key']}:approve", approve_account, account)

    def _post(self, entry: Entry) -> None:
        officer, listing = self.cast.actor(entry["by"]), self.shelf.listings[entry["listing"]]
        posted = Posted(
            entry["mode"], self._terms(entry), entry["conditions"],
            mode_reason=entry.get("reason", ""),
        )  # fmt: skip
        step = f"{entry['key']}:post"
        if entry["mode"] == OPEN_LICENCE.code:
            stated = Statement(posted, unsuspended=True)
            self.made[entry["key"]] = self.story.once(officer, step, state_licence, listing, stated)
            return
        if entry["mode"] != OPEN_LISTING.code:
            self.story.once(officer, step, post_terms, listing, posted)
            return
        deposit = minor(entry["deposit"]) or 0
        said = Announced(posted, entry["working_days"], deposit=deposit)
        self.made[entry["key"]] = self.story.once(officer, step, announce_round, listing, said)

    def _announce(self, entry: Entry) -> None:
        officer, said = self.cast.actor(entry["by"]), entry["announced"]
        announced = self.made[entry["key"]], said["number"], self.story.day(said["day"])
        self.story.once(officer, f"{entry['key']}:announce", announce_licence, *announced)

    def _terms(self, entry: Entry) -> Terms:
        day = self.story.day(entry["day"])
        fixed = entry["mode"] != OPEN_LISTING.code
        return Terms(
            way=entry["way"],
            currency="CNY",
            territory=entry["territory"],
            until=anniversary(day, entry["until_years"]),
            lump_sum=minor(entry["sum"]),
            tax_basis=TaxBasis.EXCLUDED,
            note=entry["note"],
            valid_until=day + timedelta(days=STAND) if fixed else None,
        )

    def _register(self, entry: Entry, party: Entry) -> None:
        person = party["person"]
        firm = self.cast.organisations[self.cast.content.people[person]["organisation"]]
        step = f"{entry['key']}:{person}:register"
        round_ = self.made[entry["key"]]
        self.made[step] = self.story.once(
            self.cast.actor(person), step, register_interest, round_, firm, confirmed=True
        )

    def _qualify(self, entry: Entry, party: Entry) -> None:
        step = f"{entry['key']}:{party['person']}"
        registration = self.made[f"{step}:register"]
        officer = self.cast.actor(entry["by"])
        self.story.once(officer, f"{step}:qualify", qualify_party, registration)

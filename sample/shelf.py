"""Results, patents and needs: drafted, checked, approved, published, each by whose work it is."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from core.files import FileStore
from listings.actions.add_file import add_file
from listings.actions.approve_listing import approve_listing
from listings.actions.archive_listing import archive_listing
from listings.actions.check_title import Finding, check_title
from listings.actions.confirm_listing import confirm_listing
from listings.actions.confirm_share import confirm_share
from listings.actions.draft_need import draft_need
from listings.actions.draft_result import draft_result
from listings.actions.publish_listing import publish_listing
from listings.actions.publish_need import publish_need
from listings.actions.submit_listing import submit_listing
from listings.actions.withdraw_listing import withdraw_listing
from listings.inputs import AssetChange, ContributorInput, ListingChange, TextInput
from listings.kinds import AssetKind, CheckItem, CheckOutcome, Level
from listings.models import Listing
from sample.cast import Cast
from sample.content import Entry
from sample.inputs import asset_of, listing_of, member_of, need_of, text_of
from sample.story import Story

PUBLISHED: Final = frozenset({"published", "withdrawn", "expired"})
"""States that a listing reaches only through the market."""

_LONGEST_FILE: Final = 1 << 20
_WITHDRAWN: Final = {"fluoroplastic-exchanger": "sold", "low-salt-dyeing": "not_now"}
_SEEN: Final = {
    "zh": ("专利登记簿副本", "合作协议与共有人声明", "登记簿未见质押", "许可台账", "缴费收据"),
    "en": ("Register extract", "Agreements read", "No pledge on the register", "Licence book",
           "Receipts"),
}  # fmt: skip


@dataclass
class Shelf:
    """Ids of listings and needs by key, as the story makes them."""

    cast: Cast
    story: Story
    files: FileStore
    listings: dict[str, str] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)

    def plan(self) -> None:
        for entry in self.cast.content.results.values():
            self._plan_result(entry)
        for entry in self.cast.content.needs.values():
            self.story.plan(entry["age"] + 1.3, partial(self._draft_need, entry))
            self.story.plan(entry["age"] + 0.2, partial(self._publish_need, entry))

    def _plan_result(self, entry: Entry) -> None:
        """`age` counts from the step that gave the entry its state."""
        state, age, plan = entry["state"], entry["age"], self.story.plan
        if state in ("draft", "archived"):
            plan(age + 0.6, partial(self._draft, entry))
            if state == "archived":
                plan(age - 20, partial(self._archive, entry))
            return
        before = {"submitted": 0, "title_check": 2, "approved": 3}.get(state, 4)
        plan(age + before + 2.6, partial(self._draft, entry))
        plan(age + before + 1.4, partial(self._confirm_shares, entry))
        plan(age + before + 0.5, partial(self._step, entry, "submit"))
        if before >= 2:
            plan(age + before - 2 + 0.7, partial(self._check, entry))
        if before >= 3:
            plan(age + before - 3 + 0.4, partial(self._step, entry, "approve"))
        if state in PUBLISHED:
            plan(age + 0.3, partial(self._step, entry, "publish"))
        if 0 < entry.get("confirmed", 0) < age:
            plan(entry["confirmed"] + 0.5, partial(self._step, entry, "confirm"))
        if state == "withdrawn":
            plan(age // 4 + 0.5, partial(self._withdraw, entry))

    def _draft(self, entry: Entry) -> None:
        cast, key = self.cast, entry["key"]
        owner, author = entry["owner"], cast.actor(entry["author"])
        region = cast.content.organisations[owner].get("region", "")
        asset = asset_of(entry, self._contributor, region, self.story.today)
        members = self._members(entry, asset)
        if members:
            asset = AssetChange(**(vars(asset) | {"members": members}))
        contact = cast.people[cast.officers(owner)[0]]
        self.listings[key] = self.story.once(
            author,
            f"{key}:draft",
            draft_result,
            cast.organisations[owner],
            AssetKind(entry["kind"]),
            text_of(entry, entry["original"]),
            listing_of(entry, contact, asset),
        )
        for one in entry.get("files", ()):
            self._add_file(entry, one)

    def _members(self, entry: Entry, asset: AssetChange) -> tuple[str, ...]:
        """Each patent of a package is an asset of its own; alone it is not on offer."""
        found = []
        author = self.cast.actor(entry["author"])
        for number, member in enumerate(entry.get("members", ())):
            key = f"{entry['key']}:{number}"
            text = TextInput(entry["original"], member["title"], member["value"])
            change = ListingChange(asset=member_of(entry, number, asset, self.story.today))
            owner = self.cast.organisations[entry["owner"]]
            made = self.story.once(
                author, f"{key}:draft", draft_result, owner, AssetKind.PATENT, text, change
            )
            self.story.once(author, f"{key}:archive", archive_listing, made)
            found.append(self._asset(made))
        return tuple(found)

    def _contributor(self, key: str) -> ContributorInput:
        one = self.cast.content.people[key]
        organisation = self.cast.content.organisations[one["organisation"]]
        return ContributorInput(
            name=one.get("zh") or one["en"],
            latin_name=one["en"],
            affiliation=organisation.get("zh") or organisation["en"],
            person=self.cast.people.get(key),
        )

    def _add_file(self, entry: Entry, one: Entry) -> None:
        octets = one["text"].encode()
        stored = self.files.put(io.BytesIO(octets), limit=_LONGEST_FILE)
        kind = "text/csv" if one["name"].endswith(".csv") else "text/plain"
        self.story.once(
            self.cast.actor(entry["author"]),
            f"{entry['key']}:{one['name']}",
            add_file,
            self.listings[entry["key"]],
            stored.sha256,
            one["name"],
            kind,
            stored.size,
            Level(one["level"]),
        )

    def _confirm_shares(self, entry: Entry) -> None:
        """What is still in review leaves shares of others open, as it happens."""
        if entry["state"] not in PUBLISHED:
            return
        asset = self._asset(self.listings[entry["key"]])
        for key, share in entry["contributors"]:
            if key in self.cast.people and key != entry["author"]:
                actor = self.cast.actor(key)
                self.story.once(actor, f"{entry['key']}:{key}:share", confirm_share, asset, share)

    def _step(self, entry: Entry, step: str) -> None:
        first, second = self.cast.officers(entry["owner"])
        action, who = {
            "submit": (submit_listing, entry["author"]),
            "approve": (approve_listing, second),
            "publish": (publish_listing, first),
            "confirm": (confirm_listing, entry["author"]),
        }[step]
        key = entry["key"]
        self.story.once(self.cast.actor(who), f"{key}:{step}", action, self.listings[key])

    def _check(self, entry: Entry) -> None:
        """What stays in title check waits for two documents."""
        waits = entry["state"] == "title_check"
        seen_on = self.story.day(entry["age"])
        notes = zip(CheckItem, _SEEN[entry["original"]], strict=True)
        findings = {item: Finding(CheckOutcome.OK, note, seen_on) for item, note in notes}
        if waits:
            findings[CheckItem.CO_OWNERS] = Finding(CheckOutcome.WAITS, "共有人同意书待寄回")
            del findings[CheckItem.PLEDGE]
        officer = self.cast.actor(self.cast.officers(entry["owner"])[0])
        key = entry["key"]
        self.story.once(officer, f"{key}:check", check_title, self.listings[key], findings)

    def _withdraw(self, entry: Entry) -> None:
        officer = self.cast.actor(self.cast.officers(entry["owner"])[0])
        key, reason = entry["key"], _WITHDRAWN[entry["key"]]
        listing = self.listings[key]
        self.story.once(
            officer, f"{key}:withdraw", withdraw_listing, listing, reason, entry["reason"]
        )

    def _archive(self, entry: Entry) -> None:
        author, key = self.cast.actor(entry["author"]), entry["key"]
        self.story.once(author, f"{key}:archive", archive_listing, self.listings[key])

    def _draft_need(self, entry: Entry) -> None:
        owner, key = entry["owner"], entry["key"]
        author = self.cast.content.office(owner)[0]
        region = self.cast.content.organisations[owner].get("region", "")
        need = need_of(entry, self.cast.people[author], region, self.story.today)
        actor, firm = self.cast.actor(author), self.cast.organisations[owner]
        self.needs[key] = self.story.once(actor, f"{key}:draft", draft_need, firm, need)

    def _publish_need(self, entry: Entry) -> None:
        author, key = self.cast.content.office(entry["owner"])[0], entry["key"]
        self.story.once(self.cast.actor(author), f"{key}:publish", publish_need, self.needs[key])

    def _asset(self, listing: str) -> str:
        with self.story.executor.database.read() as session:
            return session.get_one(Listing, listing).asset

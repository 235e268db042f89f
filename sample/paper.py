"""The contract of a deal whose price stands, as far as both sides have come with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.open_contract import open_contract
from contracts.actions.save_draft import save_draft
from contracts.matter import ITEMS, Draft
from core.actor import Actor
from sample.content import Entry
from sample.story import Story

DRAWN_UP, WRITTEN = 1, 2
"""Versions: what the deal carried over, and what the sides then wrote."""


@dataclass
class Paper:
    """The contract of the inquiry with this key; its deal is in `deals` once it was opened."""

    story: Story
    deals: Mapping[str, str]
    key: str
    said: Entry
    contract: str = ""

    def plan(self, seller: Callable[[], Actor], buyer: Callable[[], Actor]) -> None:
        plan = self.story.plan
        plan(self.said["opened"] + 0.5, lambda: self._open(seller()))
        plan(self.said["drafted"] + 0.5, lambda: self._write(seller()))
        plan(self.said["frozen"] + 0.5, lambda: self._freeze(buyer()))

    def _open(self, actor: Actor) -> None:
        step = f"{self.key}:contract"
        self.contract = self.story.once(actor, step, open_contract, self.deals[self.key])

    def _write(self, actor: Actor) -> None:
        draft = Draft(self.said["kind"], **{name: self.said[name] for name in ITEMS})
        step = f"{self.key}:contract:written"
        self.story.once(actor, step, save_draft, self.contract, draft, DRAWN_UP)

    def _freeze(self, actor: Actor) -> None:
        step = f"{self.key}:contract:frozen"
        self.story.once(actor, step, freeze_contract, self.contract, WRITTEN, {})

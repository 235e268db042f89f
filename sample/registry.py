"""The registration of a signed contract, from the form to the registry's answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.open_registration import open_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.save_registration_form import save_registration_form
from contracts.registration.working import form_of
from core.actor import Actor
from sample.content import Entry
from sample.inputs import minor
from sample.story import Story

BEGUN, SAVED = 1, 2
"""Versions of the form: what the contract says, and what the seller added."""


@dataclass
class Registry:
    """The registration of the inquiry with this key; `contract` names it once there is one."""

    story: Story
    key: str
    said: Entry
    contract: Callable[[], str]
    registration: str = ""

    def plan(self, seller: Callable[[], Actor]) -> None:
        plan = self.story.plan
        plan(self.said["saved"] + 0.5, lambda: self._save(seller()))
        plan(self.said["handed_in"] + 0.5, lambda: self._hand_in(seller()))
        plan(self.said["registered"] + 0.5, lambda: self._register(seller()))

    def _save(self, actor: Actor) -> None:
        step = f"{self.key}:registration"
        self.registration = self.story.once(actor, step, open_registration, self.contract())
        with self.story.executor.database.read() as session:
            known = form_of(session, self.registration, BEGUN)
        said = self.said
        form = replace(
            known,
            ip_type=said["ip_type"],
            field=said["field"],
            plan=said["plan"],
            turnover=minor(said["turnover"]),
            tech_amount=minor(said["turnover"]),
            new_investment=minor(said["new_investment"]),
            new_output=minor(said["new_output"]),
            seller=replace(known.seller, legal_type=said["seller_legal_type"]),
            buyer=replace(known.buyer, legal_type=said["buyer_legal_type"]),
        )
        self.story.once(
            actor, f"{step}:saved", save_registration_form, self.registration, form, BEGUN
        )

    def _hand_in(self, actor: Actor) -> None:
        step = f"{self.key}:registration:handed_in"
        self.story.once(actor, step, hand_in_registration, self.registration, SAVED)

    def _register(self, actor: Actor) -> None:
        day = self.story.day(self.said["registered"])
        step = f"{self.key}:registration:registered"
        self.story.once(actor, step, register_contract, self.registration, self.said["number"], day)

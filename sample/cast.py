"""The people and organisations of the sample, signed up, registered and vetted like anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from accounts.actions.edit_organisation import edit_organisation
from accounts.factors.rules import needs_factor
from accounts.profiles import ProfileDraft
from accounts.registration import OrganisationDraft
from accounts.seeding import Registrar
from core.actor import Actor
from sample.content import Content, Entry
from sample.story import Story

PASSWORD: Final = "three-arches-2-piers"  # noqa: S105  printed at start; exists on loopback only


@dataclass
class Cast:
    """Ids by key; actors are loaded once their seats are taken."""

    content: Content
    story: Story
    people: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def registrar(self) -> Registrar:
        return Registrar(self.story.executor)

    def actor(self, key: str) -> Actor:
        if key not in self._actors:
            self._actors[key] = self.registrar.actor(self.people[key])
        return self._actors[key]

    def officers(self, organisation: str) -> tuple[str, str]:
        """Two officers of an institute: who works on a listing, and who approves it."""
        first, second = self.content.office(organisation)[:2]
        return first, second

    def assemble(self) -> None:
        """Everybody in one day: people, the operator, the others, and their members."""
        for key, one in self.content.people.items():
            if "mail" in one:
                self.people[key] = self._person(one)
        first, second = self.content.office("operator")
        self._operator(first)
        for key in self.vetted():
            admin = self.content.office(key)[0]
            one = self.content.organisations[key]
            self.organisations[key] = self._organisation(one, admin, second)
        self._seat_members()

    def arrive_late(self) -> None:
        """Organisations that wait for vetting, and their members."""
        for key, one in self.content.organisations.items():
            if not one.get("vetted", True):
                admin = self.content.office(key)[0]
                self.organisations[key] = self._organisation(one, admin, "")
        self._seat_members(late=True)

    def vetted(self) -> list[str]:
        """The organisations that were vetted on their first day, without the operator's own."""
        organisations = self.content.organisations
        return [
            k for k, one in organisations.items() if k != "operator" and one.get("vetted", True)
        ]

    def _seat_members(self, *, late: bool = False) -> None:
        for key, one in self.content.people.items():
            of = self.content.organisations.get(one["organisation"], {})
            if key in self.people and late != of.get("vetted", True):
                self._seat(key, one)
                if needs_factor(one["roles"]):
                    self.registrar.second_factor(self.people[key])

    def _person(self, one: Entry) -> str:
        language = "zh" if "zh" in one else "en"
        return self.registrar.person(
            one["mail"], one.get("zh") or one["en"], PASSWORD, language, one["en"]
        )

    def _operator(self, first: str) -> None:
        one = self.content.organisations["operator"]
        made = self.registrar.operator(
            {"zh": one["zh"], "en": one["en"]}, one["credit_code"], self.people[first]
        )
        self.organisations["operator"] = made
        for key in self.content.office("operator")[1:]:
            self._seat(key, self.content.people[key])

    def _organisation(self, one: Entry, admin: str, operator: str) -> str:
        foreign = "country" in one
        draft = OrganisationDraft(
            kind=one["kind"],
            names={language: one[language] for language in ("zh", "en") if language in one},
            number=one["register_number" if foreign else "credit_code"],
            original="zh" if "zh" in one else "en",
            country=one.get("country", "CN"),
            register=one.get("register", ""),
            region=one.get("region", ""),
            contact_mail=one["mail"],
            contact_phone=one["phone"],
            roles=tuple(self.content.people[admin]["roles"]),
        )
        vetted_by = self.people[operator] if one.get("vetted", True) else None
        made = self.registrar.organisation(self.people[admin], draft, vetted_by)
        if vetted_by is not None:
            self._introduce(one, self.people[admin], made)
        return made

    def _introduce(self, one: Entry, admin: str, organisation: str) -> None:
        """What its public page says, written by its administrator."""
        intros = {code: one[f"about_{code}"] for code in ("zh", "en") if f"about_{code}" in one}
        contact = {"contact_mail": one["mail"], "contact_phone": one["phone"]}
        draft = ProfileDraft(intros=intros, **contact)
        self.story.executor.run(self.registrar.actor(admin), edit_organisation, organisation, draft)

    def _seat(self, key: str, one: Entry) -> None:
        organisation = one["organisation"]
        admin = self.content.office(organisation)[0]
        if key != admin:
            self.registrar.member(
                self.organisations[organisation],
                self.people[admin],
                self.people[key],
                one["mail"],
                one["roles"],
            )

"""Accounts made by the market's own use cases, for the sample market and the first operator.

No back door: codes and links are derived as the letters derive them, and every rule holds. Each
function finds what an earlier run made, so running again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from accounts.actions.accept_invitation import accept_invitation
from accounts.actions.confirm_contact import confirm_contact
from accounts.actions.found_operator import found_operator
from accounts.actions.invite_member import invite_member
from accounts.actions.register_organisation import register_organisation
from accounts.actions.sign_up import sign_up
from accounts.actions.vet_organisation import vet_organisation
from accounts.challenges import need_contact
from accounts.codes import Codes, hash_token, new_session_token
from accounts.factors.actions.confirm_app import confirm_app
from accounts.factors.actions.start_app import start_app
from accounts.factors.proving import code_at
from accounts.factors.queries import has_factor
from accounts.factors.rules import step_of
from accounts.models import Organisation
from accounts.queries import find_organisation, find_person, load_actor
from accounts.registration import OrganisationDraft, normalise_number
from accounts.results import TurnedAway
from accounts.states import OrganisationKind
from core.actor import ANONYMOUS, SYSTEM, Actor
from core.errors import NotFound, Refused
from core.executor import Executor


@dataclass(frozen=True)
class Registrar:
    """Makes people, organisations and seats; every method returns an id or an Actor."""

    executor: Executor

    @property
    def _codes(self) -> Codes:
        return Codes(self.executor.ports.secret)

    def actor(self, person: str) -> Actor:
        """The actor with the seats that hold now."""
        with self.executor.database.read() as session:
            return load_actor(session, person, self.executor.database.now(session))

    def person(
        self, contact: str, name: str, password: str, language: str = "zh", latin_name: str = ""
    ) -> str:
        """Somebody whose contact is proven; found by it when already here."""
        found = need_contact(contact)
        with self.executor.database.read() as session:
            known = find_person(session, found.kind, found.value)
        if known is not None:
            return known
        run = self.executor.run
        asked = run(ANONYMOUS, sign_up, contact, name, password, language, latin_name)
        code, token = self._codes.code(asked.ref), hash_token(new_session_token())
        answer = run(ANONYMOUS, confirm_contact, asked.ref, code, token)
        if isinstance(answer, TurnedAway):
            raise Refused.codes[answer.code]
        return answer.person

    def second_factor(self, person: str) -> None:
        """An authenticator app, set up as its owner would; its codes derive as the app derives."""
        with self.executor.database.read() as session:
            if has_factor(session, person):
                return
            now = self.executor.database.now(session)
        actor, run = self.actor(person), self.executor.run
        asked = run(actor, start_app).ref
        run(actor, confirm_app, asked, code_at(self._codes.app_secret(asked), step_of(now)))

    def operator(self, names: dict[str, str], number: str, person: str) -> str:
        """The market's own organisation; `person` is its first operator."""
        with self.executor.database.read() as session:
            kind = OrganisationKind.OPERATOR.value
            known = session.scalar(select(Organisation.id).where(Organisation.kind == kind))
        return known or self.executor.run(SYSTEM, found_operator, names, number, person).ref

    def organisation(self, by: str, draft: OrganisationDraft, vetted_by: str | None = None) -> str:
        """Registered by one person and, where named, vetted by another, an operator."""
        checks = self.executor.ports.organisation_numbers
        number = normalise_number(checks, draft.country, draft.number)
        with self.executor.database.read() as session:
            o = Organisation
            known = find_organisation(session, draft.country, number) or session.scalar(
                select(o.id).where(o.country == draft.country, o.number == number)
            )
        if known is not None:
            return known
        run = self.executor.run
        made = run(self.actor(by), register_organisation, replace(draft, distinct=True)).ref
        if vetted_by is not None:
            run(self.actor(vetted_by), vet_organisation, made, "approve")
        return made

    def member(
        self, organisation: str, admin: str, person: str, contact: str, roles: list[str]
    ) -> None:
        """A seat by invitation of an administrator, taken by the person."""
        if organisation in self.actor(person).organisations:
            return
        run = self.executor.run
        asked = run(self.actor(admin), invite_member, organisation, contact, roles)
        token = self._codes.token("invitation", asked.ref)
        run(self.actor(person), accept_invitation, token)

    def find_actor(self, contact: str) -> Actor:
        """The actor behind a proven contact, as the command line names people. Raises NotFound."""
        found = need_contact(contact)
        with self.executor.database.read() as session:
            person = find_person(session, found.kind, found.value)
        if person is None:
            raise NotFound
        return self.actor(person)

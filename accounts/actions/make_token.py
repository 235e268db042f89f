"""A person makes a key for a program that acts in their name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from accounts.errors import TooManyTokens
from accounts.models import AccessToken, Person
from accounts.permissions import is_person
from accounts.rules import token_problems
from accounts.tokens import MOST_TOKENS, open_tokens
from core.actor import Actor
from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.unit_of_work import UnitOfWork


def make_token(
    uow: UnitOfWork, name: str, scopes: Sequence[str], days: int, token_hash: str, shown: str
) -> Done:
    """`token_hash` is of a fresh token that only its maker sees; `shown` is its beginning.

    Raises Invalid, TooManyTokens.
    """
    uow.check(is_person)
    uow.check(_good, name, scopes, days)
    at = uow.lock(Person, uow.actor.person or "")
    if len(open_tokens(uow.session, at.row.id, at.now)) >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    row = AccessToken(
        id=new_id(),
        person=at.row.id,
        name=name.strip(),
        shown=shown,
        token_hash=token_hash,
        scopes=sorted(set(scopes)),
        made_at=at.now,
        expires_at=at.now + timedelta(days=days),
    )
    at.add(row)
    at.record("token_made", token=row.id, scopes=row.scopes, days=days)
    return Done(row.id)


def _good(_session: Session, _actor: Actor, name: str, scopes: Collection[str], days: int) -> None:
    if problems := token_problems(name, scopes, days):
        raise Invalid(problems)

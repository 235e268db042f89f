"""Controls of accounts, sessions, factors and tokens: checks that turn red without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

from flask import session as cookie
from sqlalchemy import true, update

from accounts import contacts, tokens
from accounts.actions.finish_reset import finish_reset
from accounts.actions.make_token import make_token
from accounts.actions.sign_in import sign_in
from accounts.actions.start_reset import start_reset
from accounts.challenges import owner_of
from accounts.codes import Codes, hash_token, new_session_token
from accounts.errors import ContactTaken
from accounts.factors import rules
from accounts.factors.actions.finish_sign_in import finish_sign_in
from accounts.models import AccessToken, LoginSession, Membership
from accounts.results import SecondNeeded, SessionOpened, TurnedAway
from accounts.scopes import Scope
from accounts.tokens import HeldToken, find_token, new_token, shown_part
from core.actor import ANONYMOUS, SYSTEM
from core.errors import NotFound
from core.ids import new_id, show
from tests.factors import code_of
from tests.sampled import _enter
from tests.trust import world
from tests.trust.taking import NEW_PASSWORD, Market, Row, no, nothing

LATER_PASSWORD = "four-herons-3-sluices"
API = "/api/v1"


def status(m: Market, path: str, head: dict[str, str]) -> int:
    return int(m.visitor().get(API + path, headers=head).status_code)


def browser_after_leaving(m: Market) -> None:
    """15: whoever leaves is signed out everywhere."""
    former = m.member()
    client = m.browser(former.person)
    assert client.get("/account").status_code == 200
    world.leaves(m.runtime, former)
    assert client.get("/account").status_code == 302


def program_after_leaving(m: Market) -> None:
    """15: a program of somebody who left is served nothing."""
    former = m.member()
    head = m.program(former)
    assert status(m, "/me", head) == 200
    world.leaves(m.runtime, former)
    assert status(m, "/me", head) == 401


def program_of_an_ended_seat(m: Market) -> None:
    """15: a token lends the seats of the moment, also where nobody thought of the token."""
    former = m.member()
    head, org = m.program(former), former.seats[0].organisation
    members = f"/organisations/{show('organisation', org)}/members"
    assert status(m, members, head) == 200
    with m.runtime.database.write() as session:
        seat = update(Membership).where(Membership.person == former.person)
        session.execute(seat.values(ends_at=Membership.starts_at))
        session.commit()
    assert status(m, members, head) == 403


def reset(m: Market, mail: str) -> tuple[str, str]:
    """The challenge of a forgotten password, and its code, as the letter tells it."""
    asked = m.runtime.executor.run(ANONYMOUS, start_reset, mail).ref
    return asked, Codes(m.runtime.executor.ports.secret).code(asked)


def session_before_a_reset(m: Market) -> None:
    """38: a new password ends the sessions that somebody else may have."""
    m.forget_attempts()
    person, mail = m.somebody()
    client = m.browser(person)
    assert client.get("/account").status_code == 200
    m.runtime.executor.run(ANONYMOUS, finish_reset, *reset(m, mail), LATER_PASSWORD)
    assert client.get("/account").status_code == 302


def planted_token(m: Market) -> None:
    """38: what a browser carried before the sign-in opens nothing after it."""
    m.forget_attempts()
    _, mail = m.somebody()
    victim, other = m.visitor(), m.visitor()
    with victim.session_transaction() as planted:
        planted["_user_id"] = f"known-to-another-{uuid4().hex}"
    other.set_cookie("market", victim.get_cookie("market").value)
    typed = {"contact": mail, "password": NEW_PASSWORD}
    assert victim.post("/sign-in", data=typed).status_code == 302
    assert victim.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def carried_token() -> str:
    """As new_session_token, but content with what the browser carries already."""
    return str(cookie.get("_user_id") or new_session_token())


def stale_proof(m: Market) -> None:
    """38: a session that was left open makes no token before its holder has shown who they are."""
    person, token = m.somebody()[0], new_id()
    m.runtime.executor.run(SYSTEM, _enter, person, token)
    client = m.visitor()
    with client.session_transaction() as carried:
        carried["_user_id"], carried["_fresh"] = token, True
    with m.runtime.database.write() as session:
        old = update(LoginSession).where(LoginSession.token_hash == hash_token(token))
        session.execute(old.values(created_at=datetime(2020, 1, 1, tzinfo=UTC)))
        session.commit()
    assert client.get("/account").status_code == 200
    typed = {"name": "a program", "scopes": Scope.READ_MARKET.value, "days": "30"}
    answer = client.post("/account/tokens", data=typed)
    assert answer.status_code == 302
    assert "/sign-in/again?next=" in answer.location


def told_apart(m: Market, path: str, known: dict[str, str], unknown: dict[str, str]) -> bool:
    """Whether the answers to a contact that is known and one that is not differ."""
    m.forget_attempts()
    said = []
    for typed in (known, unknown):
        answer = m.visitor().post(path, data=typed)
        said.append((answer.status_code, answer.headers.get("Location", "").rpartition("/")[0]))
    return said[0] != said[1] or said[0][0] != 302


def forgotten_password(m: Market) -> None:
    """39: who has forgotten a password is not told whether the market knows them."""
    known = {"contact": m.somebody()[1]}
    assert not told_apart(m, "/forgotten", known, {"contact": f"{uuid4().hex}@nobody.example"})


def taken_contact(m: Market) -> None:
    """39: whoever signs up is not told whether somebody has the contact already."""
    typed = {"name": "某人", "password": LATER_PASSWORD, "agreed": "y"}
    known, unknown = m.somebody()[1], f"{uuid4().hex}@nobody.example"
    assert not told_apart(m, "/sign-up", typed | {"contact": known}, typed | {"contact": unknown})


def telling(refusal: type[Exception], *, of_known: bool) -> Any:
    """As owner_of, but refusing those who are known, or those who are not."""

    def owner(uow: Any, contact: contacts.Contact) -> Any:
        found = owner_of(uow, contact)
        if (found is not None) is of_known:
            raise refusal
        return found

    return owner


def code_twice(m: Market) -> None:
    """39: the code of a forgotten password serves once."""
    m.forget_attempts()
    asked = reset(m, m.somebody()[1])
    run = m.runtime.executor.run
    assert not isinstance(run(ANONYMOUS, finish_reset, *asked, LATER_PASSWORD), TurnedAway)
    assert isinstance(run(ANONYMOUS, finish_reset, *asked, NEW_PASSWORD), TurnedAway)


def protected(m: Market) -> tuple[str, str]:
    """(person, mail) of somebody with a second factor."""
    person, mail = m.somebody()
    m.browser(person)  # which sets one up
    return person, mail


def step_used_twice(m: Market) -> None:
    """39: a code of the app that was used opens no second session, with spaces or without."""
    m.forget_attempts()
    person, mail = protected(m)
    run, code = m.runtime.executor.run, code_of(m.runtime.executor, person)
    answers = []
    for typed in (code, f" {code[:3]} {code[3:]} "):
        half = hash_token(uuid4().hex)
        assert isinstance(run(ANONYMOUS, sign_in, mail, NEW_PASSWORD, half), SecondNeeded)
        answers.append(run(ANONYMOUS, finish_sign_in, half, typed, hash_token(uuid4().hex)))
    assert isinstance(answers[0], SessionOpened)
    assert isinstance(answers[1], TurnedAway)


def password_alone(m: Market) -> None:
    """39: where a second factor is set up, the password alone opens nothing."""
    m.forget_attempts()
    _, mail = protected(m)
    client = m.visitor()
    client.post("/sign-in", data={"contact": mail, "password": NEW_PASSWORD})
    assert client.get("/account").status_code == 302


def officer_without_factor(m: Market) -> None:
    """39: a role that needs a second factor reaches nothing before it has one."""
    token, officer = new_id(), m.member()
    m.runtime.executor.run(SYSTEM, _enter, officer.person, token)
    client = m.visitor()
    with client.session_transaction() as carried:
        carried["_user_id"], carried["_fresh"] = token, True
    answer = client.get("/queue")
    assert answer.status_code == 302
    assert "/account/security" in answer.location


def made_token(m: Market, *scopes: Scope) -> tuple[str, dict[str, str]]:
    """A token of somebody, and the header of its program."""
    token, person = new_token(), world.actor_of(m.runtime, m.somebody()[0])
    kept = hash_token(token), shown_part(token)
    m.runtime.executor.run(person, make_token, "a program", scopes, 30, *kept)
    return token, {"Authorization": f"Bearer {token}"}


def beyond_its_scopes(m: Market) -> None:
    """39: a token is used for what it was made for and nothing else."""
    _, head = made_token(m, Scope.READ_PERSONAL)
    assert status(m, "/messages", head) == 200
    assert status(m, "/deals", head) == 403


def for_everything(*asked: Any) -> HeldToken | None:
    """As find_token, but with every scope."""
    found = find_token(*asked)
    return replace(found, scopes=frozenset(Scope)) if found else None


def token_past_its_end(m: Market) -> None:
    """39: a token ends on the day that was chosen for it."""
    token, head = made_token(m, Scope.READ_PERSONAL)
    assert status(m, "/messages", head) == 200
    with m.runtime.database.write() as session:
        row = update(AccessToken).where(AccessToken.token_hash == hash_token(token))
        days = {
            "made_at": datetime(2020, 1, 1, tzinfo=UTC),
            "expires_at": datetime(2020, 2, 1, tzinfo=UTC),
        }
        session.execute(row.values(days))
        session.commit()
    assert status(m, "/messages", head) == 401


def without_end(held: Any, session: Any, which: Any, _now: datetime) -> HeldToken | None:
    """As accounts.tokens, but at the beginning of time, when every token had its days before it."""
    found: HeldToken | None = held(session, which, datetime(1970, 1, 1, tzinfo=UTC))
    return found


def many_calls(m: Market) -> None:
    """18: a visitor's program asks so many times a minute and no more."""
    kept = m.runtime.settings
    m.runtime.settings = kept.model_copy(update={"api_visitor_per_minute": 3})
    place = f"10.{uuid4().int % 256}.{uuid4().int % 256}.{uuid4().int % 256}"
    try:
        asked = [m.visitor().get(f"{API}/organisations", environ_base={"REMOTE_ADDR": place})
                 for _ in range(8)]  # fmt: skip
    finally:
        m.runtime.settings = kept
    said = [answer.status_code for answer in asked]  # a minute may end meanwhile
    assert said[:3] == [200, 200, 200]
    assert said.count(429) >= 2


CONTROLS: dict[str, Row] = {
    "15 ended sessions": (
        browser_after_leaving, "accounts.actions.end_membership.revoke_all", nothing,
    ),
    "15 ended tokens": (program_after_leaving, "accounts.sessions.revoke_tokens", nothing),
    "15 seats of a token": (
        program_of_an_ended_seat, "accounts.queries.holds_at", lambda _now: (true(),),
    ),
    "18 calls a minute": (many_calls, "webapp.api.door._count", nothing),
    "38 sessions before a reset": (
        session_before_a_reset, "accounts.actions.finish_reset.revoke_all", nothing,
    ),
    "38 token made anew": (
        planted_token, "webapp.views.account.doors.new_session_token", carried_token,
    ),
    "38 fresh proof": (stale_proof, "webapp.access.need_fresh", nothing),
    "39 forgotten by nobody": (
        forgotten_password, "accounts.actions.start_reset.owner_of",
        telling(NotFound, of_known=False),
    ),
    "39 contact of another": (
        taken_contact, "accounts.actions.sign_up.owner_of", telling(ContactTaken, of_known=True),
    ),
    "39 code once": (
        code_twice, "accounts.challenges.judge", lambda _row, _purpose, fits, _now: fits,
    ),
    "39 step once": (
        step_used_twice, "accounts.factors.proving.open_steps",
        lambda now, _last: rules.open_steps(now, 0),
    ),
    "39 second factor": (password_alone, "accounts.actions.sign_in.has_factor", no),
    "39 factor of a role": (officer_without_factor, "webapp.sessions.needs_factor", no),
    "39 scopes of a token": (beyond_its_scopes, "webapp.api.door.find_token", for_everything),
    "39 end of a token": (
        token_past_its_end, "accounts.tokens._held", partial(without_end, tokens._held),
    ),
}  # fmt: skip

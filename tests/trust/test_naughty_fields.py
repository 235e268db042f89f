"""A hundred naughty strings in every text field of every form that a page shows: each is refused
with a sentence, in a form that still holds what was typed, or kept and shown exactly.

Every form is filled as somebody would who knows what it wants, and sent; then every text field of
it gets another string at once: a hundred times over, so that each field meets each string, or ten
times, and other ten in the next form, so that each string is met (`naughty.turns`). Fields
that a refused form marks have their outcome, and the rest is sent again without them (see
`trying_forms`). All of it is undone, on SQLite. The tables name what is not tried in full, and why;
a row that no longer holds fails.
"""

from __future__ import annotations

from typing import Final

import pytest
from flask import request
from wtforms import HiddenField, PasswordField, StringField

from core.actor import SYSTEM
from core.ids import new_id
from sample.cast import PASSWORD
from tests.factors import code_of
from tests.sampled import _enter, demo_person
from tests.trust import finding_forms, staging, world
from tests.trust.filling import filled
from tests.trust.forms_known import (
    ALONE,
    FILLED,
    NO_FORM,
    NOT_KEPT,
    NOT_OFFERED,
    NOT_READ_AGAIN,
    NOT_TAKEN,
    OTHERWISE,
    READ,
    SECRETS,
)
from tests.trust.naughty import HUNDRED, SHARE, at_least
from tests.trust.test_doors import MAILS
from tests.trust.trying_forms import Known, Trial
from webapp.factory import create_app
from webapp.forms.base import MarketForm

ROLES: Final = ("researcher", "tto_officer", "firm_admin", "operator")
UNTYPED: Final = (HiddenField, PasswordField)
FEWEST: Final = {"forms": 90, "fields": 350, "sent": 10_000, "refused": 5_000, "kept": 10_000}


@pytest.fixture(scope="module")
def app(sqlite_market):
    made = create_app(sqlite_market)
    made.config.update(WTF_CSRF_ENABLED=False)
    return made


@pytest.fixture(scope="module")
def side(sqlite_market):
    made = staging.staged(sqlite_market, world.own_side(sqlite_market))
    made.names["code"] = code_of(sqlite_market.executor, demo_person(sqlite_market, "tto_officer"))
    sqlite_market.worker.run_until_idle()
    return made


@pytest.fixture(scope="module")
def browsers(sqlite_market, app, side):
    """One for each reader of `finding_forms`; None is a visitor's, and `half` of somebody who gave
    their password only. The researcher begins to set up an app."""
    people = {role: demo_person(sqlite_market, role) for role in ROLES}
    people["second"] = staging.operator_beside(sqlite_market)
    made = {None: app.test_client()}
    for role, person in people.items():
        made[role], token = app.test_client(), new_id()
        sqlite_market.executor.run(SYSTEM, _enter, person, token)
        with made[role].session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
    made["half"] = app.test_client()
    known = {"contact": MAILS["tto_officer"], "password": PASSWORD}
    assert "/sign-in/second" in made["half"].post("/sign-in", data=known).headers["Location"]
    made["researcher"].post("/account/security/app/new")
    return made


def _definer(form: type, name: str) -> str:
    """The name of the form that others have the field from; of itself, if it is made with it."""
    return next(
        (one.__name__ for one in reversed(form.__mro__) if name in vars(one)), form.__name__
    )


@pytest.fixture(scope="module")
def asked():
    """(route, form, field) of every text that a form reads which is sent."""
    seen, begin = set(), MarketForm.__init__

    def noted(form, *args, **kw):
        begin(form, *args, **kw)
        if request.method == "POST":
            texts = (one.name for one in form
                     if isinstance(one, StringField) and not isinstance(one, UNTYPED))  # fmt: skip
            seen.update((request.endpoint, _definer(type(form), name), name) for name in texts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MarketForm, "__init__", noted)
        yield seen


@pytest.fixture(scope="module")
def found(app, browsers, side):
    return finding_forms.every(app, browsers, side)


@pytest.fixture(scope="module")
def trial(sqlite_market, browsers):
    return Trial(sqlite_market.database, browsers, SECRETS, OTHERWISE)


@pytest.fixture(scope="module")
def known(found, trial, side, asked):
    """Each form in which one types, as the first of its readers from whom it is taken sends it."""
    return [
        _first_taken(trial, side, endpoint, seen, f"p{n}x")
        for n, ((endpoint, typed), seen) in enumerate(sorted(found.items(), key=_by_name))
        if typed
    ]


def _by_name(item):
    (endpoint, typed), _ = item
    return endpoint, sorted(typed)


def _first_taken(trial, side, endpoint, seen, mark) -> Known:
    wants = {name: text.format(**side.names) for name, text in FILLED.get(endpoint, {}).items()}
    pages = [(role, side.path(page)) for role, page in READ.get(endpoint, ())]
    tried = []
    for role in dict.fromkeys(role for role, _, _ in seen):
        page, form = next((page, form) for other, page, form in seen if other == role)
        tried.append(Known(endpoint, role, page, form, filled(form, endpoint, wants, mark)))
        if not trial.learn(tried[-1], pages):
            return tried[-1]
    return tried[0]


def test_every_route_that_is_posted_is_tried_or_named(app, found):
    posted = {rule.endpoint for rule in app.url_map.iter_rules()
              if "POST" in rule.methods and not rule.endpoint.startswith("api.")}  # fmt: skip
    assert sorted((posted - {endpoint for endpoint, _ in found}) ^ NO_FORM.keys()) == []


def test_every_text_that_a_form_reads_is_offered(known, asked):
    offered = {(one.endpoint, name) for one in known for name in one.fields}
    unseen = {f"{form} {name}" for route, form, name in asked if (route, name) not in offered}
    seen = {f"{form} {name}" for route, form, name in asked if (route, name) in offered}
    assert sorted((unseen - seen) ^ NOT_OFFERED.keys()) == []


def test_what_is_not_taken_or_shown_is_named(known):
    """A form that somebody fills as it wants is taken, and some page shows each of its texts."""
    taken = {one.endpoint for one in known if one.taken}
    assert sorted({one.endpoint for one in known} - taken ^ NOT_TAKEN.keys()) == []
    shown = {f"{one.endpoint} {name}" for one in known for name in one.shown}
    unread = {f"{one.endpoint} {name}" for one in known for name in one.places} - shown
    assert sorted(unread ^ NOT_READ_AGAIN.keys()) == []


def test_every_string_in_every_field(known, trial, capsys):
    for one in known:
        trial.everywhere(one)
    fields = {(one.endpoint, name) for one in known for name in one.fields}
    seen = trial.counts | {"forms": len(known), "fields": len(fields)}
    with capsys.disabled():
        print(f"\nnaughty fields: {len(HUNDRED) // SHARE} strings, {dict(seen)}")
    assert not trial.wrong, "\n".join(trial.wrong)
    assert sorted(trial.differing - OTHERWISE.keys()) == []
    assert sorted(trial.unplaced - NOT_KEPT.keys()) == []
    assert sorted(trial.alone - ALONE.keys()) == []
    named = {f"{route} {name}" for route, name in fields} | {route for route, _ in fields}
    assert sorted({*OTHERWISE, *NOT_KEPT, *ALONE} - named) == []
    few = at_least(FEWEST, ("forms", "fields"))
    assert {name: seen[name] for name in few if seen[name] < few[name]} == {}

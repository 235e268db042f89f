"""No route without its access: the app does not start with one, and none is asked without."""

from __future__ import annotations

import pytest
from flask import Flask

from core.errors import NotFound
from webapp import access
from webapp.access import OPERATE, OVERSEE, PERSON, PUBLIC, UndeclaredError, declared_by


@pytest.fixture
def bare():
    """An app with the door alone."""
    app = Flask("bare", static_folder=None)
    access.install(app)
    app.register_error_handler(NotFound, lambda _error: ("nothing", 404))
    return app


def page(**_named: str) -> str:
    return "page"


def test_a_route_without_access_keeps_the_app_from_starting(bare):
    bare.add_url_rule("/open", "open", page)
    with pytest.raises(UndeclaredError, match=r"GET /open \(open\) does not say whom it lets in"):
        access.require_all(bare)


def test_and_were_it_asked_it_would_not_be_there(bare):
    bare.add_url_rule("/open", "open", page)
    assert bare.test_client().get("/open").status_code == 404


def test_a_thing_in_the_address_must_be_named(bare):
    bare.add_url_rule("/things/<shown>", "thing", access.access(PUBLIC)(page))
    with pytest.raises(UndeclaredError, match="names a thing in its address"):
        access.require_all(bare)
    access.access(PUBLIC, of="thing")(page)
    access.require_all(bare)
    assert bare.test_client().get("/things/a").text == "page"


def test_a_permission_to_read_guards_no_write(bare):
    bare.add_url_rule("/list", "list", access.access(OVERSEE)(page), methods=["GET", "POST"])
    with pytest.raises(UndeclaredError, match=r"shows and writes.*post=…"):
        access.require_all(bare)
    declared = declared_by(access.access(OVERSEE, post=OPERATE)(page))
    access.require_all(bare)
    assert declared.gate_for("GET") is declared.gate_for("HEAD") is OVERSEE
    assert declared.gate_for("POST") is OPERATE


def test_every_gate_turns_somebody_away(sample_app, client_of):
    """One route behind each gate: a gate that admits everybody but says otherwise is found here."""
    turned = {
        "person": (None, "/account"),
        "writer": ("broker", "/workbench/new"),
        "office": ("researcher", "/queue"),
        "oversee": ("tto_officer", "/operator"),
    }
    for gate, (role, path) in turned.items():
        endpoint, _ = sample_app.url_map.bind("localhost").match(path)
        assert declared_by(sample_app.view_functions[endpoint]).gate.name == gate
        assert client_of(role).get(path).status_code in (302, 403, 404), gate
    assert client_of("auditor").post("/operator/facts/1/retry").status_code == 404


def test_the_gate_alone_turns_away(sample_app, client_of, monkeypatch):
    """With every view replaced by one that answers: no view is needed to keep strangers out."""
    for endpoint, view in list(sample_app.view_functions.items()):
        declared = declared_by(view)

        def answers(_declared=declared, **_named: object) -> str:
            return "reached"

        answers.market_access = declared
        monkeypatch.setitem(sample_app.view_functions, endpoint, answers)
    reached = {
        rule.rule
        for rule in sample_app.url_map.iter_rules()
        if not rule.arguments
        and "GET" in rule.methods
        and client_of(None).get(rule.rule).text == "reached"
    }
    declared = {
        rule.rule
        for rule in sample_app.url_map.iter_rules()
        if not rule.arguments
        and "GET" in rule.methods
        and declared_by(sample_app.view_functions[rule.endpoint]).gate in (PUBLIC, access.TOKEN)
    }
    near = {rule for rule in reached if rule.startswith("/dev/")}
    assert reached - near == declared
    assert "/account" not in reached
    assert PERSON.name == "person"

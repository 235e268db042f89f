"""Refusals: RFC 9457, in the caller's language, and never a page."""

from __future__ import annotations

from datetime import timedelta

import pydantic
import pytest

from core.settings import Settings
from tests.api.conftest import must_refuse
from tests.api.test_listings import DRAFT
from webapp.api import messages


def test_the_same_refusal_in_two_languages(api):
    english = api.post("/listings", {}, "author", **{"Accept-Language": "en"})
    chinese = api.post("/listings", {}, "author", **{"Accept-Language": "zh-CN,en;q=0.1"})
    assert must_refuse(english, 422, "invalid")["errors"][0]["detail"] == "This field is required."
    assert must_refuse(chinese, 422, "invalid")["errors"][0]["detail"] == "此项必填。"
    assert (english.headers["Content-Language"], chinese.headers["Content-Language"]) == (
        "en",
        "zh",
    )


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"price": 3}, "price", "extra_forbidden"),
        ({"kind": "song"}, "kind", "enum"),
        ({"text": {"language": "zh", "title": 7}}, "text.title", "string_type"),
        ({"text": {"language": "fr", "title": "x"}}, "text.language", "string_pattern_mismatch"),
        ({"text": {"language": "zh", "title": "x" * 121}}, "text.title", "string_too_long"),
        ({"text": {"language": "zh", "title": "a\x00b"}}, "text.title", "unkeepable"),
        ({"more": {"asset": {"trl": 10}}}, "more.asset.trl", "less_than_equal"),
        ({"more": {"asset": {"trl": "7"}}}, "more.asset.trl", "int_type"),
        ({"owner": "institute"}, "owner", "string_pattern_mismatch"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(api, change, field, code):
    refused = must_refuse(api.post("/listings", DRAFT | change, "author"), 422, "invalid")
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [(field, code)]
    assert api.get("/listings", "author").get_json()["items"] == []


@pytest.mark.parametrize(
    ("sent", "kind", "status", "code"),
    [
        (b"{", "application/json", 422, "invalid"),
        (b'{"owner": "\\ud800"}', "application/json", 422, "invalid"),
        (b"owner=1", "application/x-www-form-urlencoded", 415, "not_json"),
        (b"[" * 100_000, "application/json", 422, "invalid"),
        (b" " * (1024 * 1024 + 1), "application/json", 413, "http_413"),
    ],
)
def test_a_body_that_cannot_be_read(api, sent, kind, status, code):
    head = api.head("author", **{"Idempotency-Key": "12345678", "Content-Type": kind})
    must_refuse(api.call("POST", "/listings", head, data=sent), status, code)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "http_404"),
        ("DELETE", "/listings", 405, "http_405"),
        ("GET", "/listings/lst_1", 404, "not_found"),
        ("GET", f"/listings/ned_{'0' * 32}", 404, "not_found"),
    ],
)
def test_addresses_that_are_not_there(api, method, path, status, code):
    answer = api.client.open(f"/api/v1{path}", method=method)
    must_refuse(answer, status, code)
    if status == 405:
        assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("limit=0", "limit", "greater_than_equal"),
        ("limit=201", "limit", "less_than_equal"),
        ("limit=many", "limit", "int_parsing"),
        ("limit=1&limit=2", "limit", "repeated"),
        ("sort=up", "sort", "extra_forbidden"),
        ("state=lost", "state", "enum"),
    ],
)
def test_parameters_are_checked(api, query, field, code):
    refused = must_refuse(api.get(f"/listings?{query}"), 422, "invalid")
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [(field, code)]


def test_a_minute_has_a_measure_that_every_process_shares(api, runtime, clock):
    small = {"api_visitor_per_minute": 3, "api_per_minute": 5}
    runtime.settings = Settings.model_copy(runtime.settings, update=small)
    try:
        left = [api.get("/listings").headers["RateLimit"].split(";")[1] for _ in range(3)]
        assert left == ["r=2", "r=1", "r=0"]
        refused = api.get("/listings")
        must_refuse(refused, 429, "rate_exceeded")
        assert refused.headers["Retry-After"] == "60"
        assert api.get("/listings", "author").status_code == 200
        clock.move(timedelta(minutes=1))
        assert api.get("/listings").status_code == 200
        guesses = [api.get("/listings", "qiaoyi_" + "y" * 43).status_code for _ in range(4)]
        assert guesses == [401, 401, 429, 429]
    finally:
        wide = {"api_visitor_per_minute": 60, "api_per_minute": 300}
        runtime.settings = Settings.model_copy(runtime.settings, update=wide)


def test_a_fault_is_a_problem_too(api, app, monkeypatch):
    def broken(_text, _limit=8):
        raise ZeroDivisionError

    monkeypatch.setattr(app.extensions["qiaoyi.runtime"].search, "suggest", broken)
    app.config["TESTING"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    refused = api.client.get("/api/v1/search/suggestions?q=x", headers={"Accept-Language": "en"})
    assert "ZeroDivision" not in refused.text
    must_refuse(refused, 500, "fault")


def test_every_message_has_its_words():
    """A kind of error that pydantic knows and the map does not would say too little."""
    kinds = {"string_type", "int_parsing", "missing", "extra_forbidden", "json_invalid"}
    assert kinds <= set(messages._WORDS)

    class Model(pydantic.BaseModel):
        day: pydantic.PastDate

    with pytest.raises(pydantic.ValidationError) as error:
        Model(day="3000-01-01")
    assert messages.invalid(error.value).problems["day"][0].text == messages._OTHERWISE

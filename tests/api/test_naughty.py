"""Naughty strings in every text field: refused by the field's name, or given back as they were."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from core import texts
from core.ids import show
from core.settings import Settings
from tests.api.test_listings import DRAFT
from tests.listings.conftest import FIRM
from tests.trust.naughty import NAUGHTY

LISTING = {
    **{f"text.{name}": f"text.{name}" for name in (
        "title", "value_line", "abstract", "keywords.0", "receives.0", "brings.0",
        "alternatives.0", "comparison_note", "next_step",
    )},
    **{f"more.comparisons.0.{name}": f"comparisons.0.{name}" for name in (
        "metric", "ours", "unit", "theirs.0",
    )},
    "more.ways.0.field": "ways.0.field",
    "more.ways.0.territory": "ways.0.territory",
    "more.ways.0.note_zh": "ways.0.note",
    "more.contact.name": "contact_name",
    "more.contact.phone": "contact_phone",
    "more.contact.mail": "contact_mail",
    **{f"more.asset.{name}": name for name in (
        "contributors.0.name", "contributors.0.latin_name", "contributors.0.affiliation",
        "contributors.0.role", "funding.0.programme", "funding.0.number", "patents.0.title",
        "patents.0.family", "evidence.0.text", "rights.0.field", "rights.0.territory",
    )},
    "more.asset.rights.0.holder_name": "rights.0.holder",
    "more.asset.co_owners.0.name": "co_owners.0",
}  # fmt: skip
NEED = {f"need.{name}": name for name in (
    "title", "summary", "description", "tried", "keywords.0", "contact_name",
)}  # fmt: skip
WHOLE_LISTING = DRAFT | {
    "text": DRAFT["text"] | {name: ["x"] for name in ("keywords", "receives", "brings",
                                                      "alternatives")},
    "more": {
        "comparisons": [{"language": "zh", "metric": "x", "ours": "x", "theirs": ["x"]}],
        "ways": [{"way": "ordinary"}],
        "contact": {},
        "asset": {
            "contributors": [{"name": "x"}], "funding": [{"programme": "x"}], "patents": [{}],
            "evidence": [{"language": "zh", "trl": 5, "text": "x"}],
            "rights": [{"starts": "2026-01-01", "way": "ordinary"}],
            "co_owners": [{"name": "x"}],
        },
    },
}  # fmt: skip
WHOLE_NEED = {
    "owner": show("organisation", FIRM),
    "need": {"language": "zh", "title": "x", "summary": "x", "keywords": ["x"]},
}
TARGETS = {
    "listing": ("/listings", "author", WHOLE_LISTING, LISTING),
    "need": ("/needs", "buyer", WHOLE_NEED, NEED),
}


def put(body: Any, path: str, value: str) -> None:
    *way, last = path.split(".")
    for part in way:
        body = body[int(part)] if part.isdigit() else body[part]
    body[int(last) if last.isdigit() else last] = value


def take(body: Any, path: str) -> Any:
    for part in path.split("."):
        body = body[int(part)] if part.isdigit() else body[part]
    return body


@pytest.mark.parametrize("thing", sorted(TARGETS))
def test_each_comes_back_or_is_refused_by_name(api, runtime, thing, capsys):
    path, who, whole, fields = TARGETS[thing]
    wide = {"api_per_minute": 10**6}
    runtime.settings = Settings.model_copy(runtime.settings, update=wide)
    kept = refused = 0
    for text in NAUGHTY:
        asked = dict(fields)
        while asked:
            body = copy.deepcopy(whole)
            for field in asked:
                put(body, field, text)
            answer = api.post(path, body, who)
            if answer.status_code == 201:
                break
            assert answer.status_code == 422, (text, answer.text[:300])
            errors = answer.get_json()["errors"]
            assert all(one["detail"] for one in errors)
            named = {one["field"] for one in errors}
            gone = [field for field in asked if _named(field, named)]
            assert gone, (text, named)
            refused += len(gone)
            asked = {field: place for field, place in asked.items() if field not in gone}
        made = answer.get_json() if asked else {}
        for field, place in asked.items():
            if text.strip():
                assert take(made, place) == texts.kept(text), (field, text)
            kept += 1
    assert kept + refused == len(fields) * len(NAUGHTY)
    with capsys.disabled():
        print(f"\n{thing}: {kept} kept, {refused} refused, of {len(NAUGHTY)} strings")


def _named(field: str, named: set[str]) -> bool:
    """A rule names the field alone; the model names its whole path."""
    parts = set(field.split("."))
    return field in named or bool({name for name in named if "." not in name} & parts)

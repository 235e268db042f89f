"""A hundred naughty strings in every text field of every form that the pages show."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from tests.trust import world
from tests.trust.naughty import NAUGHTY
from tests.trust.probing import Probe
from tests.trust.routes import CASES
from tests.trust.test_naughty import DANGER

ROLES = (None, "researcher", "tto_officer", "firm_admin", "operator")
TYPED = {"text", "search", "tel", "email", "url", ""}
FILLED = {"hidden": "", "number": "1", "date": "2030-06-03", "datetime-local": "2030-06-03T10:00"}
"""What stands in fields where nobody types text, so that what is typed elsewhere is looked at."""
FEWEST = 10_000
"""Pairs of a string and a field."""
FEWEST_OF_THE_CONSOLE = 15
# Leaving would end the session under test; a search is tried in test_naughty.
LEFT_OUT = ("/sign-out",)
STRINGS = (*NAUGHTY, *(f"{a}{b}" for a, b in zip(NAUGHTY[:20], NAUGHTY[20:40], strict=True)))[:100]


@dataclass
class Form:
    """A form as a browser holds it: where it goes, what it carries, where one may type, and with
    which buttons it can be sent: an approval is another request than a refusal."""

    action: str
    kept: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def pressed(self, n: int) -> dict[str, str]:
        """One of the buttons, in turn."""
        return dict([self.buttons[n % len(self.buttons)]]) if self.buttons else {}


class Forms(HTMLParser):
    """Collects the forms of a page that are posted."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "form":
            posts = (named.get("method") or "").lower() == "post"
            self.open = Form(named.get("action") or "") if posts else None
            if self.open:
                self.found.append(self.open)
        elif self.open is not None:
            self._field(tag, named)

    def _field(self, tag, named) -> None:
        name, kind = named.get("name") or "", (named.get("type") or "").lower()
        if tag == "option" and self.select:
            if "selected" in named or not self.open.kept.get(self.select):
                self.open.kept[self.select] = named.get("value") or ""
        elif tag == "select":
            self.select = name
        elif tag == "button" and name:
            self.open.buttons.append((name, named.get("value") or ""))
        elif name and (tag == "textarea" or (tag == "input" and kind in TYPED)):
            self.open.typed.append(name)
        elif name and tag == "input" and kind in {"radio", "checkbox"}:
            if "checked" in named or (kind == "radio" and name not in self.open.kept):
                self.open.kept[name] = named.get("value") or "on"
        elif name and tag == "input" and kind in FILLED:
            self.open.kept[name] = named.get("value") or FILLED[kind]

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


@pytest.fixture(scope="module")
def own(sample_market, client_of):
    for role in ROLES:
        client_of(role)
    made = world.own_side(sample_market)
    sample_market.worker.run_until_idle()
    real, sample_market.executor = sample_market.executor, Probe(sample_market.executor)
    yield made
    sample_market.executor = real


def forms(client, own) -> dict[tuple[str, tuple[str, ...]], Form]:
    """Each form once, by where it goes and what is typed there."""
    found = {}
    for case in CASES:
        if case.method != "GET" or case.endpoint == "static":
            continue
        path = own.path(case.path)
        with client.get(path) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            read = Forms()
            read.feed(answer.text)
        for form in read.found:
            form.action = (form.action or path).split("?")[0]
            if form.typed and form.action not in LEFT_OUT:
                found.setdefault((form.action, tuple(sorted(set(form.typed)))), form)
    return found


def test_every_text_field_of_every_form(client_of, own, capsys):
    """Each post types another string in each field, so that every field meets every string."""
    pairs, fields, wrong, sent, consoles = 0, set(), [], set(), set()
    for role in ROLES:
        client = client_of(role)
        for (action, names), form in forms(client, own).items():
            if (action, names) in sent:
                continue
            sent.add((action, names))
            fields |= {(action, name) for name in names}
            consoles |= {action} if role == "operator" and "/operator" in action else set()
            for n in range(len(STRINGS)):
                typed = {name: STRINGS[(n + k) % len(STRINGS)] for k, name in enumerate(names)}
                sending = form.kept | form.pressed(n) | typed
                with client.post(action, data=sending) as answer:
                    pairs += len(names)
                    if answer.status_code >= 500 or DANGER.search(answer.text):
                        wrong.append((role, action, answer.status_code, ascii(typed)[:200]))
    with capsys.disabled():
        print(f"\nnaughty: {pairs:,} pairs of a string and one of {len(fields)} fields, "
              f"{len(consoles)} forms of the console")  # fmt: skip
    assert wrong == []
    assert pairs >= FEWEST
    assert len(consoles) >= FEWEST_OF_THE_CONSOLE

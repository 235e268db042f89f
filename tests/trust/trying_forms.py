"""Puts a string into every text field of a form at once, and says of each whether it was refused
or kept.

Fields that a refused form marks as wrong have their outcome, and the rest is sent again without
them; a refusal that marks none is traced by halving what was sent, down to a single field. A form
that is shown again holds what was typed. What is kept must stand in the column in which the field's
own text was seen before, and, for every fourth string, on the page that showed it: another quarter
of them for forms of another name.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from flask.testing import FlaskClient
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from core.database import Database
from core.texts import kept
from tests.trust.filling import Sent
from tests.trust.forms_to_fill import Form, forms_of
from tests.trust.naughty import HUNDRED, turns
from tests.trust.undoing import undone
from tests.trust.watching import Place, Written, watched

REFUSALS: Final = frozenset({400, 409, 410, 413, 422, 429})
THEN: Final = ""
"""The page that one is sent to when a form was taken."""
TOLD: Final = re.compile(r'class="note (due|stop)"')
"""What a page says first of what was not done before it."""
LOOKED_AT: Final = 4
"""Every so many strings of a form, its page is read again: a page costs more than a submission."""
NOTED: Final = frozenset({"login_session"})
WRONG: Final = re.compile(r'aria-invalid="true"|class="errors"')
SENTENCE: Final = re.compile(r'<(p|div|ul)[^>]* class="([^"]*\b(err|errors|stop|note)\b|none flow)')


Pages = Sequence[tuple[str | None, str]]
"""Who reads what."""


@dataclass
class Known:
    """A form that one person sees, filled so that it is taken, and where each text goes."""

    endpoint: str
    role: str | None
    page: str
    form: Form
    sent: Sent
    taken: bool = False
    strict: set[str] = field(default_factory=set)
    """Fields that take no text that is no amount, day or code."""
    apart: set[str] = field(default_factory=set)
    """Fields that this filling leaves empty, and for which a refusal marks another field."""
    places: dict[str, set[Place]] = field(default_factory=dict)
    shown: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    """Who reads a field's text, and on which page."""

    @property
    def fields(self) -> list[str]:
        return self.form.typed


@dataclass
class Trial:
    """What became of every pair of a field and a string."""

    database: Database
    browsers: dict[str | None, FlaskClient]
    secrets: Collection[str] = ()
    """Fields whose text is never shown again."""
    otherwise: Collection[str] = ()
    """Fields that are not kept or shown as they were sent; `differing` are those seen to be."""
    differing: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    """Routes that refused on a page of its own, without the form."""
    unplaced: set[str] = field(default_factory=set)
    """Fields that were taken and of which no column is known."""
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    looks: bool = True
    """Whether the page is read again on which a text was seen."""

    def learn(self, known: Known, pages: Pages) -> str:
        """Sends the filled form; gives what was wrong with it, empty where it was taken."""
        with self._sent(known, {}) as (answer, written):
            if not taken(answer):
                return f"{answer.status_code} {_said(answer.text)}"
            known.taken = True
            self._note(known, written, pages, answer.headers.get("Location", ""))
        known.strict = self._marked(known, dict.fromkeys(known.fields, "文")) or set()
        known.apart = {name for name in set(known.fields) - known.strict
                       if not _text(known.sent[name])
                       and self._marked(known, {name: "文"}) == set()}  # fmt: skip
        return ""

    def _marked(self, known: Known, typed: dict[str, str]) -> set[str] | None:
        """The fields that a refusal marks; None where it is none, or without the form."""
        with self._sent(known, typed) as (answer, _):
            form = self._again(known, answer)
        return None if form is None else {name for name in typed if form.fields[name].bad}

    @contextmanager
    def _sent(self, known: Known, typed: dict[str, str]) -> Iterator[tuple[Any, Written]]:
        """The answer, and what was written; both are undone, and whoever sent it stays signed in as
        they were."""
        self.counts["sent"] += 1
        sent = MultiDict(
            (name, value)
            for name, values in known.sent.items()
            for value in (_values(values) if name not in typed else [typed[name]])
        )
        browser = self.browsers[known.role]
        before = dict(browser._cookies or {})
        with undone(self.database) as connection:
            try:
                with watched(connection) as written:
                    answer = browser.post(known.form.action, data=sent)
                yield answer, written
            finally:
                browser._cookies = before

    def _note(self, known: Known, written: Written, pages: Pages, then: str) -> None:
        own = {name: kept(_text(known.sent[name])) for name in known.fields}
        for name, text in own.items():
            if places := {place for place, said in written if text and said == text}:
                known.places[name] = places
        for role, path in [(known.role, THEN), (known.role, known.page), *pages]:
            if known.places.keys() - known.shown.keys():
                page = self._page(role, path, then)
                for name in known.places:
                    if shows(page, own[name]):
                        known.shown.setdefault(name, (role, path))

    def _page(self, role: str | None, path: str, then: str) -> str:
        place = then if path == THEN else path
        return self.browsers[role].get(place).text if place else ""

    def everywhere(self, known: Known) -> None:
        """The nth time, each field is given another string."""
        for turn, n in enumerate(turns(known.endpoint)):
            self.looks = (turn + len(known.endpoint)) % LOOKED_AT == 0
            sent = {name: HUNDRED[(n + k) % len(HUNDRED)] for k, name in enumerate(known.fields)}
            free = set(sent) - known.strict - known.apart
            groups = [known.strict, free, *({name} for name in known.apart)]
            for group in groups:
                self._try(known, {name: text for name, text in sent.items() if name in group})

    def _try(self, known: Known, typed: dict[str, str]) -> None:
        while typed:
            with self._sent(known, typed) as (answer, written):
                if taken(answer):
                    self._kept(known, typed, written, answer.headers.get("Location", ""))
                    return
            named = self._refused(known, typed, answer)
            if named is None:
                return
            if not named and len(typed) > 1 and known.taken:
                for half in _halves(typed):
                    self._try(known, half)
                return
            named = named or set(typed)
            self.counts["refused"] += len(named)
            typed = {name: text for name, text in typed.items() if name not in named}

    def _refused(self, known: Known, typed: dict[str, str], answer: Any) -> set[str] | None:
        """The fields that are marked; None where it was no refusal."""
        if answer.status_code not in REFUSALS | {200} or not SENTENCE.search(answer.text):
            self._say(known, typed, f"{answer.status_code} without a sentence")
            return None
        form = self._again(known, answer)
        if form is None:
            if len(typed) == 1 or not known.taken:
                self.alone.add(known.endpoint)
            return set()
        for name, text in typed.items():
            shown = form.fields[name].values if name in form.fields else []
            again = {text, text.replace("\r\n", "\n"), kept(text)} & set(shown)
            if not again and name not in self.secrets:
                self._say(known, {name: text}, f"shown again as {ascii(shown)[:80]}")
        return {name for name in typed if name in form.fields and form.fields[name].bad}

    def _again(self, known: Known, answer: Any) -> Form | None:
        """The form as a refusal shows it again."""
        if taken(answer):
            return None
        action, fields = known.form.action, set(known.fields)
        shown = (one for one in forms_of(answer.text) if (one.action or action) == action)
        return next((one for one in shown if fields <= one.fields.keys()), None)

    def _kept(self, known: Known, typed: dict[str, str], written: Written, then: str) -> None:
        if then and not written_by(written) and TOLD.search(self._page(known.role, THEN, then)):
            self.counts["refused"] += len(typed)
            self.alone.add(known.endpoint)
            return
        self.counts["kept"] += len(typed)
        for name, text in typed.items():
            if name not in known.places:
                self.unplaced.add(f"{known.endpoint} {name}")
                continue
            found = {said for place, said in written if place in known.places[name]}
            if kept(text) not in found and kept(text) != kept(_text(known.sent[name])):
                self._unless_otherwise(known, name, text, f"not kept: {ascii(found)[:80]}")
        wanted = {known.shown[name] for name in typed if name in known.shown and self.looks}
        for role, path in wanted:
            page = self._page(role, path, then)
            for name, text in typed.items():
                if known.shown.get(name) == (role, path):
                    self.counts["read"] += 1
                    if not shows(page, kept(text)):
                        self._unless_otherwise(known, name, text, f"not shown on {path}")

    def _unless_otherwise(self, known: Known, name: str, text: str, fault: str) -> None:
        if f"{known.endpoint} {name}" in self.otherwise:
            self.differing.add(f"{known.endpoint} {name}")
        else:
            self._say(known, {name: text}, fault)

    def _say(self, known: Known, typed: dict[str, str], fault: str) -> None:
        pairs = " ".join(f"{name}={ascii(text)[:40]}" for name, text in typed.items())
        self.wrong.append(f"{known.endpoint} {known.role} {pairs[:160]}: {fault}")


def taken(answer: Any) -> bool:
    """Sent on, or shown a page that says what came of it."""
    if answer.status_code in (201, 302, 303):
        return True
    return answer.status_code == 200 and not WRONG.search(answer.text)


def written_by(written: Written) -> Written:
    """What an act wrote: whoever acts is noted as seen, whatever becomes of it."""
    return [one for one in written if one[0].table not in NOTED]


def shows(page: str, text: str) -> bool:
    """Whether each line stands there, escaped and otherwise as it is."""
    return all(str(escape(line)) in page for line in text.split("\n"))


def _said(page: str) -> str:
    found = re.findall(r'<ul class="dots">(.*?)</ul>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


def _values(sent: Any) -> list[Any]:
    return sent if isinstance(sent, list) else [(io.BytesIO(sent[0]), sent[1])]


def _text(sent: Any) -> str:
    return sent[0] if isinstance(sent, list) and sent else ""


def _halves(typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    names = list(typed)
    first = set(names[: len(names) // 2])
    return (
        {name: text for name, text in typed.items() if name in first},
        {name: text for name, text in typed.items() if name not in first},
    )

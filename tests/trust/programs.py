"""Programs that call the API as the sample's people, and what the API says to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from flask import Flask

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from bootstrap import Runtime
from core.ids import PREFIXES
from tests.trust.operations import Case
from tests.trust.watching import texts_in
from tests.trust.world import Side, demo
from webapp.api.declaring import PREFIX, TABLE, Operation
from webapp.api.problems import MEDIA_TYPE

CALLERS: Final = ("tto_officer", "firm_admin", "researcher", "operator")
UNLIMITED: Final = {"api_per_minute": 10**6, "api_visitor_per_minute": 10**6}
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_KIND: Final = {prefix: kind for kind, prefix in PREFIXES.items()}
_SHOWN: Final = re.compile(r"([a-z]{3})_[0-9a-f]{32}")


class Programs:
    """One for each caller, with every scope."""

    def __init__(self, market: Runtime, app: Flask, side: Side) -> None:
        self.market, self.side, self._client = market, side, app.test_client()
        self._keys, self.sent = count(), 0
        self._heads = {caller: self._head(caller) for caller in CALLERS}
        self._versions: dict[tuple[str, str], str] = {}
        for caller in CALLERS:  # that a token is used is noted once, not at every call undone
            self.read(caller, f"{PREFIX}/me")

    def _head(self, caller: str) -> dict[str, str]:
        token, owner = new_token(), demo(self.market, caller)
        kept = hash_token(token), shown_part(token)
        self.market.executor.run(owner, make_token, "a program", tuple(Scope), 30, *kept)
        return {"Authorization": f"Bearer {token}"}

    def send(self, case: Case, caller: str, body: dict[str, Any], language: str) -> Any:
        """What the API answers, in the language that the program asks for."""
        path, _ = case.sent(self.side)
        head = self._heads[caller] | {"Idempotency-Key": f"try-{next(self._keys):08}"}
        head["Accept-Language"] = language
        if case.operation.guarded:
            head["If-Match"] = self._version(caller, path)
        self.sent += 1
        return self._client.open(path, method=case.method, headers=head, json=body)

    def _version(self, caller: str, path: str) -> str:
        """What every call finds that is undone."""
        if (caller, path) not in self._versions:
            head = self._client.get(path, headers=self._heads[caller]).headers
            self._versions[caller, path] = head.get("ETag", '"1"')
        return self._versions[caller, path]

    def read(self, caller: str, path: str, language: str = "zh") -> Any:
        """The answer to a question, None where there is none."""
        head = self._heads[caller] | {"Accept-Language": language}
        answer = self._client.get(path, headers=head)
        return answer.get_json() if answer.status_code == 200 and answer.is_json else None

    def readings(self, case: Case, answer: Any) -> Iterator[tuple[Operation, str]]:
        """Every question about what a call named, or was answered with, and its address."""
        known = dict(zip(case.operation.parameters, map(self.side.path, case.things), strict=True))
        body = answer.get_json() if answer.is_json else None
        known |= {_KIND[one[1]]: one[0] for _, text in texts_in(body)
                  if (one := _SHOWN.fullmatch(text)) and one[1] in _KIND}  # fmt: skip
        for operation in TABLE:
            asks = operation.method == "GET" and operation.answer is not None
            near = bool(operation.parameters) or operation.tag == case.operation.tag
            if asks and near and set(operation.parameters) <= known.keys():
                path = operation.path
                for name in operation.parameters:
                    path = path.replace(f"{{{name}}}", known[name])
                yield operation, PREFIX + path


def document(app: Flask) -> dict[str, Any]:
    """What the API says about itself."""
    said: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return said


def faults_of_problem(answer: Any, language: str) -> list[str]:
    """What a refusal lacks: a program reads a problem, and its person a sentence."""
    if answer.mimetype != MEDIA_TYPE or not 400 <= answer.status_code < 500:
        return [f"{answer.status_code} {answer.mimetype} is no refusal"]
    problem = answer.get_json()
    sentences = [problem["detail"], *(one["detail"] for one in problem.get("errors", ()))]
    wanted = _CHINESE.search if language == "zh" else re.compile("[A-Za-z]{2} [a-z]").search
    return [f"no sentence in {language}: {said!a}" for said in sentences if not wanted(said)]

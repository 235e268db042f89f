"""Webhooks: who may, what is called, how it is signed, tried again, given up and sent again."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Organisation
from core.actor import SYSTEM, Seat
from core.errors import Invalid, NotFound
from core.facts import Fact
from core.ids import show
from core.results import Done
from core.signatures import HEADER, signature
from core.unit_of_work import UnitOfWork
from notifications.queries import messages
from syndication.actions.add_webhook import MOST, add_webhook
from syndication.actions.ping_webhook import ping_webhook
from syndication.actions.resend_deliveries import resend_deliveries
from syndication.actions.rotate_secret import rotate_secret
from syndication.actions.switch_webhook import switch_webhook
from syndication.errors import TooManyWebhooks, WebhookNotActive
from syndication.models import Webhook, WebhookAttempt, WebhookDelivery
from syndication.queries import deliveries, deliveries_by_state, webhooks_of
from syndication.signing import secret_of
from syndication.tasks.deliver_webhooks import LONGEST_WAIT, wait
from syndication.topics import OWN, PUBLIC
from tests.listings.conftest import FIRM, INSTITUTE
from tests.loopback import plain, serving
from tests.webapp.clients import market, people

PUBLISHED = ["listing.published", "listing.withdrawn"]


@pytest.fixture
def receiver(runtime):
    """A server that answers as `answer` says, and may be called."""
    with serving(lambda handler: plain(handler, handler.server.answer, b"said")) as server:
        port, near = server.server_address[1], runtime.executor.ports.outbound.near_ports
        server.answer, server.url = 200, f"http://localhost:{port}/hook"
        near.add(port)
        yield server
        near.discard(port)


def rows(executor, table):
    with executor.database.read() as session:
        return list(session.scalars(select(table).order_by(table.n)))


def checked(secret, headers, body):
    """As a receiver checks a call."""
    parts = [part.partition("=") for part in headers[HEADER].split(",")]
    at = next(value for name, _, value in parts if name == "t")
    marks = [value for name, _, value in parts if name == "v1"]
    good = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return good in marks


def test_a_publication_is_called_out_signed_and_without_content(
    executor, people, market, drain, receiver
):
    hook = executor.run(people.buyer, add_webhook, None, receiver.url, PUBLISHED).ref
    drain()
    assert receiver.got == []
    listing = market.published()
    drain()
    [(_, headers, body)] = receiver.got
    said = json.loads(body)
    assert set(said) == {"id", "type", "subject", "happened_at"}
    assert (said["type"], said["subject"]) == ("listing.published", show("listing", listing))
    assert headers["Qiaoyi-Event"] == said["id"]
    assert checked(secret_of(executor.ports.secret, hook, 1), headers, body)
    assert not checked(secret_of(executor.ports.secret, hook, 2), headers, body)
    assert not checked(secret_of(executor.ports.secret, hook, 1), headers, body + b" ")
    [tried] = rows(executor, WebhookAttempt)
    assert (tried.status, tried.error, tried.body) == (200, None, "said")


def test_while_a_secret_is_replaced_either_holds_and_after_a_day_the_new_one_only(
    executor, people, drain, receiver, clock
):
    hook = executor.run(people.buyer, add_webhook, None, receiver.url, PUBLISHED).ref
    executor.run(people.buyer, rotate_secret, hook)
    old, new = (secret_of(executor.ports.secret, hook, number) for number in (1, 2))
    for hours, expected in ((0, (True, True)), (25, (False, True))):
        clock.move(timedelta(hours=hours))
        executor.run(people.buyer, ping_webhook, hook)
        drain()
        _, headers, body = receiver.got[-1]
        assert (checked(old, headers, body), checked(new, headers, body)) == expected


def test_a_signature_has_stripes_form():
    assert signature(["a"], 12, b"{}").startswith("t=12,v1=")
    assert signature(["a", "b"], 12, b"{}").count(",v1=") == 2


def test_a_refusal_is_tried_again_under_the_same_id(executor, people, drain, receiver, clock):
    hook = executor.run(people.buyer, add_webhook, None, receiver.url, PUBLISHED).ref
    receiver.answer = 503
    executor.run(people.buyer, ping_webhook, hook)
    drain()
    drain()
    assert len(receiver.got) == 1
    receiver.answer = 204
    clock.move(timedelta(seconds=40))
    drain()
    assert [headers["Qiaoyi-Event"] for _, headers, _ in receiver.got] == [
        rows(executor, WebhookDelivery)[0].event
    ] * 2
    assert [row.status for row in rows(executor, WebhookAttempt)] == [503, 204]
    assert rows(executor, WebhookDelivery)[0].state == "done"


def test_after_three_days_of_silence_it_is_switched_off_and_the_owner_told(
    executor, people, drain, receiver, clock
):
    hook = executor.run(people.officer, add_webhook, None, receiver.url, PUBLISHED).ref
    executor.run(people.officer, ping_webhook, hook)
    receiver.answer = 500
    drain()
    for _ in range(60):
        clock.move(timedelta(hours=2))
        drain()
    tries = rows(executor, WebhookAttempt)
    assert 12 <= len(tries) <= 25
    assert tries[-1].at - tries[0].at >= timedelta(days=3)
    with executor.database.read() as session:
        assert session.get(Webhook, hook).state == "disabled"
        assert deliveries_by_state(session) == {"failed": 1}
        [told] = messages(session, people.officer.person, "en")
    assert "was switched off" in told.text
    with pytest.raises(WebhookNotActive):
        executor.run(people.officer, ping_webhook, hook)
    receiver.answer = 200
    executor.run(people.officer, switch_webhook, hook, "active")
    before = len(receiver.got)
    assert executor.run(people.officer, resend_deliveries, hook, 1, 10**9).ref == "1"
    drain()
    assert len(receiver.got) == before + 1
    assert receiver.got[-1][1]["Qiaoyi-Event"] == receiver.got[0][1]["Qiaoyi-Event"]


def test_a_webhook_that_still_answers_others_is_not_switched_off(
    executor, people, drain, receiver, clock
):
    hook = executor.run(people.buyer, add_webhook, None, receiver.url, PUBLISHED).ref
    executor.run(people.buyer, ping_webhook, hook)
    drain()
    receiver.answer = 500
    executor.run(people.buyer, ping_webhook, hook)
    drain()
    for _ in range(60):
        clock.move(timedelta(hours=2))
        receiver.answer = 500
        drain()
        receiver.answer = 200
        executor.run(people.buyer, ping_webhook, hook)
        drain()
    with executor.database.read() as session:
        assert session.get(Webhook, hook).state == "active"


def test_what_concerns_an_organisation_is_told_to_it_alone(executor, people, drain, receiver):
    ours = executor.run(people.buyer, add_webhook, FIRM, receiver.url, ["deal.opened"]).ref
    theirs = executor.run(people.stranger, add_webhook, _other(people), receiver.url, list(OWN)).ref
    with executor.database.read() as session:
        assert session.get(Webhook, ours).organisation == FIRM
    executor.run(SYSTEM, _tell, Fact("deal.opened", f"deal:{'f' * 32}"))
    drain()
    assert receiver.got == []
    assert ours != theirs


def _other(people):
    return people.stranger.seats[0].organisation


def _tell(uow: UnitOfWork, fact: Fact) -> Done:
    uow.open()
    uow.facts.append(fact)
    return Done()


def test_a_suspended_organisation_is_not_called(executor, people, market, drain, receiver):
    executor.run(people.officer, add_webhook, INSTITUTE, receiver.url, PUBLISHED)
    market.published()
    executor.run(SYSTEM, _suspend, INSTITUTE)
    drain()
    assert receiver.got == []


def _suspend(uow: UnitOfWork, organisation: str) -> Done:
    at = uow.lock(Organisation, organisation)
    at.row.state = "suspended"
    at.record("decided_suspend")
    return Done()


@pytest.mark.parametrize("to", ["paused", "removed"])
def test_what_is_off_is_not_called_and_not_owed(executor, people, market, drain, receiver, to):
    hook = executor.run(people.buyer, add_webhook, None, receiver.url, PUBLISHED).ref
    executor.run(people.buyer, ping_webhook, hook)
    executor.run(people.buyer, switch_webhook, hook, to)
    market.published()
    drain()
    assert receiver.got == []
    assert [row.state for row in rows(executor, WebhookDelivery)] == ["failed"]


def test_strangers_and_members_without_the_role_see_no_webhook(executor, people, receiver):
    hook = executor.run(people.officer, add_webhook, INSTITUTE, receiver.url, PUBLISHED).ref
    for actor in (people.buyer, people.author, people.operator):
        for act, args in (
            (ping_webhook, ()),
            (rotate_secret, ()),
            (switch_webhook, ("removed",)),
            (resend_deliveries, (1, 9)),
        ):
            with pytest.raises(NotFound):
                executor.run(actor, act, hook, *args)
        with executor.database.read() as session:
            assert webhooks_of(session, actor, "en") == []
    with pytest.raises(NotFound):
        executor.run(people.author, add_webhook, INSTITUTE, receiver.url, PUBLISHED)
    left = replace(people.officer, seats=(Seat(INSTITUTE, "institute", frozenset({"researcher"})),))
    with pytest.raises(NotFound):
        executor.run(left, ping_webhook, hook)


@pytest.mark.parametrize(
    ("url", "topics", "field"),
    [
        ("http://169.254.169.254/latest/meta-data", PUBLISHED, "url"),
        ("https://localhost/hook", PUBLISHED, "url"),
        ("https://[::ffff:10.0.0.1]/", PUBLISHED, "url"),
        ("https://user@hooks.example.org/", PUBLISHED, "url"),
        ("https://hooks.example.org:22/", PUBLISHED, "url"),
        ("ftp://hooks.example.org/", PUBLISHED, "url"),
        ("https://hooks.example.org/", [], "topics"),
        ("https://hooks.example.org/", ["deal.opened"], "topics"),
        ("https://hooks.example.org/", ["person.challenged"], "topics"),
    ],
)
def test_what_must_not_be_subscribed_is_refused_beside_its_field(
    executor, people, url, topics, field
):
    with pytest.raises(Invalid) as refused:
        executor.run(people.buyer, add_webhook, None, url, topics)
    assert set(refused.value.problems) == {field}


def test_an_owner_has_so_many_and_no_more(executor, people):
    for number in range(MOST):
        executor.run(people.buyer, add_webhook, None, f"https://h{number}.example.org/", PUBLISHED)
    with pytest.raises(TooManyWebhooks):
        executor.run(people.buyer, add_webhook, None, "https://hooks.example.org/", PUBLISHED)
    assert executor.run(people.buyer, add_webhook, FIRM, "https://hooks.example.org/", list(OWN))


def test_a_range_is_sent_again_and_what_waits_is_not_asked_for_twice(
    executor, people, drain, receiver
):
    hook = executor.run(people.buyer, add_webhook, None, receiver.url, PUBLISHED).ref
    for _ in range(5):
        executor.run(people.buyer, ping_webhook, hook)
    drain()
    numbers = [row.n for row in rows(executor, WebhookDelivery)]
    assert executor.run(people.buyer, resend_deliveries, hook, numbers[1], numbers[3]).ref == "3"
    assert executor.run(people.buyer, resend_deliveries, hook, numbers[0], numbers[4]).ref == "2"
    only = executor.run(people.buyer, resend_deliveries, hook, 1, 10**9, failed_only=True)
    assert only.ref == "0"
    drain()
    seen = Counter(headers["Qiaoyi-Event"] for _, headers, _ in receiver.got)
    assert set(seen.values()) == {2}
    with executor.database.read() as session:
        assert {len(line.attempts) for line in deliveries(session, hook, 50)} == {2}


def test_waits_double_are_spread_and_end():
    assert wait(1, 0.5) == timedelta(seconds=30)
    assert wait(2, 0.5) == timedelta(seconds=60)
    assert wait(1, 0.0) < wait(1, 1.0)
    assert wait(500, 0.5) == timedelta(seconds=LONGEST_WAIT)


def test_no_topic_of_persons_or_sign_in_can_be_followed():
    assert not [topic for topic in {*PUBLIC, *OWN} if topic.startswith(("person.", "org"))]


__all__ = ["market", "people"]

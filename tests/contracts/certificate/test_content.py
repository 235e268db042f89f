"""What a certificate shows and what its signature covers, by tables."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

import pytest

from contracts.certificate.content import Anchors, Shown, fits, signed_text
from contracts.certificate.errors import CertificateMovedOn
from contracts.certificate.sheet import address
from contracts.certificate.states import CertificateAct, CertificateState, after
from core import qr
from core.audit import public_key, signing_key
from core.i18n import translator
from core.money import Money
from deals.modes import MODES

KEY = signing_key(b"a market's secret")
DAY = date(2026, 11, 30)
SHOWN = Shown(
    issuer="桥易市场",
    seller="甲研究所",
    buyer="乙公司",
    title="散热膜",
    result_number=None,
    contract_number="20261130-1A2B3C4D",
    mode="negotiated",
    way="exclusive",
    how={"zh": "双方协商议定价格。", "en": "Both sides agreed on the price in talks."},
    opened_on=date(2026, 10, 1),
    signed_on=date(2026, 11, 29),
)
ANCHORS = Anchors("a" * 64, 7, "b" * 64)


def sealed(text: bytes) -> str:
    return base64.b64encode(KEY.sign(text)).decode()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"result_number": "CG-2026-00001"},
        {"notice": (date(2026, 11, 1), date(2026, 11, 16))},
        {"amount": Money(10_000_000, "CNY")},
    ],
)
def test_what_is_shown_comes_back_whole(more):
    shown = replace(SHOWN, **more)
    assert Shown.load(shown.dump()) == shown


CHANGES = {
    "number": {"number": "20261130-FFFFFFFF"},
    "day": {"issued_on": date(2026, 12, 1)},
    "contract": {"anchors": replace(ANCHORS, contract="c" * 64)},
    "entry": {"anchors": replace(ANCHORS, entry=8)},
    "course": {"anchors": replace(ANCHORS, course="d" * 64)},
    "buyer": {"shown": replace(SHOWN, buyer="丙公司").dump()},
    "amount": {"shown": replace(SHOWN, amount=Money(1, "CNY")).dump()},
    "title": {"shown": replace(SHOWN, title="散热膜 ").dump()},
}


@pytest.mark.parametrize("changed", CHANGES)
def test_whatever_is_changed_no_longer_fits_the_signature(changed):
    said = {
        "number": "20261130-1A2B3C4D",
        "issued_on": DAY,
        "anchors": ANCHORS,
        "shown": SHOWN.dump(),
    }
    text, key = signed_text(**said), public_key(KEY)
    assert fits(text, sealed(text), key)
    assert not fits(signed_text(**(said | CHANGES[changed])), sealed(text), key)


@pytest.mark.parametrize("signature", ["", "not base64", "AAAA", "é"])
def test_what_is_no_signature_fits_nothing(signature):
    text = signed_text("1", DAY, ANCHORS, SHOWN.dump())
    assert not fits(text, signature, public_key(KEY))


def test_another_markets_key_fits_nothing():
    text = signed_text("1", DAY, ANCHORS, SHOWN.dump())
    assert not fits(text, sealed(text), public_key(signing_key(b"another secret")))


def test_a_certificate_is_withdrawn_once():
    assert after("issued", CertificateAct.WITHDRAW) is CertificateState.WITHDRAWN
    with pytest.raises(CertificateMovedOn):
        after("withdrawn", CertificateAct.WITHDRAW)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("20261130-1A2B3C4D", "https://m.example/certificates/20261130-1A2B3C4D"),
        ("JZ/2026/7", "https://m.example/certificates/JZ/2026/7"),
        ("鉴〔2026〕7", "https://m.example/certificates/%E9%89%B4%E3%80%942026%E3%80%957"),
    ],
)
def test_the_address_holds_any_number_that_the_rules_allow(number, found):
    assert address("https://m.example", number) == found


def test_the_printed_code_is_the_one_of_the_page():
    one = qr.code("https://m.example/certificates/1")
    assert one != qr.code("https://m.example/certificates/2")
    assert one.path in qr.svg("https://m.example/certificates/1")


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_says_in_both_languages_how_its_price_was_found(mode):
    said = MODES[mode].found
    assert said.endswith(".")
    assert translator("zh").gettext(said).endswith("。")

"""What is read out of messages that come back, and that nobody makes up an address of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.codes import Codes
from notifications.reports import LARGEST, Said, read_report
from notifications.returning import read_return, return_address
from tests.notifications.reports import HEADS, POSTFIX, TABLE

SECRET, BOX = b"only-for-tests-only-for-tests", "bounces@market.example"
BACK = return_address(SECRET, BOX, 41)


@pytest.mark.parametrize("name", TABLE)
def test_each_message_says_what_its_server_meant(name):
    make, said, status = TABLE[name]
    raw = make(BACK)
    found = read_report(raw)
    assert (found.said.value, found.status) == (said, status)
    assert read_return(SECRET, BOX, raw.decode("latin-1")) == 41


def test_what_is_too_large_is_not_read():
    raw = POSTFIX(BACK)
    fits = raw + b" " * (LARGEST - len(raw))
    assert read_report(fits).said is Said.REFUSED
    assert read_report(fits + b" ").said is Said.NOTHING


def test_the_letter_that_is_sent_back_is_not_taken_for_the_notice():
    heads = HEADS.format(back=BACK) + "From: postmaster@example.org\r\n"
    inside = POSTFIX(BACK).decode().replace("\r\n\r\n", "\r\n\r\n", 1)
    mail = (
        f'{heads}Content-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\n'
        "Content-Type: text/plain\r\n\r\nYour letter is enclosed.\r\n\r\n--o\r\n"
        f"Content-Type: message/rfc822\r\n\r\n{inside}\r\n--o--\r\n"
    )
    assert read_report(mail.encode()).said is Said.NOTHING


def test_an_address_fits_a_mail_server_and_survives_its_spelling():
    back = return_address(SECRET, "longest-box-name@market.example", 10**10 - 1)
    assert len(back.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1
    assert read_return(SECRET, BOX, f"Rcpt: <{BACK.upper()}>") == 41


@pytest.mark.parametrize(
    "text",
    [
        "",
        BOX,
        BACK.replace("+41.", "+42."),
        BACK.replace("market.example", "other.example"),
        BACK.replace("bounces", "others"),
        f"bounces+{Codes(SECRET).token('unsubscribe', '41')}@market.example",
        return_address(b"another secret, long enough", BOX, 41),
        f"bounces+٤١.{'0' * 32}@market.example",
    ],
)
def test_a_made_up_address_names_no_letter(text):
    assert read_return(SECRET, BOX, text) is None


def test_a_made_up_address_does_not_hide_the_true_one():
    forged = BACK.replace("+41.", "+42.")
    assert read_return(SECRET, BOX, f"To: {forged}, {BACK}") == 41


@given(st.binary(max_size=2000))
def test_no_octets_stop_the_reader(octets):
    heads = HEADS.format(back=BACK).encode() + b"From: postmaster\r\n"
    for raw in (octets, heads + octets):
        assert read_report(raw).said in Said


@given(st.sampled_from(list(TABLE)), st.data())
def test_no_damage_stops_the_reader(name, data):
    raw = TABLE[name][0](BACK)[:4000]
    at = data.draw(st.integers(0, len(raw)))
    damaged = raw[:at] + data.draw(st.binary(max_size=8)) + raw[at:]
    assert read_report(damaged).said in Said

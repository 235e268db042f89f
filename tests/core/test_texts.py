"""What is kept of a text, and what of it an XML document holds."""

import pytest
from lxml import etree

from core.texts import for_xml, kept
from tests.trust.naughty import HUNDRED


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a  b \u3000", "a  b"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("e\u0301 \ufb01 \uff11", "e\u0301 \ufb01 \uff11"),
        ("\u202ea\u200b\x01", "\u202ea\u200b\x01"),
        (" \t\r\n", ""),
    ],
)
def test_only_blanks_around_and_line_ends_change(typed, stored):
    assert kept(typed) == stored


def test_what_was_kept_is_kept_as_it_is():
    for text in HUNDRED:
        assert kept(kept(text)) == kept(text)


def test_xml_holds_every_text_that_was_cleaned():
    for text in (*HUNDRED, "\x00\ud800\ufffe"):
        entry = etree.Element("x")
        entry.text = for_xml(text)
        assert etree.fromstring(etree.tostring(entry)).text == (for_xml(text) or None)
    assert for_xml("a\t\n b\U0010ffff") == "a\t\n b\U0010ffff"

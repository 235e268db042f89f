"""What pages compute before they are drawn."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from deals.states import InquiryState
from listings.availability import Standing
from listings.errors import Incomplete, RightTaken, WrongState
from listings.kinds import AssetKind, LegalStatus, Level, Way
from listings.states import ListingState, NeedState
from search.understanding import Understood
from webapp.language import LANGUAGE_KEY
from webapp.presenters import labels, rights_timeline, searching, signs
from webapp.presenters.refusals import said
from webapp.presenters.showing import shortened, show_share, trl_bars, wbr
from webapp.qr import qr_svg


@pytest.mark.parametrize(
    "code",
    [
        *(f"listing.{state}" for state in ListingState),
        *(f"need.{state}" for state in NeedState),
        *(f"legal.{state}" for state in LegalStatus),
        *(f"level.{level}" for level in Level),
        *(f"availability.{standing}" for standing in Standing),
        *(f"inquiry.{state}" for state in InquiryState),
        *(f"notice.{state}" for state in ("running", "closing", "closed", "revoked")),
    ],
)
def test_every_state_has_a_word_and_an_icon(code):
    assert code in signs.SIGNS or code.rsplit(".", 1)[-1] in signs.SIGNS
    assert signs.sign(code).icon


def test_an_unknown_state_is_shown_rather_than_failing():
    assert signs.sign("deal.quite_new").word == "Quite new"


@pytest.mark.parametrize(("table", "codes"), [(labels.WAYS, Way), (labels.KINDS, AssetKind)])
def test_every_code_word_has_a_name(table, codes):
    assert {str(code) for code in codes} <= set(table)


def test_levels_rise_and_stop_at_the_level():
    bars = trl_bars(7)
    assert [bar["class"] for bar in bars] == ["on"] * 7 + ["off"] * 2
    assert [float(bar["height"]) for bar in bars] == sorted(float(bar["height"]) for bar in bars)


def test_shares_read_as_per_cent():
    assert [show_share(bp) for bp in (10000, 1250, 333)] == ["100%", "12.5%", "3.33%"]


def test_a_title_breaks_at_its_marks_and_stays_escaped():
    assert str(wbr("石墨烯-铜<b>")) == "石墨烯-<wbr>铜&lt;b&gt;"


def test_a_code_is_one_drawing_with_a_name():
    drawn = qr_svg("http://localhost:8000/s/abc", 'say "x"')
    assert drawn.startswith('<svg class="qr"')
    assert "&#34;x&#34;" in drawn


def test_the_timeline_marks_today_between_filing_and_end():
    right = rights_timeline.Right(
        "Invention", "…617.0", date(2023, 5, 4), date(2043, 5, 4),
        paid_from=date(2025, 3, 21), paid_until=date(2027, 5, 4), marks=(date(2023, 5, 4),),
    )  # fmt: skip
    drawing = rights_timeline.draw([right], date(2026, 11, 23))
    term, paid = drawing.rows[0].boxes
    assert term.x < drawing.now_x < term.x + term.width <= rights_timeline.RIGHT
    assert paid.x < drawing.now_x < paid.x + paid.width
    assert rights_timeline.draw([], date(2026, 11, 23)) is None


@given(
    st.lists(
        st.tuples(
            st.dates(date(1950, 1, 1), date(2060, 1, 1)),
            st.none() | st.dates(date(1950, 1, 1), date(2090, 1, 1)),
            st.sampled_from(["patent", "licence"]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
)
def test_the_timeline_stays_within_its_drawing(rows, today):
    rights = [rights_timeline.Right("x", "", starts, ends, kind) for starts, ends, kind in rows]
    drawing = rights_timeline.draw(rights, today)
    for row in drawing.rows:
        for box in row.boxes:
            assert rights_timeline.LEFT <= box.x <= rights_timeline.RIGHT
            assert box.width > 0


def test_an_address_is_read_and_written_back():
    args = MultiDict(
        [("q", " 石墨烯  膜 "), ("way", "sole"), ("way", "exclusive"), ("trl_from", "6"),
         ("sort", "newest"), ("page", "3"), ("unknown", "x")]
    )  # fmt: skip
    asked = searching.read(args)
    assert (asked.text, asked.filters, asked.trl) == (
        "石墨烯 膜", {"way": ("sole", "exclusive")}, (6, None),
    )  # fmt: skip
    assert parse_qs(asked.query(page=3)[1:])["page"] == ["3"]
    assert "page" not in parse_qs(asked.query(sort="newest")[1:])
    assert parse_qs(asked.without("way", "sole")[1:])["way"] == ["exclusive"]


@given(st.dictionaries(st.sampled_from(["q", "page", "trl_from", "trl_to", "sort", "way", "match",
                                        "view", "literal"]),
                       st.text(max_size=30)))  # fmt: skip
def test_any_address_is_a_question(args):
    asked = searching.read(MultiDict(args))
    request = searching.request_of(asked, Understood(asked.text), "en", "CNY", ())
    assert request.page >= 1
    assert searching.read(MultiDict(asked.pairs(page=asked.page))) == asked


def test_prices_compare_within_the_currency():
    asked = searching.read(MultiDict({"sort": "price_asc"}))
    assert searching.request_of(asked, Understood(""), "zh", "CNY", ()).filters["currency"] == (
        "CNY",
    )


def told(refused, language):
    """The sentence as a page in this language has it."""
    with Flask("page").test_request_context("/", environ_base={LANGUAGE_KEY: language}):
        return said(refused)


def test_a_refusal_names_fields_as_its_reader_knows_them():
    lacking = Incomplete(fields="abstract, contact")
    assert told(lacking, "zh") == "还有必填项未填：摘要和由谁答复。草稿已保留。"
    assert told(lacking, "en") == (
        "Some required fields are missing: Abstract and Who answers questions. The draft is kept."
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_names_states_and_reasons(language):
    assert "title_check" not in told(WrongState(state="title_check", action="edit"), language)
    taken = told(RightTaken(way="exclusive", reason="co_owners, sole"), language)
    assert "co_owners" not in taken
    assert "(sole" not in taken


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (
            "Membrane distillation of lithium brine on waste heat",
            "Membrane distillation of lithium…",
        ),
        ("石墨烯-铜复合散热膜的低温连续制备", "石墨烯-铜复合散热膜的低温连续制备"),
        ("断电后仍能在高温环境下保持二至八度的疫苗周转箱", "断电后仍能在高温环境下保持二至八度的…"),
        ("TRL 6", "TRL 6"),
        ("x" * 50, "x" * 36 + "…"),
    ],
)
def test_a_breadcrumb_is_cut_between_words(title, shown):
    assert shortened(title) == shown

"""The search page says what it understood and why a result is there; a table and a map too."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, quote
from xml.etree import ElementTree

import pytest
from werkzeug.datastructures import MultiDict

from search.understanding import understand
from webapp.presenters import searching

ATOM = "{http://www.w3.org/2005/Atom}"


def page(client_of, path):
    answer = client_of(None).get(path)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def total(text):
    """The number of results that the page states."""
    return int(re.search(r'id="found"[^>]*>\s*(One|\d+)', text)[1].replace("One", "1"))


def hits(text):
    return re.findall(r'<li class="hit">', text)


def test_conditions_become_chips_that_take_themselves_back(client_of):
    text = page(client_of, "/search?q=" + quote("浙江 散热 TRL 4+"))
    chips = re.search(r'<div class="row meant">.*?</div>', text, re.DOTALL)[0]
    assert "浙江省" in chips
    assert "TRL 4–9" in chips
    back = re.findall(r'href="(\?[^"]+)"', chips)
    assert len(back) == 2
    again = page(client_of, "/search" + back[0])
    assert "浙江省" not in re.search(r'<div class="row meant">.*?</div>', again, re.DOTALL)[0]
    assert "TRL 4–9" in again


def test_a_chosen_filter_goes_before_what_the_text_says(client_of):
    text = page(client_of, "/search?region=320000&q=" + quote("浙江 电池"))
    assert 'class="row meant"' not in text


def test_conditions_that_leave_nothing_offer_the_words(client_of):
    text = page(client_of, "/search?q=" + quote("西藏 散热"))
    assert not hits(text)
    assert "加上这些条件后没有结果。" in text
    assert "literal=%2A" in text


def test_prices_and_places_narrow_the_search(client_of):
    every = page(client_of, "/search?view=table")
    cheap = page(client_of, "/search?view=table&q=" + quote("50万以下"))
    total = [int(re.search(r'id="found"[^>]*>(\d+)', text)[1]) for text in (every, cheap)]
    assert 0 < total[1] < total[0]


def test_why_names_words_title_and_bridge(client_of):
    text = page(client_of, "/search?q=" + quote("散热"))
    address = re.search(r'href="(/search/why\?[^"]+)"', text)[1]
    why = page(client_of, address)
    assert "题目中" in why
    assert "散热" in why
    fragment = client_of(None).get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert fragment.startswith("<dl")
    assert client_of(None).get(address + "0").status_code == 404


def test_the_bridge_is_said_above_and_beside(client_of):
    text = page(client_of, "/en/search?q=heat+dissipation")
    assert "Also looked for:" in text
    assert "散热" in text
    why = page(client_of, re.search(r'href="(/en/search/why\?[^"]+)"', text)[1])
    assert "In the other language" in why


def test_the_bridge_is_taken_back_and_stays_back(client_of):
    text = page(client_of, "/en/search?q=heat")
    back = re.search(r'href="([^"]+)">\s*Only as it was written', text)[1]
    alone = page(client_of, "/en/search" + back)
    assert "Also looked for:" not in alone
    assert "Looked for only as it was written." in alone
    assert 0 < total(alone) < total(text)
    assert '<input type="hidden" name="bridge" value="0">' in alone
    kept = re.findall(r'href="([^"]*q=heat[^"]*)"', alone)
    undone = re.search(r'href="([^"]+)">\s*The other language too', alone)[1]
    switch = "/search?" + back.lstrip("?")  # the language switch repeats this page's address
    assert [one for one in kept if "bridge=0" not in one] == [undone]
    assert switch in kept
    assert "Also looked for:" in page(client_of, "/en/search" + undone)


@pytest.mark.parametrize(
    ("words", "chosen", "read"),
    [("近三年", "year=2019", "year"), ("TRL 7+", "trl_from=4", "trl"), ("TRL 7+", "trl=4", "trl")],
)
def test_what_is_chosen_replaces_the_range_that_was_read(client_of, words, chosen, read):
    asked = searching.read(MultiDict(parse_qsl(chosen)) | {"q": words})
    found = understand(words, currency="CNY", today=date(2026, 11, 30))
    assert found.ranges[read]
    narrowed = searching.request_of(asked, found, "zh", "CNY", ())
    assert narrowed.ranges.get(read) == ((4, None) if chosen == "trl_from=4" else None)
    both = page(client_of, f"/search?view=table&{chosen}&q={quote(words)}")
    alone = page(client_of, f"/search?view=table&{chosen}")
    assert 'class="row meant"' not in both
    assert total(both) == total(alone)


def test_the_map_counts_provinces_and_narrows_by_them(client_of):
    text = page(client_of, "/search?view=map")
    tile = re.search(r'<a href="([^"]*region=330000[^"]*)">\s*<title>浙江省：(\d+)</title>', text)
    assert int(tile[2]) > 0
    narrowed = page(client_of, "/search" + tile[1])
    assert int(re.search(r'id="found"[^>]*>(\d+)', narrowed)[1]) == int(tile[2])


def feed(client_of, address):
    """Title, address of the page, and entries' categories."""
    root = ElementTree.fromstring(client_of(None).get(address).data)
    alternate = root.find(f"{ATOM}link[@rel='alternate']").get("href")
    kinds = [entry.find(f"{ATOM}category").get("term") for entry in root.iter(f"{ATOM}entry")]
    return root.find(f"{ATOM}title").text, alternate, kinds


def test_the_feed_of_a_search_keeps_its_conditions(client_of):
    every = page(client_of, "/search.atom?q=" + quote("散热"))
    none = page(client_of, "/search.atom?q=" + quote("西藏 散热"))
    assert every.count("</entry>") > none.count("</entry>") == 0


def test_the_feed_of_needs_is_theirs_and_that_of_results_theirs(client_of):
    kinds = {}
    for place in ("/needs", "/search"):
        shown = page(client_of, f"/en{place}?q=heat")
        linked = set(re.findall(r'href="([^"]*/search\.atom\?[^"]*)"', shown))
        (address,) = linked
        title, alternate, kinds[place] = feed(client_of, address)
        assert alternate.endswith(f"/en{place}?q=heat")
        assert title.endswith(" · Needs · heat" if place == "/needs" else " · heat")
        assert len(kinds[place]) == total(shown) > 0
    assert set(kinds["/needs"]) == {"Need"}
    assert "Need" not in kinds["/search"]
    every = feed(client_of, "/en/search.atom?q=heat")[2]
    assert sorted(every) == sorted(kinds["/needs"] + kinds["/search"])

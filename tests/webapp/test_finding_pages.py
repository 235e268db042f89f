"""The search page says what it understood and why a result is there; a table and a map too."""

import re
from html import unescape
from urllib.parse import quote


def page(client_of, path):
    answer = client_of(None).get(path)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


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


def test_the_map_counts_provinces_and_narrows_by_them(client_of):
    text = page(client_of, "/search?view=map")
    tile = re.search(r'<a href="([^"]*region=330000[^"]*)">\s*<title>浙江省：(\d+)</title>', text)
    assert int(tile[2]) > 0
    narrowed = page(client_of, "/search" + tile[1])
    assert int(re.search(r'id="found"[^>]*>(\d+)', narrowed)[1]) == int(tile[2])


def test_the_feed_of_a_search_keeps_its_conditions(client_of):
    every = page(client_of, "/search.atom?q=" + quote("散热"))
    none = page(client_of, "/search.atom?q=" + quote("西藏 散热"))
    assert every.count("</entry>") > none.count("</entry>") == 0

"""Text to tokens, plans and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from search.analysis import folded, han_pairs, tokens
from search.folding import fold
from search.marking import SNIPPET, looked_for, mark, says, snippet
from search.numbers import keys, recognise
from search.pinyin import sounds, spoken
from search.plan import MUST_ALL, AllOf, Prefix, Term, plan


@pytest.mark.parametrize(
    ("written", "folds_to"),
    [
        ("ＬＥＤ", "led"),
        ("電動車", "电动车"),
        ("Müller", "muller"),
        ("①", "1"),
        ("İ", "i"),
        ("", ""),
    ],
)
def test_folding_joins_what_is_one_letter_to_a_searcher(written, folds_to):
    assert fold(written) == folds_to


@given(st.text())
def test_folding_keeps_positions_and_needs_doing_only_once(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_words_pairs_stems_and_codes():
    found = tokens("一種石墨烯散熱膜 TC4-DT, batteries 0.5")
    assert found.words[:6] == ["tc4", "dt", "tc4dt", "batteri", "0", "5"]
    assert {"石墨烯", "散热", "膜"} <= set(found.words)
    assert found.pairs == ["一种", "种石", "石墨", "墨烯", "烯散", "散热", "热膜", "膜"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_tokens_hold_no_space_and_are_never_empty(text):
    for token in (*tokens(text).words, *tokens(text).pairs):
        assert token
        assert not token.isspace()
        assert " " not in token


@given(st.lists(st.text(alphabet="石墨烯散热膜", min_size=1, max_size=9), max_size=6))
def test_pairs_of_a_whole_text_are_those_of_its_runs(runs):
    assert tokens("，x ".join(runs)).pairs == han_pairs(runs)


@given(
    st.text(alphabet="石墨烯散热abc 12-/.，", max_size=30),
    st.text(alphabet="膜电池x9。", max_size=9),
)
def test_rare_characters_change_nothing_for_the_others(text, more):
    rare = "\U0002a6d6"
    joined = tokens(f"{text}。{more}。{rare}")
    plain = tokens(f"{text}。{more}")
    assert sorted(joined.pairs) == sorted([*plain.pairs, rare])
    assert set(plain.words) <= set(joined.words)


def test_single_characters_belong_to_the_word_before():
    assert [word.text for word in plan("散热膜的制备").words] == ["散热膜", "制备"]


def test_a_single_character_is_a_prefix():
    assert plan("膜").words[0].need == Prefix("pairs", "膜")


def weights(text: str) -> dict[tuple[str, str], float]:
    """Of single tokens: phrases come on top."""
    return {(t.field, t.token): t.weight for t in plan(text).any_of if isinstance(t, Term)}


def test_letters_weigh_as_much_as_characters_that_count_by_pairs_alone_when_short():
    found = weights("水泵 pump")
    assert ("words", "水泵") not in found
    assert found["pairs", "水泵"] == found["words", "pump"] == 2


def test_letters_weigh_as_much_as_characters_that_count_as_words_and_pairs_when_long():
    found = weights("水泵 pump valve pipe flange gasket")
    assert found["words", "水泵"] + found["pairs", "水泵"] == found["words", "pump"] == 2


def test_repeated_words_count_repeatedly_and_empty_words_not_at_all():
    found = weights("pump of the pump")
    assert {token: w for (field, token), w in found.items() if field == "words"} == {"pump": 4}
    assert plan("of the").any_of
    assert plan("，。").empty


def test_up_to_four_words_are_short():
    assert plan("graphene film heat phone").short
    assert len(plan("graphene film heat phone").words) == MUST_ALL
    assert not plan("graphene film heat phone cooling").short


def test_longer_words_need_all_their_pairs():
    (word,) = plan("石墨烯").words
    assert word.need == AllOf((Term("pairs", "石墨"), Term("pairs", "墨烯")))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ZL202310482617.0", "CN202310482617"),
        ("CN202310482617.X", "CN202310482617"),
        ("ZL 98 1 23456.7", "CN98123456"),
        ("CN 116 456 789 A", "CN116456789A"),
        ("US 7,472,616 B2", "US7472616B2"),
        ("US-2020-0123456-A1", "US20200123456A1"),
        ("EP 1 234 567 A1", "EP1234567A1"),
        ("9612024J0123", "9612024J0123"),
    ],
)
def test_numbers_have_one_telling_form(written, kept):
    assert keys(written)[0] == kept
    assert recognise(written) == (written,)


def test_numbers_are_recognised_inside_a_sentence_only_with_their_country():
    assert recognise("请问 ZL 202310482617.0 还能许可吗") == ("ZL 202310482617.0",)
    assert recognise("2024 年 12 项成果") == ()
    assert recognise("石墨烯") == ()


@given(st.text(max_size=80))
def test_any_text_may_be_looked_at_for_numbers(text):
    for found in recognise(text):
        assert found in text.strip() or keys(found)


def test_chinese_sounds_as_its_words_say():
    assert sounds("重庆石墨烯") == ("chongqingshimoxi", "cqsmx")
    assert sounds("led散热") == ("ledsanre", "lsr")


def marked(segments):
    return [segment.text for segment in segments if segment.marked]


def test_marks_stand_in_the_original_writing():
    assert marked(mark("一種石墨烯散熱膜", looked_for("散热"))) == ["散熱"]
    assert marked(mark("New Batteries, one battery", looked_for("battery"))) == [
        "Batteries",
        "battery",
    ]
    assert marked(mark("a partial party", looked_for("art"))) == []


def test_a_snippet_is_the_stretch_with_most_of_what_was_asked():
    text = "开头的一段话。" * 60 + "这里说到散热膜与石墨烯。" + "结尾的一段话。" * 60
    found = snippet(text, looked_for("石墨烯散热膜"))
    shown = "".join(segment.text for segment in found)
    assert set(marked(found)) == {"散热膜", "石墨烯"}
    assert len(shown) <= SNIPPET + 2
    assert shown.startswith("…")
    assert shown.endswith("…")


@given(st.text(max_size=300), st.text(max_size=30))
def test_a_snippet_is_a_piece_of_the_text(text, asked):
    found = snippet(text, looked_for(asked))
    body = [segment.text for segment in found]
    assert "".join(piece for piece in body if piece != "…").strip("…") in text.replace("…", "…")
    assert "".join(s.text for s in mark(text, looked_for(asked))) == text


@pytest.mark.parametrize("before", [0, 1_990, 1_998, 2_000, 2_150, 9_999, 19_700])
def test_a_word_far_into_a_long_text_is_shown(before):
    text = ("无关的话。" * 6_000)[:before] + "石墨烯散热膜" + "另外的话。" * 6_000
    found = snippet(text, looked_for("石墨烯散热膜"))
    assert marked(found) == ["石墨烯散热膜"]
    assert (found[0].text == "…") == (before > 0)
    assert found[-1].text == "…"
    assert "".join(s.text for s in found).strip("…") in text


def test_a_word_beyond_what_is_read_shows_the_beginning():
    text = "无关的话。" * 6_000 + "石墨烯"
    assert "".join(s.text for s in snippet(text, looked_for("石墨烯"))) == text[:SNIPPET] + "…"
    assert not says(text, looked_for("石墨烯"))
    assert says("一" * 5_000 + "石墨烯", looked_for("石墨烯"))


def test_folding_for_marks_differs_from_folding_only_where_no_token_is():
    whole = (chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000)
    different = [letter for letter in whole if folded(f"高{letter}a") != fold(f"高{letter}a")]
    assert len(different) < 1_000
    assert not [letter for letter in different if tokens(letter) != ([], [])]


@given(st.text(alphabet=st.sampled_from("aZ9 高電-．ß İ①Ꭰꭰ𠀀é\n"), max_size=40))
def test_folding_for_marks_keeps_every_position(text):
    assert len(folded(text)) == len(text)
    assert tokens(folded(text)) == tokens(text)


@given(st.text(alphabet=st.sampled_from("重庆要行长城石墨烯单于给a1"), max_size=8))
def test_a_word_sounds_as_the_whole_library_reads_it(word):
    assert spoken(word) == "".join(lazy_pinyin(word))

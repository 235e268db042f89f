"""What people type about a comparison is read back as it is shown."""

from __future__ import annotations

import pytest

from webapp.forms.listing_typed import VERDICTS, read_comparison, typed_verdict


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(VERDICTS))
def test_a_verdict_is_read_as_it_is_shown(language, code):
    word = typed_verdict(language, code)
    row = read_comparison(language, f"导热 | W/mK | 1,800 | 400 | 2,000 | {word}")
    assert (row.verdict, row.theirs) == (code, ("400", "2,000"))


def test_a_comparison_needs_no_verdict():
    row = read_comparison("zh", "导热 | W/mK | 1,800 | 400 | 2,000")
    assert (row.verdict, row.theirs) == (None, ("400", "2,000"))
    assert typed_verdict("zh", None) == typed_verdict("en", None) == ""

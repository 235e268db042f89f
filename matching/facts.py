"""What the rest of the market hears of saved searches."""

SEARCH_MATCHED = "saved_search.matched"

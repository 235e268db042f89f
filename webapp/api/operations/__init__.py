"""The operations, one module per part of the market; naming them here declares them."""

from webapp.api.operations import (
    contracts,
    deals,
    exports,
    feeds,
    files,
    inquiries,
    listings,
    money,
    needs,
    organisations,
    personal,
    postings,
    rounds,
    saved_searches,
    search,
)

ALL = (
    contracts,
    deals,
    exports,
    feeds,
    files,
    inquiries,
    listings,
    money,
    needs,
    organisations,
    personal,
    postings,
    rounds,
    saved_searches,
    search,
)

"""The operations, one module per part of the market; naming them here declares them."""

from webapp.api.operations import (
    deals,
    exports,
    feeds,
    inquiries,
    listings,
    needs,
    organisations,
    personal,
    search,
)

ALL = (deals, exports, feeds, inquiries, listings, needs, organisations, personal, search)

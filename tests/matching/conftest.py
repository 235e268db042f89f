"""Listings to be published, for those who wait for them."""

from tests.listings.conftest import market, people

__all__ = ["market", "people"]

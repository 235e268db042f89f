"""What pages ask: each answer takes a constant number of statements, whatever the data holds."""

from listings.queries.needs import NeedPage, NeedRow, need_page, needs_of
from listings.queries.offers import OfferFacts, offer_facts
from listings.queries.page import listing_page
from listings.queries.queue import QueuePage, QueueRow, queue
from listings.queries.saved import SavedRow, SharedRow, said_of, saved_items, shared_by
from listings.queries.views import ListingPage
from listings.queries.workbench import MyListing, Workbench, workbench

__all__ = [
    "ListingPage",
    "MyListing",
    "NeedPage",
    "NeedRow",
    "OfferFacts",
    "QueuePage",
    "QueueRow",
    "SavedRow",
    "SharedRow",
    "Workbench",
    "listing_page",
    "need_page",
    "needs_of",
    "offer_facts",
    "queue",
    "said_of",
    "saved_items",
    "shared_by",
    "workbench",
]

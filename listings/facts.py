"""What the rest of the market hears of listings and needs. A fact's ref names the stream."""

from __future__ import annotations

LISTING_DRAFTED = "listing.drafted"
LISTING_EDITED = "listing.changed"
LISTING_SUBMITTED = "listing.submitted"
LISTING_REMINDED = "listing.reminded"
LISTING_CHECKED = "listing.checked"
LISTING_APPROVED = "listing.approved"
LISTING_RETURNED = "listing.returned"
LISTING_PUBLISHED = "listing.published"
LISTING_CONFIRMED = "listing.confirmed"
LISTING_FADED = "listing.faded"
LISTING_EXPIRED = "listing.expired"
LISTING_WITHDRAWN = "listing.withdrawn"
LISTING_MODERATED = "listing.moderated"
LISTING_ARCHIVED = "listing.archived"

ASSET_CHANGED = "asset.changed"
"""Something that listings of the asset show has changed, such as a right in it."""
SHARE_CONFIRMED = "asset.share_confirmed"

NEED_PUBLISHED = "need.published"
NEED_WITHDRAWN = "need.withdrawn"
NEED_EXPIRED = "need.expired"
NEED_MODERATED = "need.moderated"
NEED_CONFIDED = "need.confided"
"""A confidential need changed: matched like others, and no change that outsiders may follow."""


def need_fact(topic: str, *, confidential: bool) -> str:
    """The topic under which a change of a need is told: the change feed numbers public ones."""
    return NEED_CONFIDED if confidential else topic

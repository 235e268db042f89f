"""Shown identifiers in addresses, read back or 404."""

from __future__ import annotations

from core.errors import NotFound
from core.ids import parse, show
from webapp.presenters.showing import local_url


def read(kind: str, shown: str) -> str:
    """The id of a shown identifier of this kind. Raises NotFound."""
    found = parse(shown)
    if found is None or found[0] != kind:
        raise NotFound(ref=shown)
    return found[1]


def deal_url(deal: str, *more: str) -> str:
    return local_url("/".join([f"/deals/{show('deal', deal)}", *more]))


def inquiry_url(inquiry: str) -> str:
    return local_url(f"/inquiries/{show('inquiry', inquiry)}")

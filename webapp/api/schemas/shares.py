"""Share links: of whoever made them."""

from __future__ import annotations

from datetime import datetime

from webapp.api.schemas.common import Out


class ShareOut(Out):
    """`url` is the link to pass on; `visits` tells how often it was followed."""

    code: str
    url: str
    item: str
    page: str
    channel: str
    created_at: datetime
    visits: int


class SharesOut(Out):
    items: list[ShareOut]

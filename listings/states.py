"""The life of a listing and of a need: states and one transition table each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.transitions import target
from listings.errors import WrongState


class ListingState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    TITLE_CHECK = "title_check"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ARCHIVED = "archived"


class ListingAction(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    CHECK_TITLE = "check_title"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    FADE = "fade"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    MODERATE = "moderate"
    RESTORE = "restore"
    REOPEN = "reopen"
    ARCHIVE = "archive"


class NeedState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class NeedAction(StrEnum):
    EDIT = "edit"
    PUBLISH = "publish"
    MATCH = "match"
    WITHDRAW = "withdraw"
    MODERATE = "moderate"
    RESTORE = "restore"
    EXPIRE = "expire"
    REOPEN = "reopen"


_L, _A = ListingState, ListingAction

LISTING: Mapping[tuple[ListingState, ListingAction], ListingState] = MappingProxyType(
    {
        (_L.DRAFT, _A.EDIT): _L.DRAFT,
        (_L.DRAFT, _A.SUBMIT): _L.SUBMITTED,
        (_L.DRAFT, _A.ARCHIVE): _L.ARCHIVED,
        (_L.SUBMITTED, _A.CHECK_TITLE): _L.TITLE_CHECK,
        (_L.SUBMITTED, _A.RETURN): _L.DRAFT,
        (_L.SUBMITTED, _A.WITHDRAW): _L.WITHDRAWN,
        (_L.TITLE_CHECK, _A.CHECK_TITLE): _L.TITLE_CHECK,
        (_L.TITLE_CHECK, _A.APPROVE): _L.APPROVED,
        (_L.TITLE_CHECK, _A.RETURN): _L.DRAFT,
        (_L.TITLE_CHECK, _A.WITHDRAW): _L.WITHDRAWN,
        (_L.APPROVED, _A.PUBLISH): _L.PUBLISHED,
        (_L.APPROVED, _A.RETURN): _L.DRAFT,
        (_L.APPROVED, _A.WITHDRAW): _L.WITHDRAWN,
        (_L.PUBLISHED, _A.EDIT): _L.PUBLISHED,
        (_L.PUBLISHED, _A.CONFIRM): _L.PUBLISHED,
        (_L.PUBLISHED, _A.FADE): _L.PUBLISHED,
        (_L.PUBLISHED, _A.EXPIRE): _L.EXPIRED,
        (_L.PUBLISHED, _A.WITHDRAW): _L.WITHDRAWN,
        (_L.PUBLISHED, _A.MODERATE): _L.WITHDRAWN,
        (_L.WITHDRAWN, _A.RESTORE): _L.PUBLISHED,
        (_L.WITHDRAWN, _A.REOPEN): _L.DRAFT,
        (_L.WITHDRAWN, _A.ARCHIVE): _L.ARCHIVED,
        (_L.EXPIRED, _A.CONFIRM): _L.PUBLISHED,
        (_L.EXPIRED, _A.REOPEN): _L.DRAFT,
        (_L.EXPIRED, _A.WITHDRAW): _L.WITHDRAWN,
        (_L.EXPIRED, _A.ARCHIVE): _L.ARCHIVED,
    }
)

_N, _B = NeedState, NeedAction

NEED: Mapping[tuple[NeedState, NeedAction], NeedState] = MappingProxyType(
    {
        (_N.DRAFT, _B.EDIT): _N.DRAFT,
        (_N.DRAFT, _B.PUBLISH): _N.PUBLISHED,
        (_N.DRAFT, _B.WITHDRAW): _N.WITHDRAWN,
        (_N.PUBLISHED, _B.EDIT): _N.PUBLISHED,
        (_N.PUBLISHED, _B.MATCH): _N.MATCHED,
        (_N.PUBLISHED, _B.WITHDRAW): _N.WITHDRAWN,
        (_N.PUBLISHED, _B.MODERATE): _N.WITHDRAWN,
        (_N.PUBLISHED, _B.EXPIRE): _N.EXPIRED,
        (_N.MATCHED, _B.WITHDRAW): _N.WITHDRAWN,
        (_N.MATCHED, _B.REOPEN): _N.DRAFT,
        (_N.WITHDRAWN, _B.RESTORE): _N.PUBLISHED,
        (_N.WITHDRAWN, _B.REOPEN): _N.DRAFT,
        (_N.EXPIRED, _B.REOPEN): _N.DRAFT,
    }
)


def after(state: str, action: ListingAction) -> ListingState:
    """The state that `action` leads to; raises WrongState where the table has no row."""
    return target(LISTING, state, action, WrongState(state=state, action=str(action)))


def need_after(state: str, action: NeedAction) -> NeedState:
    """The state that `action` leads a need to; raises WrongState where the table has no row."""
    return target(NEED, state, action, WrongState(state=state, action=str(action)))

"""What pages and other areas ask of deals. Every function takes a reading session."""

from deals.queries.inquiries import (
    InquiryLine,
    InquiryPage,
    Record,
    answering_record,
    inbox,
    inquiries_behind,
    inquiry_page,
    sender_page,
)
from deals.queries.names import deal_title
from deals.queries.rooms import (
    Claimed,
    DealLine,
    DealPage,
    RoomFrame,
    claims_on,
    deal_page,
    deals_behind,
    deals_on,
    pipeline,
    room_frame,
    state_at,
)

__all__ = [
    "Claimed",
    "DealLine",
    "DealPage",
    "InquiryLine",
    "InquiryPage",
    "Record",
    "RoomFrame",
    "answering_record",
    "claims_on",
    "deal_page",
    "deal_title",
    "deals_behind",
    "deals_on",
    "inbox",
    "inquiries_behind",
    "inquiry_page",
    "pipeline",
    "room_frame",
    "sender_page",
    "state_at",
]

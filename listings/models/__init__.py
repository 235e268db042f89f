"""Tables of the listings area."""

from listings.models.asset import (
    Asset,
    AssetMember,
    Contributor,
    CoOwner,
    ExportStatement,
    Funding,
    IndustryCode,
    IpcCode,
    PatentFacts,
    Right,
    TrlEvidence,
    Valuation,
)
from listings.models.listing import (
    Comparison,
    Listing,
    ListingFile,
    ListingStep,
    ListingText,
    OfferedWay,
    Picture,
    TitleFinding,
)
from listings.models.need import Need, NeedStep, NeedText
from listings.models.sharing import SavedItem, ShareLink, ShareVisit

__all__ = [
    "Asset",
    "AssetMember",
    "CoOwner",
    "Comparison",
    "Contributor",
    "ExportStatement",
    "Funding",
    "IndustryCode",
    "IpcCode",
    "Listing",
    "ListingFile",
    "ListingStep",
    "ListingText",
    "Need",
    "NeedStep",
    "NeedText",
    "OfferedWay",
    "PatentFacts",
    "Picture",
    "Right",
    "SavedItem",
    "ShareLink",
    "ShareVisit",
    "TitleFinding",
    "TrlEvidence",
    "Valuation",
]

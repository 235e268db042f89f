"""The code words that listings store. Their names in two languages are reference data."""

from __future__ import annotations

from enum import StrEnum


class AssetKind(StrEnum):
    RESULT = "result"
    PATENT = "patent"
    KNOW_HOW = "know_how"
    PACKAGE = "package"


class Way(StrEnum):
    """What passes to the other side. How the price is found is a mode, and belongs to deals."""

    ASSIGNMENT = "assignment"
    EXCLUSIVE = "exclusive"
    SOLE = "sole"
    ORDINARY = "ordinary"
    TRIAL_LICENCE = "trial_licence"
    EQUITY_CONTRIBUTION = "equity_contribution"
    JOINT_DEVELOPMENT = "joint_development"


LICENCES = frozenset({Way.EXCLUSIVE, Way.SOLE, Way.ORDINARY, Way.TRIAL_LICENCE})


class Secrecy(StrEnum):
    OPEN = "open"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105  a level of state secrecy
    TOP_SECRET = "top_secret"  # noqa: S105


CLASSIFIED = frozenset({Secrecy.CONFIDENTIAL, Secrecy.SECRET, Secrecy.TOP_SECRET})


class ExportClass(StrEnum):
    """What the owner states about taking the technology out of the country."""

    FREE = "free"
    RESTRICTED = "restricted"
    PROHIBITED = "prohibited"


class Level(StrEnum):
    """Who may see a field or a file; each level includes the readers of the ones after it."""

    PUBLIC = "public"
    MEMBER = "member"
    NDA = "nda"


class Stage(StrEnum):
    INITIAL = "initial"
    PILOT = "pilot"
    MATURE = "mature"


class Origin(StrEnum):
    """Where a result comes from, as result registration asks (RULES C7)."""

    ORIGINAL = "original"
    ABSORBED_IMPORT = "absorbed_import"
    SECOND_DEVELOPMENT = "second_development"


class PatentKind(StrEnum):
    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PLANT = "plant"


class LegalStatus(StrEnum):
    PENDING = "pending"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


DEAD = frozenset(
    {
        LegalStatus.LAPSED,
        LegalStatus.EXPIRED,
        LegalStatus.WITHDRAWN,
        LegalStatus.REJECTED,
        LegalStatus.REVOKED,
    }
)


class RightKind(StrEnum):
    GRANT = "grant"
    PLEDGE = "pledge"
    OPEN_LICENCE = "open_licence"


class TaxBasis(StrEnum):
    EXCLUDED = "excluded"
    INCLUDED = "included"
    UNSAID = "unsaid"


class RoyaltyBase(StrEnum):
    NET_SALES = "net_sales"
    PROFIT = "profit"
    UNITS = "units"


class CheckItem(StrEnum):
    OWNER = "owner"
    CO_OWNERS = "co_owners"
    PLEDGE = "pledge"
    EARLIER_LICENCES = "earlier_licences"
    ANNUITY = "annuity"


class CheckOutcome(StrEnum):
    OK = "ok"
    MISSING = "missing"
    WAITS = "waits"


LANGUAGES = ("zh", "en")

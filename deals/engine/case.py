"""What a decision may look at: a frozen picture of the deal under its lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from deals.engine.declaration import Side


@dataclass(frozen=True)
class OfferOnTable:
    """The offer that stands, if any."""

    version: int
    by: Side
    valid_until: date | None


@dataclass(frozen=True)
class Case:
    """`today` is the legal date of `now` in the market's zone."""

    state: str
    now: datetime
    today: date
    notice_is_asked: bool = True
    """The law wants the agreed price of this owner, in this mode, on public notice."""
    offer: OfferOnTable | None = None
    named_version: int | None = None
    """the version that the command names"""
    way_is_free: bool = True
    announced: bool = False
    """The patent office has announced the published terms as an open licence."""
    fee_open: bool = False
    """A licence fee was asked for and is not paid in full."""
    fee_on_its_way: bool = False
    """Something is said to have been paid on it, and nobody has confirmed or refused that."""
    fee_ends_at: datetime | None = None
    """When the time for paying it is over."""
    terms_stand: bool = False
    """The published terms can still be accepted."""
    ineligible: str = ""
    """Why the buyer may not accept them: a code of `errors.STOPS`."""
    against_talks: str = ""
    """Why law on exports stops offers and acceptance: a code of `errors.STOPS`."""
    against_signing: str = ""
    """Why it stops the contract."""
    excused: bool = True
    """The buyer who leaves now breaks off no award, or has a reason that the law takes."""
    idle_ends_at: datetime | None = None
    offer_ends_at: datetime | None = None
    """The end of the last day on which the offer can be accepted."""
    offer_reminds_at: datetime | None = None
    """When whoever may accept it is reminded of that day."""
    notice_waits: bool = False
    """The notice is published, and its period begins only once the owner shows it in its unit."""
    notice_last_day: date | None = None
    notice_ends_at: datetime | None = None
    last_day_unshown: bool = False
    """The owner has still to show that it hung in its unit on the last day."""
    posting_reminds_at: datetime | None = None
    """When the owner is reminded of what it has to show."""
    objections_open: int = 0
    objections_upheld: int = 0
    steps_open: int = 0
    """Steps of the institution's decision that have not passed."""
    steps_refused: int = 0
    preempts: bool = False
    """The law lets somebody come first where this way passes."""
    claims_open: int = 0
    """Who comes first and has neither answered nor let the time pass."""
    claims_used: int = 0
    """Who comes first and took these terms."""
    claim_ran_out: bool = False
    claims_end_at: datetime | None = None
    """When the first running time of them is over."""
    named_claim: str = ""
    """How the claim that the command names stands: a state of it, or `over`."""
    named_step: str = ""
    """How the step that the command names stands: `asked`, `later`, `passed`, `refused`."""

    def instant(self, name: str) -> datetime | None:
        """The instant that a clock of a mode names."""
        known = {
            "idle": self.idle_ends_at,
            "notice": None if self._waits_for_last_day() else self.notice_ends_at,
            "posting": self.posting_reminds_at,
            "preemption": self.claims_end_at,
            "payment": self.fee_ends_at,
            "trial": self.offer_ends_at,
            "reminder": self.offer_reminds_at,
        }
        return known[name]

    def _waits_for_last_day(self) -> bool:
        """Nothing follows from the end alone: what is missing is no matter of time."""
        return self.last_day_unshown and not self.objections_open

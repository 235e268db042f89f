"""Every rule that blocks or warns is read by code, but for those that are named here with why."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Final

from bootstrap import ROOT
from core.law.book import LawBook
from listings.availability import ALONE, NEEDS_ALL_OWNERS, Bound, bound_by
from listings.kinds import CheckItem
from listings.rules import MOST_KEYWORDS

_AUCTION: Final = "the market holds no auctions; the rules are there for who compares"
_REWARD: Final = "the unit pays its people itself: the market shows the floors and decides nothing"
_CONSTANT: Final = "decided by a constant, which must say the same: asserted below where it can"
UNREAD: Final = {
    "auction.commission_max": _AUCTION,
    "auction.licence_required": _AUCTION,
    "auction.notice_days": _AUCTION,
    "auction.viewing_days": _AUCTION,
    "bidding.rerun_max_cut": "of judicial auctions; the market has listing.relist.max_cut",
    "empowerment.min_years": "the market records no long-term use by the makers",
    "listing.approver_not_author": _CONSTANT,
    "notice.reward.min_days": _REWARD,
    "platform.keep_transactions_years": "nothing of a deal is ever removed",
    "records.keep_years": "nothing of a deal is ever removed",
    "result.keywords_max": _CONSTANT,
    "reward.floor.equity": _REWARD,
    "reward.floor.main_contributors": _REWARD,
    "reward.floor.tto_staff": _REWARD,
    "reward.pay_within_months": _REWARD,
    "reward.self_implementation": _REWARD,
    "title_check.items": _CONSTANT,
}
PREFIXED: Final = ("contract.void.",)
"""Read by the beginnings of their names (`contracts/lint.py`)."""
_NO_CODE: Final = {"tests", "migrations", "sample", "benchmarks", "tools"}


def rules() -> list[dict]:
    """Of every profile, the nation's last."""
    paths = sorted((ROOT / "policies").glob("*.toml"), reverse=True)
    return [rule for path in paths for rule in tomllib.loads(path.read_text("utf-8"))["rule"]]


def test_every_rule_that_binds_is_read_or_named_with_why():
    binding = {rule["id"] for rule in rules() if rule["enforce"] in ("block", "warn")}
    code = "".join(
        path.read_text("utf-8")
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).parts[0] not in _NO_CODE
        and not path.relative_to(ROOT).parts[0].startswith(".")
    )
    named = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', code))
    unread = {id for id in binding - named if not id.startswith(PREFIXED)}
    assert unread == set(UNREAD)
    assert len(binding) > 80


def test_constants_say_what_the_rules_say():
    """Until they are read from the profile, nobody amends one without the other. Of ways, what a
    page without a profile at hand goes by."""
    said = {rule["id"]: rule for rule in rules()}
    profile = LawBook.load(ROOT / "policies").profile("cn-national", date(2026, 11, 30))
    assert bound_by(profile) == Bound(NEEDS_ALL_OWNERS, ALONE)
    assert set(said["title_check.items"]["value"]) <= set(CheckItem)
    assert said["result.keywords_max"]["value"] == MOST_KEYWORDS
    assert said["listing.approver_not_author"]["value"] is True

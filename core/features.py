"""Parts of the market that the operator can switch off, or leave to some roles, without a release.

Only what exists is here. A choice is a row; the newest one of a feature holds, and a feature
without a row is on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import CheckConstraint, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.actor import Actor
from core.columns import FIXED
from core.errors import Refused
from core.i18n import N_
from core.models import Base, Head


class Access(StrEnum):
    ON = "on"
    OFF = "off"
    ROLE = "role"


@dataclass(frozen=True)
class Feature:
    """`blueprints`: the pages that belong to it. `people`: do only people with an account use it,
    so that it can be left to a role?"""

    name: str
    text: str
    blueprints: frozenset[str]
    people: bool = True


FEATURES: Final[Mapping[str, Feature]] = {
    "imports": Feature(
        N_("Import of files"),
        N_("Reading results from CSV, XLSX, JSON and USPTO files."),
        frozenset({"imports"}),
    ),
    "drafting": Feature(
        N_("Drafts from a file"),
        N_("Proposing the fields of a result from a Word or PDF file."),
        frozenset({"drafting"}),
    ),
    "webhooks": Feature(
        N_("Webhooks"),
        N_("Setting up calls to one's own machines. Those set up go on being called."),
        frozenset({"webhooks"}),
    ),
    "tokens": Feature(
        N_("Access tokens"),
        N_("Making tokens for programs. Those made go on being taken."),
        frozenset({"tokens"}),
    ),
    "oai": Feature(
        N_("Harvesting by OAI-PMH"),
        N_("Catalogues elsewhere fetch what is public."),
        frozenset({"oai"}),
        people=False,
    ),
}

_STATES: Final = ", ".join(f"'{state}'" for state in Access)


class FeatureChoice(Base, Head):
    """What an operator chose for a feature, and from when."""

    __tablename__ = "feature_choice"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'role') = (role <> '')", name="role"),
        Index("ix_feature_choice_feature_made_at", "feature", "made_at"),
    )
    PREFIX = "feature"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    feature: Mapped[str] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(info=FIXED)
    role: Mapped[str] = mapped_column(default="", info=FIXED)
    reason: Mapped[str] = mapped_column(info=FIXED)
    made_by: Mapped[str | None] = mapped_column(info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)


class FeatureOff(Refused):
    code = "feature_off"
    text = N_(
        "This part of the market is switched off for now, or open to some roles only. What you "
        "have here is kept."
    )
    status = 503


def choices(session: Session) -> dict[str, FeatureChoice]:
    """The newest choice of each feature that has one. One query."""
    rows = session.scalars(select(FeatureChoice).order_by(FeatureChoice.made_at, FeatureChoice.id))
    return {row.feature: row for row in rows}


def is_on(choice: FeatureChoice | None, actor: Actor) -> bool:
    """May the actor use the feature of which this is the choice? Operators always may, so that
    they see what they switch."""
    if choice is None or choice.state == Access.ON or actor.has("operator"):
        return True
    return choice.state == Access.ROLE and actor.has(choice.role)


def feature_of(blueprint: str | None) -> str | None:
    """The feature that a page belongs to, if it belongs to one."""
    return next((code for code, one in FEATURES.items() if blueprint in one.blueprints), None)

"""Stops and feature choices as overseers see them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.console import PAGE
from accounts.queries import people_names
from core.features import FEATURES, Feature, FeatureChoice, choices
from core.stops import Stop


@dataclass(frozen=True)
class StopLine:
    row: Stop
    pulled_by: str
    released_by: str


@dataclass(frozen=True)
class FeatureLine:
    """`choice`: None where it is on because nobody has chosen anything."""

    code: str
    feature: Feature
    choice: FeatureChoice | None
    by: str


def stop_lines(session: Session, language: str) -> list[StopLine]:
    """The newest fifty; those that hold come first."""
    order = Stop.released_at.is_(None).desc(), Stop.pulled_at.desc(), Stop.id
    rows = session.scalars(select(Stop).order_by(*order).limit(PAGE)).all()
    people = [one for row in rows for one in (row.pulled_by, row.released_by) if one]
    names = people_names(session, people, language)
    return [
        StopLine(row, names.get(row.pulled_by, ""), names.get(row.released_by or "", ""))
        for row in rows
    ]


def feature_lines(session: Session, language: str, feature: str = "") -> list[FeatureLine]:
    """What holds for each feature; of one that is named, everything that was ever chosen."""
    if feature:
        order = FeatureChoice.made_at.desc(), FeatureChoice.id
        where = FeatureChoice.feature == feature
        found = [
            (feature, row)
            for row in session.scalars(select(FeatureChoice).where(where).order_by(*order))
        ]
        rows: list[tuple[str, FeatureChoice | None]] = [*found]
    else:
        chosen = choices(session)
        rows = [(code, chosen.get(code)) for code in FEATURES]
    people = [row.made_by for _, row in rows if row and row.made_by]
    names = people_names(session, people, language)
    return [
        FeatureLine(code, FEATURES[code], row, names.get(row.made_by or "", "") if row else "")
        for code, row in rows
    ]

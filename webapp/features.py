"""The door of features: before a view runs, asks whether its part of the market is on."""

from __future__ import annotations

from flask import Flask, request

from core.features import FeatureOff, feature_of, is_on
from webapp.presenters.standing import feature_choice
from webapp.sessions import current_actor


def install(app: Flask) -> None:
    """Before any view of a blueprint that belongs to a feature."""
    app.before_request(_ask)
    app.jinja_env.globals.update(is_open=is_open)


def is_open(blueprint: str) -> bool:
    """Should pages offer links into this blueprint to the actor?"""
    feature = feature_of(blueprint)
    return feature is None or is_on(feature_choice(feature), current_actor())


def _ask() -> None:
    if request.blueprint and not is_open(request.blueprint):
        raise FeatureOff

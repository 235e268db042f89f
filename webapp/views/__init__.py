"""The pages. Every module below that has a `blueprint` is a part of the site."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from flask import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """Each view module's blueprint, in the order of their names."""
    for found in pkgutil.walk_packages(__path__, f"{__name__}."):
        blueprint = getattr(importlib.import_module(found.name), "blueprint", None)
        if isinstance(blueprint, Blueprint):
            yield blueprint

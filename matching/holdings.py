"""What matching holds of people."""

from __future__ import annotations

from typing import Final

from core.holdings import Holding, Keeps
from matching.models import SavedSearch

HOLDINGS: Final = (Holding(SavedSearch.person, Keeps.OWN, SavedSearch, SavedSearch.id),)

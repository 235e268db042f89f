"""What diligence files hold of people."""

from __future__ import annotations

from typing import Final

from core.holdings import Holding, Keeps
from deals.models import Deal
from reporting.diligence.models import DiligenceFile

HOLDINGS: Final = (Holding(DiligenceFile.made_by, Keeps.ACT, Deal, DiligenceFile.deal),)

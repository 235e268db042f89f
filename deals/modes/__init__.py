"""The modes this market runs. A new one is a file here and a line in `MODES`."""

from __future__ import annotations

from typing import Final

from deals.engine.declaration import Mode
from deals.modes.fixed_price import FIXED_PRICE
from deals.modes.negotiated import NEGOTIATED
from deals.modes.open_licence import OPEN_LICENCE
from deals.modes.open_listing import OPEN_LISTING
from deals.modes.trial_conversion import TRIAL_CONVERSION

_ALL: Final = (NEGOTIATED, FIXED_PRICE, OPEN_LISTING, OPEN_LICENCE, TRIAL_CONVERSION)
MODES: Final[dict[str, Mode]] = {mode.code: mode for mode in _ALL}
DEFAULT: Final = NEGOTIATED.code
"""The mode in which an inquiry becomes a deal when nothing else was declared."""

"""What others hear of registrations."""

from __future__ import annotations

from typing import Final

OPENED: Final = "contract_registration.opened"
HANDED_IN: Final = "contract_registration.handed_in"
REGISTERED: Final = "contract_registration.registered"
RETURNED: Final = "contract_registration.returned"
CHANGING: Final = "contract_registration.changing"
RESCINDED: Final = "contract_registration.rescinded"
REMINDED: Final = "contract_registration.reminded"
"""A signed contract was not handed in for the days that the profile names."""
UNANSWERED: Final = "contract_registration.unanswered"
"""The registry's time is over, and no answer was written down."""

"""What others hear of contracts."""

from __future__ import annotations

from typing import Final

CONTRACT_OPENED: Final = "contract.opened"
CONTRACT_READY: Final = "contract.ready"
CONTRACT_REOPENED: Final = "contract.reopened"
CONTRACT_HANDED_IN: Final = "contract.handed_in"
CONTRACT_RETURNED: Final = "contract.returned"
CONTRACT_SIGNED: Final = "contract.signed"
"""Both sides' copies are confirmed: rights have passed, and what is owed begins."""
CONTRACT_ABANDONED: Final = "contract.abandoned"

"""What others hear of contracts."""

from __future__ import annotations

from typing import Final

CONTRACT_OPENED: Final = "contract.opened"
CONTRACT_READY: Final = "contract.ready"
CONTRACT_REOPENED: Final = "contract.reopened"
CONTRACT_HANDED_IN: Final = "contract.handed_in"
CONTRACT_RETURNED: Final = "contract.returned"
CONTRACT_SIGNED_BY_SIDE: Final = "contract.signed_by_side"
"""One side has signed electronically, the other one not yet."""
CONTRACT_SIGNED: Final = "contract.signed"
"""Both sides have signed, each on its path: rights have passed, and what is owed begins."""
CONTRACT_ABANDONED: Final = "contract.abandoned"
CONTRACT_CERTIFIED: Final = "contract.certified"
"""The operator certified the signed contract."""
CERTIFICATE_WITHDRAWN: Final = "contract.certificate_withdrawn"

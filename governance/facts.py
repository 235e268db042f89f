"""What others hear of complaints."""

from __future__ import annotations

from typing import Final

COMPLAINT_SENT: Final = "complaint.sent"
COMPLAINT_FACTS: Final = {
    "measure": "complaint.measured",
    "uphold": "complaint.upheld",
    "dismiss": "complaint.dismissed",
    "counter": "complaint.countered",
    "sue": "complaint.kept",
    "lapse": "complaint.lifted",
    "lift": "complaint.lifted",
    "take_back": "complaint.withdrawn",
}
"""By the act that was done."""

APPEAL_SENT: Final = "appeal.sent"
APPEAL_FACTS: Final = {"grant": "appeal.granted", "reject": "appeal.dismissed"}
